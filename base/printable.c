/* A table of unsafe ranges, and one pass over the text. */
#include "base/printable.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/utf8.h"

/* Bytes that printable_safe_length() checks at a time: the text may have an
 * unsafe character at each place, and a check of all that follows for each of
 * them would take quadratic time. */
enum { WINDOW = 256 };

/* The unsafe ranges beyond ASCII, in order. */
static const struct {
	uint32_t first, last;
} unsafe[] = {
	{0x80, 0x9f},		/* C1: U+009B begins an escape sequence */
	{0x61c, 0x61c},		/* ARABIC LETTER MARK */
	{0x200e, 0x200f},	/* LEFT-TO-RIGHT MARK, RIGHT-TO-LEFT MARK */
	{0x2028, 0x202e},	/* separators, embeddings and overrides */
	{0x2066, 0x2069},	/* isolates */
	{0xfff9, 0xfffb},	/* interlinear annotation */
	{0xe0000, 0xe007f},	/* tags */
};

/* Returns the first character of s, which must be complete and valid. */
static uint32_t decode(const char *s, size_t *size)
{
	const unsigned char *u = (const unsigned char *)s;

	if (u[0] < 0x80) {
		*size = 1;
		return u[0];
	}
	if (u[0] < 0xe0) {
		*size = 2;
		return (uint32_t)(u[0] & 0x1f) << 6 | (u[1] & 0x3f);
	}
	if (u[0] < 0xf0) {
		*size = 3;
		return (uint32_t)(u[0] & 0xf) << 12 |
		       (uint32_t)(u[1] & 0x3f) << 6 | (u[2] & 0x3f);
	}
	*size = 4;
	return (uint32_t)(u[0] & 7) << 18 | (uint32_t)(u[1] & 0x3f) << 12 |
	       (uint32_t)(u[2] & 0x3f) << 6 | (u[3] & 0x3f);
}

static bool is_unsafe(uint32_t c)
{
	if (c < 0x80)
		return c < 0x20 || c == 0x7f;
	for (size_t i = 0; i < sizeof(unsafe) / sizeof(*unsafe); i++)
		if (c <= unsafe[i].last)
			return c >= unsafe[i].first;
	return false;
}

/* Writes the safe form of s to `to`, which may be s itself, because the text
 * does not get longer. Returns the new length. */
static size_t copy_printable(char *to, const char *s, size_t len)
{
	const char *const start = to;
	size_t valid = 0, size;

	for (size_t i = 0; i < len; i += size) {
		if (i >= valid)
			valid = i + utf8_valid_prefix(s + i, len - i);
		if (i == valid) {
			size = utf8_bad_length(s + i, len - i);
			*to++ = '?';
		} else if (is_unsafe(decode(s + i, &size))) {
			*to++ = '?';
		} else {
			for (size_t k = 0; k < size; k++)
				*to++ = s[i + k];
		}
	}
	return (size_t)(to - start);
}

void printable_add(struct buf *out, const char *s, size_t len)
{
	if (len)
		out->len += copy_printable(buf_reserve(out, len), s, len);
}

void printable_make(struct buf *text)
{
	if (text->len)
		text->len = copy_printable(text->data, text->data, text->len);
}

size_t printable_safe_length(const char *s, size_t len)
{
	size_t valid = 0, size;

	for (size_t i = 0; i < len; i += size) {
		if (i >= valid)
			valid = i + utf8_valid_prefix(s + i, len - i < WINDOW
							     ? len - i : WINDOW);
		if (i == valid || is_unsafe(decode(s + i, &size)))
			return i;
	}
	return len;
}

size_t printable_unsafe(const char *s, size_t len, uint32_t *c)
{
	size_t size;

	if (utf8_valid_prefix(s, len < 4 ? len : 4)) {
		*c = decode(s, &size);
		return size;
	}
	*c = 0xfffd;
	return utf8_bad_length(s, len);
}
