/*
 * Classes of 16 bytes at once, with SSE2 where available. A mask has one bit
 * for each byte, the lowest for the first one. A test compares each function
 * with its portable variant.
 */
#ifndef BASE_JSON_BLOCK_H
#define BASE_JSON_BLOCK_H

#include <stdbool.h>
#include <string.h>

#include "base/ascii.h"

enum { JSON_BLOCK = 16 };

#ifdef __SSE2__
#include <emmintrin.h>

enum { JSON_HAS_BLOCKS = true };
typedef __m128i json_block;
#else
enum { JSON_HAS_BLOCKS = false };
typedef struct { char bytes[JSON_BLOCK]; } json_block;
#endif

static inline json_block json_block_load(const char *p)
{
	json_block v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static inline void json_block_store(char *to, json_block v)
{
	memcpy(to, &v, sizeof(v));
}

/* Returns true for the bytes of a string that need a closer look: C0, '"', '\',
 * DEL, and all that are not ASCII. */
static inline bool json_is_string_stop(char c)
{
	return (unsigned char)c < 0x20 || c == '"' || c == '\\' ||
	       (unsigned char)c >= 0x7f;
}

static inline unsigned json_string_stops_slowly(const char *p)
{
	unsigned mask = 0;

	for (int i = 0; i < JSON_BLOCK; i++)
		mask |= (unsigned)json_is_string_stop(p[i]) << i;
	return mask;
}

static inline unsigned json_spaces_slowly(const char *p)
{
	unsigned mask = 0;

	for (int i = 0; i < JSON_BLOCK; i++)
		mask |= (unsigned)ascii_is_blank(p[i]) << i;
	return mask;
}

static inline unsigned json_digits_slowly(const char *p)
{
	unsigned mask = 0;

	for (int i = 0; i < JSON_BLOCK; i++)
		mask |= (unsigned)ascii_is_digit(p[i]) << i;
	return mask;
}

static inline unsigned json_equals_slowly(const char *p, char c)
{
	unsigned mask = 0;

	for (int i = 0; i < JSON_BLOCK; i++)
		mask |= (unsigned)(p[i] == c) << i;
	return mask;
}

#ifdef __SSE2__

/* Returns the bytes of v that equal c as bytes 0xff. */
static inline __m128i json_bytes_equal(__m128i v, char c)
{
	return _mm_cmpeq_epi8(v, _mm_set1_epi8(c));
}

static inline unsigned json_mask(__m128i bytes)
{
	return (unsigned)_mm_movemask_epi8(bytes);
}

static inline unsigned json_equals(json_block v, char c)
{
	return json_mask(json_bytes_equal(v, c));
}

/* Returns the bytes of a string that need a closer look. */
static inline unsigned json_string_stops(json_block v)
{
	/* As signed numbers, C0 and the bytes above DEL are those below ' '.
	 * '"' is two above, so that one test finds it as well if these two
	 * change places. The mask consists of the sign bits. */
	const __m128i swapped = _mm_xor_si128(v, _mm_set1_epi8('"' ^ ' '));
	const __m128i low = _mm_subs_epi8(swapped, _mm_set1_epi8(' ' + 1));

	return json_mask(_mm_or_si128(
		low, _mm_or_si128(json_bytes_equal(v, '\\'),
				  json_bytes_equal(v, 0x7f))));
}

/* Returns the white space between tokens. */
static inline unsigned json_spaces(json_block v)
{
	/* Tab and carriage return differ in one bit. */
	const __m128i joined = _mm_or_si128(v, _mm_set1_epi8('\t' ^ '\r'));

	return json_mask(_mm_or_si128(
		json_bytes_equal(v, ' '),
		_mm_or_si128(json_bytes_equal(v, '\n'),
			     json_bytes_equal(joined, '\r'))));
}

static inline unsigned json_digits(json_block v)
{
	const __m128i value = _mm_sub_epi8(v, _mm_set1_epi8('0'));

	return json_mask(_mm_cmpeq_epi8(
		_mm_min_epu8(value, _mm_set1_epi8(9)), value));
}

#else

static inline unsigned json_equals(json_block v, char c)
{
	return json_equals_slowly(v.bytes, c);
}

static inline unsigned json_string_stops(json_block v)
{
	return json_string_stops_slowly(v.bytes);
}

static inline unsigned json_spaces(json_block v)
{
	return json_spaces_slowly(v.bytes);
}

static inline unsigned json_digits(json_block v)
{
	return json_digits_slowly(v.bytes);
}

#endif

/*
 * Characters of UTF-8. The masks of the first bytes of characters say where the
 * other bytes must be. A character that is not complete in a block is left to
 * the next one, so nothing has to be carried over.
 */

/* Returns the number of bytes at p, of the next JSON_BLOCK ones, that are whole
 * characters of UTF-8 which a string may contain as they are: neither C0, '"',
 * '\', DEL nor C1. */
unsigned json_plain_characters_slowly(const char *p);

#ifdef __SSE2__

/* Returns bytes whose highest bits say if those of v are `least` (at least
 * 0x80) or more, as unsigned numbers. */
static inline __m128i json_from(__m128i v, int least)
{
	return _mm_subs_epu8(v, _mm_set1_epi8((char)(least - 0x80)));
}

/* Returns the length of the characters before the first mistake. firsts are the
 * first bytes of characters that are not ASCII, wanted the places where their
 * other bytes must be. */
static inline unsigned json_characters_length(unsigned firsts, unsigned wanted,
					      unsigned mistakes)
{
	const unsigned len =
		(unsigned)__builtin_ctz(mistakes | 1u << JSON_BLOCK);

	/* A character that is not complete there begins at the last first
	 * byte. */
	if (wanted >> len & 1)
		return 31 - (unsigned)__builtin_clz(firsts &
						    ((1u << len) - 1));
	return len;
}

/* Returns the first bytes of rare characters, and bytes that are not UTF-8:
 * those from U+0080 to U+00BF, U+0800 to U+0FFF, U+D000 to U+DFFF and from
 * U+10000. */
static inline unsigned json_rare_characters(__m128i v)
{
	const __m128i c0_to_c2 = _mm_xor_si128(json_from(v, 0xc0),
					       json_from(v, 0xc3));
	const __m128i e0_or_ed = _mm_or_si128(
		json_bytes_equal(v, (char)0xe0),
		json_bytes_equal(v, (char)0xed));

	return json_mask(_mm_or_si128(
		json_from(v, 0xf0), _mm_or_si128(c0_to_c2, e0_or_ed)));
}

/* Like json_plain_characters(), for any characters. `stops` are the bytes of
 * ASCII that need a closer look. */
unsigned json_plain_rare_characters(json_block v, unsigned stops);

static inline unsigned json_plain_characters(const char *p)
{
	const __m128i v = json_block_load(p);
	const unsigned high = json_mask(v);
	const unsigned stops = json_string_stops(v) & ~high;
	unsigned firsts, wanted;

	if (!high)
		return (unsigned)__builtin_ctz(stops | 1u << JSON_BLOCK);
	if (json_rare_characters(v))
		return json_plain_rare_characters(v, stops);
	firsts = json_mask(json_from(v, 0xc0));
	wanted = firsts << 1 | json_mask(json_from(v, 0xe0)) << 2;
	return json_characters_length(firsts, wanted,
				      stops | (wanted ^ high ^ firsts));
}

#else

static inline unsigned json_plain_characters(const char *p)
{
	return json_plain_characters_slowly(p);
}

#endif

#endif
