/*
 * ASCII letters, digits and white space, independent of the locale: in a
 * Turkish locale strncasecmp() does not match "I" with "i".
 */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/slice.h"

static inline char ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* Returns eight characters in lower case. */
static inline uint64_t ascii_lower8(uint64_t word)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	const uint64_t low = word & 0x7f * ones;
	const uint64_t from_a = low + (0x80 - 'A') * ones;
	const uint64_t after_z = low + (0x80 - 'Z' - 1) * ones;
	/* Bit 7 of each byte that is a letter in upper case. */
	const uint64_t upper = (from_a & ~after_z & ~word) & 0x80 * ones;

	return word | upper >> 2;
}

static inline bool ascii_is_letter(char c)
{
	return (unsigned char)((c | 0x20) - 'a') <= 'z' - 'a';
}

static inline bool ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool ascii_is_alphanumeric(char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c);
}

/* Returns the value of a hexadecimal digit in either case, or -1. */
static inline int ascii_hex_digit(char c)
{
	if (ascii_is_digit(c))
		return c - '0';
	c = ascii_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Returns true for the white space of JSON (RFC 8259) and XML 1.0. */
static inline bool ascii_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Returns true for the white space of C: isspace() in the "C" locale. */
static inline bool ascii_is_c_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Returns true for the white space of the Infra Standard, which HTML and
 * encoding labels use. */
static inline bool ascii_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

/* Returns true if s equals the word `lower` (lower case), ignoring case. */
static inline bool ascii_is(struct slice s, const char *lower)
{
	for (size_t i = 0; i < s.len; i++)
		if (ascii_lower(s.p[i]) != lower[i] || !lower[i])
			return false;
	return lower[s.len] == '\0';
}

/* Returns s without the white space at both ends. */
static inline struct slice ascii_trim(struct slice s)
{
	while (s.len && ascii_is_space(*s.p)) {
		s.p++;
		s.len--;
	}
	while (s.len && ascii_is_space(s.p[s.len - 1]))
		s.len--;
	return s;
}

#endif
