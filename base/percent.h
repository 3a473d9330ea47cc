/*
 * Percent-encoding, with the sets of bytes that the URL Standard names
 * (https://url.spec.whatwg.org/#percent-encoded-bytes). A set is a bit, so
 * that one table answers for all of them.
 */
#ifndef BASE_PERCENT_H
#define BASE_PERCENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum {
	PERCENT_C0 = 1,		/* control characters and what is not ASCII */
	PERCENT_FRAGMENT = 2,
	PERCENT_QUERY = 4,
	PERCENT_SPECIAL_QUERY = 8,
	PERCENT_PATH = 16,
	PERCENT_USERINFO = 32,
	PERCENT_FORM = 64,	/* application/x-www-form-urlencoded */
	PERCENT_SLASH = 128,	/* not a set: '/' and '\', for scanners */
};

/* The sets that each byte belongs to. */
extern const uint8_t percent_sets[256];

/* Appends s, with the bytes of that set as %XX. */
void percent_encode(struct buf *out, const char *s, size_t len, unsigned set);

/* Appends s as application/x-www-form-urlencoded has it (space: +). */
void percent_encode_form(struct buf *out, const char *s, size_t len);

/* Appends s, with %XX as bytes; other % stay. */
void percent_decode(struct buf *out, const char *s, size_t len);

#endif
