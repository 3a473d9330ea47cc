/*
 * UTF-8 as the Encoding Standard (https://encoding.spec.whatwg.org/) decodes
 * it: no overlong forms, no surrogates, nothing above U+10FFFF, and one
 * U+FFFD for each maximal subpart that is not UTF-8. U+0000 and the
 * noncharacters are valid. Knows nothing of locales.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Bytes of U+FFFD in UTF-8. */
#define UTF8_REPLACEMENT "\xef\xbf\xbd"

/* How many bytes at the beginning are whole, valid characters; len when all
 * of them are. */
size_t utf8_valid_prefix(const char *s, size_t len);

/* How many bytes of plain ASCII s begins with. */
size_t utf8_ascii_prefix(const char *s, size_t len);

/* How many bytes one U+FFFD stands for, when s begins with something that is
 * not UTF-8 (utf8_valid_prefix() returned 0 and len is not 0): 1 to 3. */
size_t utf8_bad_length(const char *s, size_t len);

/* Writes a code point (a scalar value) and returns its length, 1 to 4. */
size_t utf8_encode(char to[4], uint32_t code_point);

/* Appends s with U+FFFD for what is not UTF-8. */
void utf8_add(struct buf *out, const char *s, size_t len);

/* Replaces what is not UTF-8 by U+FFFD. Text that needs none of it is not
 * touched and not moved. */
void utf8_repair(struct buf *b);

/* A copy of s with U+FFFD for NULs and for what is not UTF-8, cut at max_bytes
 * between two characters, with a NUL after it; to be freed. out_len may be
 * NULL. */
char *utf8_clean(const char *s, size_t len, size_t max_bytes,
		 size_t *out_len);

#endif
