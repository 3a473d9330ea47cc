/*
 * Classifies 16 bytes at once, with SSE2 where available. A mask has one bit
 * for each byte, the lowest bit for the first byte. A test compares each
 * function with its portable variant, whose name ends in "_slowly".
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

/* Returns true for the bytes of a string that need a closer look: C0 control
 * characters, '"', '\', DEL, and all that are not ASCII. */
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

/* Returns true if the block at p begins with two \uXXXX escapes whose first
 * digit is not d. (An escape that begins with d may be half of a surrogate
 * pair.) */
bool json_has_two_units_slowly(const char *p);

static inline unsigned json_equals_slowly(const char *p, char c)
{
	unsigned mask = 0;

	for (int i = 0; i < JSON_BLOCK; i++)
		mask |= (unsigned)(p[i] == c) << i;
	return mask;
}

#ifdef __SSE2__

/* Returns a vector with 0xff for each byte of v that equals c, and 0 for the
 * others. */
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

/* Returns a mask of the bytes for which json_is_string_stop() is true. */
static inline unsigned json_string_stops(json_block v)
{
	/* As signed numbers, C0 control characters and all bytes above DEL are
	 * less than ' '. The XOR exchanges ' ' and '"', so that '"' is found by
	 * the same comparison, "at most ' '". The mask consists of the sign
	 * bits of the differences. */
	const __m128i swapped = _mm_xor_si128(v, _mm_set1_epi8('"' ^ ' '));
	const __m128i low = _mm_subs_epi8(swapped, _mm_set1_epi8(' ' + 1));

	return json_mask(_mm_or_si128(
		low, _mm_or_si128(json_bytes_equal(v, '\\'),
				  json_bytes_equal(v, 0x7f))));
}

/* Returns a mask of the bytes that are JSON's white space. */
static inline unsigned json_spaces(json_block v)
{
	/* Tab and carriage return differ in one bit, so setting that bit makes
	 * them equal. */
	const __m128i joined = _mm_or_si128(v, _mm_set1_epi8('\t' ^ '\r'));

	return json_mask(_mm_or_si128(
		json_bytes_equal(v, ' '),
		_mm_or_si128(json_bytes_equal(v, '\n'),
			     json_bytes_equal(joined, '\r'))));
}

/* Returns a vector with 0xff for each byte of v that is from first to first +
 * n - 1, and 0 for the others. */
static inline __m128i json_bytes_in(__m128i v, char first, char n)
{
	const __m128i from_first = _mm_sub_epi8(v, _mm_set1_epi8(first));

	return _mm_cmpeq_epi8(
		_mm_min_epu8(from_first, _mm_set1_epi8((char)(n - 1))),
		from_first);
}

static inline unsigned json_digits(json_block v)
{
	return json_mask(json_bytes_in(v, '0', 10));
}

static inline bool json_has_two_units(json_block v)
{
	/* No byte of two escapes is equal to 0. */
	const __m128i starts = _mm_setr_epi8('\\', 'u', 0, 0, 0, 0, '\\', 'u',
					     0, 0, 0, 0, 0, 0, 0, 0);
	const __m128i halves = _mm_setr_epi8(0, 0, 'd', 0, 0, 0, 0, 0, 'd',
					     0, 0, 0, 0, 0, 0, 0);
	const __m128i lower = _mm_or_si128(v, _mm_set1_epi8(0x20));
	const __m128i hex = _mm_or_si128(json_bytes_in(v, '0', 10),
					 json_bytes_in(lower, 'a', 6));
	const unsigned digits = json_mask(_mm_andnot_si128(
		_mm_cmpeq_epi8(lower, halves), hex));

	return (digits & 0xf3c) == 0xf3c &&
	       (json_mask(_mm_cmpeq_epi8(v, starts)) & 0x0c3) == 0x0c3;
}

#else

static inline bool json_has_two_units(json_block v)
{
	return json_has_two_units_slowly(v.bytes);
}

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
 * Checks of UTF-8. The mask of the first bytes of characters tells where their
 * other bytes must be. A character that is not complete in a block is left to
 * the next block, so no state is kept between blocks.
 */

/* Returns the length of the longest prefix of the JSON_BLOCK bytes at p that
 * consists of whole UTF-8 characters which are copied unchanged: no C0, '"',
 * '\', DEL or C1. */
unsigned json_plain_characters_slowly(const char *p);

#ifdef __SSE2__

/* Returns a vector in which the highest bit of a byte is set if that byte of v,
 * as an unsigned number, is `least` or more. `least` must be 0x80 or more. */
static inline __m128i json_from(__m128i v, int least)
{
	return _mm_subs_epu8(v, _mm_set1_epi8((char)(least - 0x80)));
}

/* Returns the length of the complete characters before the first mistake. All
 * parameters are masks: firsts of the first bytes of characters that are not
 * ASCII, wanted of the positions where the other bytes of these characters must
 * be. */
static inline unsigned json_characters_length(unsigned firsts, unsigned wanted,
					      unsigned mistakes)
{
	const unsigned len =
		(unsigned)__builtin_ctz(mistakes | 1u << JSON_BLOCK);

	/* A byte of a character is wanted at len: the character is not
	 * complete, so the length ends before its first byte. */
	if (wanted >> len & 1)
		return 31 - (unsigned)__builtin_clz(firsts &
						    ((1u << len) - 1));
	return len;
}

/* Returns a mask of the first bytes of rare characters (U+0080 to U+00BF,
 * U+0800 to U+0FFF, U+D000 to U+DFFF, U+10000 and above), and of the bytes that
 * never occur in UTF-8. */
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

/* Like json_plain_characters(), but also for rare characters. `stops` is a mask
 * of the ASCII bytes that need a closer look. */
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
