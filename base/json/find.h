/*
 * Finds bytes in JSON text: 16 at a time with SSE2 where available, one by one
 * otherwise. A test compares both variants. Nothing outside of the text is
 * read.
 */
#ifndef BASE_JSON_FIND_H
#define BASE_JSON_FIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json/block.h"

/* Returns the first quote or backslash, or end. */
static inline const char *json_find_stop_slowly(const char *p, const char *end)
{
	while (p < end && *p != '"' && *p != '\\')
		p++;
	return p;
}

/* Returns true for the bytes that can follow a number or a word. */
static inline bool json_ends_scalar(char c)
{
	return c == ',' || c == '"' || (c | 0x20) == '{' || (c | 0x20) == '}';
}

/* Returns the first comma, quote or bracket, or end. */
static inline const char *json_find_scalar_end_slowly(const char *p,
						      const char *end)
{
	while (p < end && !json_ends_scalar(*p))
		p++;
	return p;
}

#ifdef __SSE2__

/* Returns a vector with 0xff for each bracket in v, and 0 for other bytes. */
static inline __m128i json_bytes_brackets(__m128i v)
{
	const __m128i curly = _mm_or_si128(v, _mm_set1_epi8(0x20));

	return _mm_or_si128(json_bytes_equal(curly, '{'),
			    json_bytes_equal(curly, '}'));
}

static inline const char *json_find_stop(const char *p, const char *end)
{
	for (; end - p >= 16; p += 16) {
		const __m128i v = json_block_load(p);
		const int mask = _mm_movemask_epi8(
			_mm_or_si128(json_bytes_equal(v, '"'), json_bytes_equal(v, '\\')));

		if (mask)
			return p + __builtin_ctz((unsigned)mask);
	}
	return json_find_stop_slowly(p, end);
}

static inline const char *json_find_scalar_end(const char *p, const char *end)
{
	for (; end - p >= 16; p += 16) {
		const __m128i v = json_block_load(p);
		const int mask = _mm_movemask_epi8(
			_mm_or_si128(json_bytes_brackets(v),
				     _mm_or_si128(json_bytes_equal(v, ','),
						  json_bytes_equal(v, '"'))));

		if (mask)
			return p + __builtin_ctz((unsigned)mask);
	}
	return json_find_scalar_end_slowly(p, end);
}

#else

static inline const char *json_find_stop(const char *p, const char *end)
{
	return json_find_stop_slowly(p, end);
}

static inline const char *json_find_scalar_end(const char *p, const char *end)
{
	return json_find_scalar_end_slowly(p, end);
}

#endif

#endif
