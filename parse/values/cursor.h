/* Reads a short text from its front. The functions cursor_take_...() move past
 * the characters that they match. On a mismatch they return false and do not
 * move. */
#ifndef PARSE_VALUES_CURSOR_H
#define PARSE_VALUES_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/ascii.h"

/* The part of the text that is not read yet. */
struct cursor {
	const char *p, *end;
};

static inline bool cursor_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool cursor_at_end(const struct cursor *c)
{
	return c->p == c->end;
}

static inline char cursor_peek(const struct cursor *c)
{
	return cursor_at_end(c) ? '\0' : *c->p;
}

static inline bool cursor_take(struct cursor *c, char ch)
{
	if (cursor_peek(c) != ch)
		return false;
	c->p++;
	return true;
}

static inline bool cursor_take_any(struct cursor *c, const char *chars)
{
	return !cursor_at_end(c) && strchr(chars, *c->p) &&
	       cursor_take(c, *c->p);
}

static inline void cursor_skip_spaces(struct cursor *c)
{
	while (cursor_take(c, ' '))
		;
}

static inline size_t cursor_count_digits(const struct cursor *c)
{
	size_t n = 0;

	while (c->p + n < c->end && cursor_is_digit(c->p[n]))
		n++;
	return n;
}

/* Reads a number of exactly `count` digits. */
static inline bool cursor_take_digits(struct cursor *c, size_t digits, int *n)
{
	if (cursor_count_digits(c) < digits)
		return false;
	for (*n = 0; digits; digits--)
		*n = *n * 10 + (*c->p++ - '0');
	return true;
}

/* Reads a number of one or two digits. */
static inline bool cursor_take_number(struct cursor *c, int *n)
{
	size_t digits = cursor_count_digits(c);

	return (digits == 1 || digits == 2) && cursor_take_digits(c, digits, n);
}

static inline struct slice cursor_peek_word(const struct cursor *c)
{
	const char *p = c->p;

	while (p < c->end && ascii_is_letter(*p))
		p++;
	return (struct slice){c->p, (size_t)(p - c->p)};
}

static inline bool cursor_take_word(struct cursor *c, const char *lower)
{
	struct slice word = cursor_peek_word(c);

	if (!ascii_is(word, lower))
		return false;
	c->p += word.len;
	return true;
}

#endif
