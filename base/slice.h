/*
 * Borrowed text: a pointer and a length. Pure functions, for any thread.
 */
#ifndef BASE_SLICE_H
#define BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/buf.h"

/* Borrowed bytes; not NUL-terminated. */
struct slice {
	const char *p;
	size_t len;
};

/* Returns the contents of b, valid until b changes. For an empty buffer, p is
 * "" and not NULL. */
static inline struct slice slice_of(const struct buf *b)
{
	return (struct slice){b->data ? b->data : "", b->len};
}

static inline bool slice_equal(struct slice a, struct slice b)
{
	return a.len == b.len && (!a.len || !memcmp(a.p, b.p, a.len));
}

/* Returns true if s equals text, byte for byte. */
static inline bool slice_is(struct slice s, const char *text)
{
	return slice_equal(s, (struct slice){text, strlen(text)});
}

/* Returns s without the bytes at both ends that occur in the string set. */
struct slice slice_trim(struct slice s, const char *set);

#endif
