/* Normalises fields when they are added, so that readers can rely on their
 * form. */
#include "base/job/headers.h"

#include <string.h>

#include "base/ascii.h"

/* Appends a line that begins with white space to the field before it
 * (RFC 9112, 5.2). */
static void add_folded(struct buf *block, const char *value, const char *end)
{
	while (value < end && ascii_is_blank(*value))
		value++;
	while (end > value && ascii_is_blank(end[-1]))
		end--;
	if (!block->len || value == end)
		return;
	block->data[block->len - 1] = ' ';
	buf_add(block, value, (size_t)(end - value));
	buf_addch(block, '\n');
}

/* Writes a value. Line ends inside a folded line become spaces (RFC 9112, 5.2).
 * Returns the end of what was written. */
static char *add_value(char *to, const char *value, size_t len)
{
	memcpy(to, value, len);
	if (memchr(to, '\n', len) || memchr(to, '\r', len))
		for (size_t i = 0; i < len; i++)
			if (to[i] == '\n' || to[i] == '\r')
				to[i] = ' ';
	return to + len;
}

void headers_add_line(struct buf *block, const char *line, size_t len)
{
	const char *colon = memchr(line, ':', len);
	const char *value, *name_end = colon, *end = bytes_end(line, len);
	char *to;

	if (len && (*line == ' ' || *line == '\t')) {
		add_folded(block, line, end);
		return;
	}
	while (name_end && name_end > line && ascii_is_blank(name_end[-1]))
		name_end--;
	if (!name_end || name_end == line)
		return;
	value = colon + 1;
	while (value < end && ascii_is_blank(*value))
		value++;
	while (end > value && ascii_is_blank(end[-1]))
		end--;
	to = buf_reserve(block, len + 3);
	for (const char *p = line; p < name_end; p++)
		*to++ = *p == '\n' ? ' ' : ascii_lower(*p);
	*to++ = ':';
	*to++ = ' ';
	to = add_value(to, value, (size_t)(end - value));
	*to++ = '\n';
	block->len = (size_t)(to - block->data);
}

bool headers_next(const struct buf *block, size_t *at, struct slice *name,
		  struct slice *value)
{
	const char *line, *colon, *end;

	if (*at >= block->len)
		return false;
	line = block->data + *at;
	end = memchr(line, '\n', block->len - *at);
	colon = memchr(line, ':', (size_t)(end - line));
	*name = (struct slice){line, (size_t)(colon - line)};
	*value = (struct slice){colon + 2, (size_t)(end - colon - 2)};
	*at = (size_t)(end + 1 - block->data);
	return true;
}

bool headers_find(const struct buf *block, size_t *at, const char *name,
		  struct slice *value)
{
	const size_t len = strlen(name);

	while (*at < block->len) {
		const char *line = block->data + *at;
		const char *end = memchr(line, '\n', block->len - *at);

		*at = (size_t)(end + 1 - block->data);
		if ((size_t)(end - line) <= len || line[len] != ':' ||
		    memcmp(line, name, len) != 0)
			continue;
		line += len + strlen(": ");
		*value = (struct slice){line, (size_t)(end - line)};
		return true;
	}
	return false;
}

bool headers_get(const struct buf *block, const char *name,
		 struct slice *value)
{
	size_t at = 0;

	return headers_find(block, &at, name, value);
}
