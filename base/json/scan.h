/*
 * Strict scanner for JSON text (RFC 8259), used by json/compact.h. It checks a
 * text and, if wanted, copies it without white space in the same pass.
 *
 * The scanner advances a *place*: a position in the text, together with the
 * distance from there to where that byte belongs in the copy. Bytes are copied
 * at once while they are checked, 16 at a time; those beyond the end of a token
 * are written again by the next one. White space is dropped by changing the
 * distance. A place is small enough to be passed in registers.
 *
 * A place whose p is NULL means that the scan has ended early. The reason is an
 * error; or, if s->error is NULL, a scan that does not copy has found text that
 * must be changed (white space, for example), so the text has to be scanned
 * again by a scan that copies.
 */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/json/block.h"

/* Marks functions that are compiled once for each constant value of their
 * flags. */
#define INLINED static inline __attribute__((always_inline))

struct json_scan {
	const char *text, *end;
	const char *last;	/* after the last byte that is not white
				 * space */
	const char *blocks_end;	/* a block and the three bytes after it can be
				 * read at every position before this one */
	struct buf *out;	/* borrowed; has room for the rest of the text
				 * and a block */
	size_t max_depth;
	bool keep_surrogates;	/* copy halves of surrogate pairs unchanged */
	bool has_bad_utf8;	/* set if a string is not UTF-8 */
	const char *error;	/* static; NULL: no error so far */
	const char *error_at;
};

struct json_place {
	const char *p;
	uintptr_t distance;	/* from p to its place in the copy; the
				 * difference of two addresses */
};

/* Begins a scan of len bytes at s. Without blocks, all bytes are read one by
 * one. Set out, max_depth and keep_surrogates afterwards. */
struct json_scan json_scan_of(const char *s, size_t len, bool blocks);

/* Starts a copy: returns the place of p, with the end of out as the position in
 * the copy, and makes room for the rest of the text. */
struct json_place json_scan_copy(struct json_scan *s, const char *p);

/* Scan one value, whose first byte is at the place. json_scan_value() does not
 * copy, and may end early even if the copy would equal the text. */
struct json_place json_scan_value(struct json_scan *s, struct json_place at);
struct json_place json_scan_copy_value(struct json_scan *s,
				       struct json_place at);

/* Returns the end of the white space at p. */
const char *json_space_end(const struct json_scan *s, const char *p);

/* Fail the scan at p. At the end of the text, json_scan_fail_unexpected()
 * reports "unexpected end" instead of error. */
struct json_place json_scan_fail(struct json_scan *s, const char *p,
				 const char *error) __attribute__((cold));
struct json_place json_scan_fail_unexpected(struct json_scan *s, const char *p,
					    const char *error)
	__attribute__((cold));

static inline struct json_place json_scan_stop(void)
{
	return (struct json_place){NULL, 0};
}

/* Returns where the byte at the place belongs in the copy. */
static inline char *json_place_copy(struct json_place at)
{
	return (char *)((uintptr_t)at.p + at.distance);
}

/* Returns the index of the lowest bit that is set in a block's mask; JSON_BLOCK
 * if none is. */
static inline size_t json_first_bit(unsigned mask)
{
	return (size_t)__builtin_ctzll(mask | 1u << JSON_BLOCK);
}

static inline struct json_place json_place_add(struct json_place at, size_t len)
{
	at.p += len;
	return at;
}

/* Returns the next place after one byte, copying it if wanted. */
static inline struct json_place json_place_next(struct json_place at,
						bool copies)
{
	if (copies)
		*json_place_copy(at) = *at.p;
	return json_place_add(at, 1);
}

/* Skips a token of len bytes, whose text is given, copying it if wanted. */
static inline struct json_place json_place_token(struct json_place at,
						 const char *token, size_t len,
						 bool copies)
{
	if (copies)
		memcpy(json_place_copy(at), token, len);
	return json_place_add(at, len);
}

/* Returns true if a block and three bytes after it can be read at p. */
static inline bool json_scan_has_block(const struct json_scan *s,
				       const char *p)
{
	return JSON_HAS_BLOCKS && p < s->blocks_end;
}

/* Returns the byte at p; at the end of the text '\0', which is no part of
 * JSON. */
INLINED char json_scan_peek(const struct json_scan *s, const char *p,
			    bool guarded)
{
	return guarded && p == s->end ? '\0' : *p;
}

/* Inserts bytes into the copy before the place. */
struct json_place json_scan_insert(struct json_scan *s, struct json_place at,
				   const char *bytes, size_t len);

#endif
