/*
 * Checks, compacts, iterates over and writes JSON text, without a library.
 *
 * A body that is valid JSON is copied into the record without its white space.
 * This changes no value (64-bit ids and 1.10 keep their digits) and is 40 times
 * faster than parsing and serialising with a library.
 */
#ifndef BASE_JSON_COMPACT_H
#define BASE_JSON_COMPACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

enum {
	JSON_MAX_DEPTH = 200,	/* maximum nesting depth of a body */
	JSON_MAX_NESTED = 1024,	/* maximum nesting depth of a value made from a
				 * body */
};

/* Appends the JSON text at s (RFC 8259, must be valid UTF-8) to out without
 * white space between tokens, with DEL and C1 escaped inside strings, and with
 * \ufffd for an escape that is half of a surrogate pair. Returns NULL; or the
 * error (static) with its byte offset in *at, and leaves out unchanged. */
const char *json_compact(struct buf *out, const char *s, size_t len,
			 size_t *at);

/* The result of a check. */
struct json_checked {
	struct slice json;	/* borrowed from the text, if the text is
				 * compact already, or from the buffer */
	bool is_utf8;		/* all strings are UTF-8 */
};

/* Like json_compact(), but also checks UTF-8, and appends to out only if the
 * text is not compact already. Text that is not UTF-8 is no error. */
const char *json_check(struct slice text, struct json_checked *checked,
		       struct buf *out, size_t *at);

/* Like json_compact_values(), but also checks UTF-8. */
const char *json_check_values(struct slice text, struct json_checked *checked,
			      struct buf *out, size_t *at);

/* Like json_compact(), byte by byte. A test compares both. */
const char *json_compact_slowly(struct buf *out, const char *s, size_t len,
				size_t *at);

/* Like json_compact(), but keeps halves of surrogate pairs, for callers that
 * must detect them in strings. */
const char *json_compact_keep_surrogates(struct buf *out, const char *s,
					 size_t len, size_t *at);

/* Like json_compact(), but accepts any number of values in sequence, with white
 * space or the separator of RFC 7464 (U+001E) between them, and appends an
 * array of them. */
const char *json_compact_values(struct buf *out, const char *s, size_t len,
				size_t *at);

/* Appends the elements of a compact array, one per line. */
void json_lines(struct buf *out, struct slice array);

/* Returns the length of the prefix that protects a body from being run as a
 * script (")]}'", "while(1);"...), including white space before it; 0: none. */
size_t json_prefix_length(const char *s, size_t len);

/* Appends a value of a record by json_compact(), but the value may be nested
 * deeper than a body. Returns true if it is valid JSON. */
bool json_add_checked(struct buf *out, struct slice text);

/* Returns the length of the first value in text, which must be compact JSON.
 * For other text the result is meaningless; check with json_add_checked(). */
size_t json_value_length(struct slice text);

/* Iterates over the members of an object (or the elements of an array; name is
 * empty then) in text written by json_compact(). Start with *at = 0. Returns
 * false at the end, or at once if text is neither object nor array. name is the
 * raw text between its quotes; value is the raw JSON text. */
bool json_next(struct slice text, size_t *at, struct slice *name,
	       struct slice *value);

/* Appends s as a JSON string with its quotes. Bytes that are not UTF-8 become
 * U+FFFD; C0, DEL, C1, '"' and '\' are escaped, U+2028/2029 are not. */
void json_add_string(struct buf *out, const char *s, size_t len);

/* json_add_int() appends an integer; json_add_seconds() a duration, given in
 * milliseconds, in seconds to the microsecond ("0.0123", "0"). */
void json_add_int(struct buf *out, int64_t n);
void json_add_seconds(struct buf *out, double msec);

#endif
