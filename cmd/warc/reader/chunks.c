/* A body counts as chunked if its first chunk is complete. A text that only
 * begins with a line of hexadecimal digits is hardly ever taken for a chunk,
 * because it would need a line end at the place where the chunk ends. */
#include "cmd/warc/reader/chunks.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/ascii.h"

enum { SIZE_DIGITS_MAX = 15, SIZE_LINE_MAX = 4096 };

static void consume(struct slice *s, size_t len)
{
	s->p += len;
	s->len -= len;
}

/* Reads the line with the size of a chunk, "1f;extension". */
static bool read_size(struct slice *s, uint64_t *size)
{
	const size_t most = s->len < SIZE_LINE_MAX ? s->len : SIZE_LINE_MAX;
	const char *lf = most ? memchr(s->p, '\n', most) : NULL;
	size_t i = 0;

	*size = 0;
	if (!lf)
		return false;
	/* Needs no check of the length: the bytes have a line end, which is not
	 * a digit. */
	for (; i < SIZE_DIGITS_MAX && ascii_hex_digit(s->p[i]) >= 0; i++)
		*size = *size << 4 | (uint64_t)ascii_hex_digit(s->p[i]);
	if (!i || !strchr("; \t\r\n", s->p[i]))
		return false;
	consume(s, (size_t)(lf - s->p) + 1);
	return true;
}

static bool read_line_end(struct slice *s)
{
	const size_t len = s->len && s->p[0] == '\n' ? 1
			   : s->len > 1 && !memcmp(s->p, "\r\n", 2) ? 2 : 0;

	consume(s, len);
	return len;
}

/* Reads a chunk; returns false if it is damaged or cut off. */
static bool read_chunk(struct slice *s, struct slice *content)
{
	uint64_t size;

	if (!read_size(s, &size) || size > s->len)
		return false;
	*content = (struct slice){s->p, (size_t)size};
	if (!size)
		return true;
	consume(s, (size_t)size);
	return read_line_end(s);
}

enum chunks chunks_decode(struct buf *to, struct slice body)
{
	struct slice content;
	bool any = false;

	while (read_chunk(&body, &content)) {
		if (!content.len)
			return CHUNKS_ALL;
		buf_add(to, content.p, content.len);
		any = true;
	}
	return any ? CHUNKS_CUT_OFF : CHUNKS_NONE;
}
