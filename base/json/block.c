/* Checks UTF-8 in blocks. The masks of the first bytes of characters say where
 * the other bytes must be; a character that is not complete in a block is left
 * to the next one, so nothing has to be carried over. */
#include "base/json/block.h"

#include "base/json/bytes.h"
#include "base/utf8.h"

unsigned json_plain_characters_slowly(const char *p)
{
	const char *const end = p + JSON_BLOCK;
	const size_t len = utf8_valid_prefix(p, JSON_BLOCK);
	unsigned at = 0;

	while (at < len && !json_is_c1(p + at, end) &&
	       (!json_is_string_stop(p[at]) || (unsigned char)p[at] >= 0x80))
		at++;
	return at;
}

#ifdef __SSE2__

/* Returns the bytes that are not less than the given one, as unsigned
 * numbers. */
static inline unsigned bytes_from(__m128i v, int least)
{
	return json_mask(_mm_cmpeq_epi8(
		_mm_max_epu8(v, _mm_set1_epi8((char)least)), v));
}

static inline unsigned bytes_equal(__m128i v, int byte)
{
	return json_mask(json_bytes_equal(v, (char)byte));
}

/* Returns the second bytes of characters that do not fit the first ones: those
 * of overlong forms, of surrogates, of code points that are too large (table
 * 3-7 of the Unicode Standard), and of C1. */
static unsigned bad_seconds(__m128i v)
{
	const unsigned from_90 = bytes_from(v, 0x90);
	const unsigned from_a0 = bytes_from(v, 0xa0);
	const unsigned need_90 = bytes_equal(v, 0xf0) << 1;
	const unsigned need_a0 = (bytes_equal(v, 0xe0) |
				  bytes_equal(v, 0xc2)) << 1;
	const unsigned below_90 = bytes_equal(v, 0xf4) << 1;
	const unsigned below_a0 = bytes_equal(v, 0xed) << 1;

	return (need_90 & ~from_90) | (need_a0 & ~from_a0) |
	       (below_90 & from_90) | (below_a0 & from_a0);
}

/* Returns true if the second byte after any byte of v has to be checked. */
static inline bool has_narrow(__m128i v)
{
	const __m128i e = _mm_or_si128(json_bytes_equal(v, (char)0xe0),
				       json_bytes_equal(v, (char)0xed));
	const __m128i f = _mm_or_si128(json_bytes_equal(v, (char)0xf0),
				       json_bytes_equal(v, (char)0xf4));

	return json_mask(_mm_or_si128(
		json_bytes_equal(v, (char)0xc2), _mm_or_si128(e, f)));
}

unsigned json_plain_characters(const char *p)
{
	const __m128i v = json_block_load(p);
	const unsigned high = json_mask(v);
	const unsigned stops = json_string_stops(v) & ~high;
	unsigned firsts, wanted, wrong, len;

	if (!high)
		return stops ? (unsigned)__builtin_ctz(stops) : JSON_BLOCK;
	firsts = bytes_from(v, 0xc0);
	wanted = firsts << 1 | bytes_from(v, 0xe0) << 2 |
		 bytes_from(v, 0xf0) << 3;
	/* C0 and C1 would begin overlong forms, F5 to FF nothing at all. */
	wrong = stops | (wanted ^ (high & ~firsts)) | bytes_from(v, 0xf5) |
		(firsts & ~bytes_from(v, 0xc2));
	if (has_narrow(v))
		wrong |= bad_seconds(v);
	wrong |= 1u << JSON_BLOCK;
	len = (unsigned)__builtin_ctz(wrong);
	/* The character before the mistake, or before the end of the block, is
	 * not complete: it begins at the last first byte. */
	if (wanted >> len & 1)
		len = 31 - (unsigned)__builtin_clz(firsts & ((1u << len) - 1));
	return len;
}

#else

unsigned json_plain_characters(const char *p)
{
	return json_plain_characters_slowly(p);
}

#endif
