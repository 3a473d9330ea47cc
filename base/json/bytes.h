/*
 * Classes of bytes inside JSON strings, shared by the scanner and the writer.
 */
#ifndef BASE_JSON_BYTES_H
#define BASE_JSON_BYTES_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"

#define JSON_BYTES(b) (UINT64_C(0x0101010101010101) * (b))

/* Returns a word with the high bit set in each byte that is zero. A byte above
 * a zero byte may be marked by mistake, so use the lowest mark only. */
static inline uint64_t json_zero_bytes(uint64_t word)
{
	return (word - JSON_BYTES(1)) & ~word & JSON_BYTES(0x80);
}

/* Returns true for C0, '"', '\', DEL, and C2 (the first byte of C1
 * characters). */
static inline bool json_is_special(unsigned char c)
{
	return c < 0x20 || c == '"' || c == '\\' || c == 0x7f || c == 0xc2;
}

/* Returns the number of leading bytes of s that are not special. */
static inline size_t json_plain_length_slowly(const char *s, size_t len)
{
	size_t i = 0;

	for (; len - i >= 8; i += 8) {
		uint64_t word, found;

		memcpy(&word, s + i, 8);
		word = le64toh(word);
		found = ((word - JSON_BYTES(0x20)) & ~word &
			 JSON_BYTES(0x80)) |
			json_zero_bytes(word ^ JSON_BYTES('"')) |
			json_zero_bytes(word ^ JSON_BYTES('\\')) |
			json_zero_bytes(word ^ JSON_BYTES(0x7f)) |
			json_zero_bytes(word ^ JSON_BYTES(0xc2));
		if (found)
			return i + (size_t)__builtin_ctzll(found) / 8;
	}
	while (i < len && !json_is_special((unsigned char)s[i]))
		i++;
	return i;
}

#ifdef __SSE2__

#include <emmintrin.h>

/* Returns a mask of the special bytes (json_is_special()) among the 16 bytes at
 * s; the lowest bit is for the first byte. */
static inline unsigned json_special_bytes(const char *s)
{
	const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)s);
	const __m128i low = _mm_cmpeq_epi8(
		_mm_min_epu8(v, _mm_set1_epi8(0x1f)), v);
	const __m128i quote = _mm_cmpeq_epi8(v, _mm_set1_epi8('"'));
	const __m128i slash = _mm_cmpeq_epi8(v, _mm_set1_epi8('\\'));
	const __m128i del = _mm_cmpeq_epi8(v, _mm_set1_epi8(0x7f));
	const __m128i c2 = _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xc2));

	return (unsigned)_mm_movemask_epi8(_mm_or_si128(
		_mm_or_si128(low, c2),
		_mm_or_si128(del, _mm_or_si128(quote, slash))));
}

/* Like json_plain_length_slowly(), in steps of 16 bytes. A test compares
 * both. */
static inline size_t json_plain_length(const char *s, size_t len)
{
	size_t i = 0;

	for (; len - i >= 16; i += 16) {
		const unsigned found = json_special_bytes(s + i);

		if (found)
			return i + (size_t)__builtin_ctz(found);
	}
	return i + json_plain_length_slowly(s + i, len - i);
}

#else

static inline size_t json_plain_length(const char *s, size_t len)
{
	return json_plain_length_slowly(s, len);
}

#endif

/* Returns true if s begins with a C1 character (U+0080 to U+009F). */
static inline bool json_is_c1(const char *s, const char *end)
{
	return end - s >= 2 && (unsigned char)s[0] == 0xc2 &&
	       (unsigned char)s[1] >= 0x80 && (unsigned char)s[1] <= 0x9f;
}

enum { JSON_ESCAPE = 6 };	/* length of \uXXXX */

/* Writes the escape \u00XX of a code below 0x100. */
void json_escape(char to[JSON_ESCAPE], unsigned code);

/* Like json_escape(), but appends the escape. */
void json_add_escape(struct buf *out, unsigned code);

#endif
