/* Comparing text with or without regard to ASCII letter case. */
#ifndef PARSE_CSS_LETTER_CASE_H
#define PARSE_CSS_LETTER_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/ascii.h"

/* Compares len bytes; fold: ignoring the case of letters. */
static inline bool letters_equal(const char *a, const char *b, size_t len,
				 bool fold)
{
	if (!fold)
		return !memcmp(a, b, len);
	for (size_t i = 0; i < len; i++)
		if (ascii_lower(a[i]) != ascii_lower(b[i]))
			return false;
	return true;
}

/* Compares whole C strings, as strcmp() does, but faster for short names. */
static inline bool names_equal(const char *a, const char *b)
{
	while (*a == *b) {
		if (!*a)
			return true;
		a++;
		b++;
	}
	return false;
}

/* Compares whole C strings, ignoring case. */
static inline bool letters_same(const char *a, const char *b)
{
	while (*a && ascii_lower(*a) == ascii_lower(*b)) {
		a++;
		b++;
	}
	return ascii_lower(*a) == ascii_lower(*b);
}

#endif
