/*
 * JSON text: checking, shrinking, taking apart, and writing it by hand.
 *
 * A body that is valid JSON goes into the record as it came, without its
 * white space: exact (64-bit ids and 1.10 keep their digits) and 40 times
 * faster than building it again with a library.
 */
#ifndef BASE_JSON_COMPACT_H
#define BASE_JSON_COMPACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

enum {
	JSON_MAX_DEPTH = 200,	/* of a body */
	JSON_MAX_NESTED = 1024,	/* of what is made of one */
};

/* Appends the JSON text at s (RFC 8259, UTF-8 already clean) to out without
 * white space between tokens, and with DEL and C1 escaped inside strings, and
 * \ufffd for an escape that is half of a surrogate pair.
 * Returns NULL; or what is wrong with it (static), *at the byte offset, and
 * out is as it was. */
const char *json_compact(struct buf *out, const char *s, size_t len,
			 size_t *at);

/* The same, but halves of surrogate pairs stay, for whoever reads the strings
 * and has to know of them. */
const char *json_compact_as_it_is(struct buf *out, const char *s, size_t len,
				  size_t *at);

/* json_compact() with any number of values, one after the other, with white space or
 * the separator of RFC 7464 (U+001E) between them: an array of them. */
const char *json_compact_values(struct buf *out, const char *s, size_t len,
				size_t *at);

/* Appends the elements of an array that one of them made, a line each. */
void json_lines(struct buf *out, struct slice array);

/* The bytes at the front of a body, with the white space before them, that
 * keep it from being run as a script (")]}'", "while(1);"...); 0: none. */
size_t json_guard_length(const char *s, size_t len);

/* json_compact() for a value of a record, which may be nested deeper than a
 * body. Returns whether it is JSON. */
bool json_add_checked(struct buf *out, struct slice text);

/* How much of text its first value takes, if it is compact JSON; what that is
 * worth otherwise, json_add_checked() tells. */
size_t json_value_length(struct slice text);

/* Walks through the members of an object (or the elements of an array; name is
 * empty then) in text that json_compact made: start with *at = 0; false at the
 * end, or at once when it is neither. name is the raw text between its quotes;
 * value is the raw JSON text. */
bool json_next(struct slice text, size_t *at, struct slice *name,
	       struct slice *value);

/* Appends s as a JSON string with its quotes. Bytes that are not UTF-8 become
 * U+FFFD; C0, DEL, C1, '"' and '\' are escaped, and U+2028/2029 are not. */
void json_add_string(struct buf *out, const char *s, size_t len);

/* Appends an integer; a duration in seconds, to the microsecond ("0.0123",
 * "0"). */
void json_add_int(struct buf *out, int64_t n);
void json_add_seconds(struct buf *out, double msec);

#endif
