/*
 * Percent-encoding, with the byte sets of the URL Standard
 * (https://url.spec.whatwg.org/#percent-encoded-bytes). Each set is a bit, so
 * that one table covers all of them.
 */
#ifndef BASE_PERCENT_H
#define BASE_PERCENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum {
	PERCENT_C0 = 1,		/* control characters and non-ASCII bytes */
	PERCENT_FRAGMENT = 2,
	PERCENT_QUERY = 4,
	PERCENT_SPECIAL_QUERY = 8,
	PERCENT_PATH = 16,
	PERCENT_USERINFO = 32,
	PERCENT_FORM = 64,	/* application/x-www-form-urlencoded */
	PERCENT_SLASH = 128,	/* '/' and '\', for scanning paths; not a set
				 * of the standard */
};

/* The sets that each byte belongs to. */
extern const uint8_t percent_sets[256];

/* Appends s, with the bytes that are in the set encoded as %XX. */
void percent_encode(struct buf *out, const char *s, size_t len, unsigned set);

/* Appends s encoded as application/x-www-form-urlencoded (space: +). */
void percent_encode_form(struct buf *out, const char *s, size_t len);

/* Returns the byte that a %XX at the start of s encodes, or -1 if there is
 * none. */
int percent_byte(const char *s, size_t len);

/* Appends the byte as %XX, in upper case. */
void percent_add_byte(struct buf *out, unsigned char c);

/* Appends s with each %XX decoded to a byte; any other % is kept. */
void percent_decode(struct buf *out, const char *s, size_t len);

#endif
