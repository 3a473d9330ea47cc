/*
 * UTF-8 as decoded by the Encoding Standard
 * (https://encoding.spec.whatwg.org/): no overlong forms, no surrogates,
 * nothing above U+10FFFF, and one U+FFFD for each maximal subpart that is not
 * UTF-8. U+0000 and the noncharacters are valid. Independent of the locale.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* U+FFFD in UTF-8. */
#define UTF8_REPLACEMENT "\xef\xbf\xbd"

/* Returns the number of bytes at the beginning that are complete, valid
 * characters; len if all are. */
size_t utf8_valid_prefix(const char *s, size_t len);

/* Returns the number of ASCII bytes at the beginning of s. */
size_t utf8_ascii_prefix(const char *s, size_t len);

/* Returns how many bytes (1 to 3) one U+FFFD replaces, for an s that begins
 * with invalid UTF-8: utf8_valid_prefix() has returned 0, and len is not 0. */
size_t utf8_bad_length(const char *s, size_t len);

/* Writes a code point (a scalar value) and returns its length, 1 to 4. */
size_t utf8_encode(char to[4], uint32_t code_point);

/* Appends s with U+FFFD in place of invalid UTF-8. */
void utf8_add(struct buf *out, const char *s, size_t len);

/* Replaces invalid UTF-8 with U+FFFD. Valid text is neither changed nor
 * moved. */
void utf8_repair(struct buf *b);

/* Returns a copy of s with U+FFFD in place of NULs and invalid UTF-8, truncated
 * to max_bytes between two characters, with a NUL after it. The caller frees
 * it. out_len may be NULL. */
char *utf8_clean(const char *s, size_t len, size_t max_bytes,
		 size_t *out_len);

#endif
