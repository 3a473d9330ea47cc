/* Checks blocks of UTF-8 that have rare characters, or characters whose second
 * byte needs a check of its own; and blocks byte by byte. */
#include "base/json/block.h"

#include "base/ascii.h"
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

bool json_has_two_units_slowly(const char *p)
{
	for (int i = 0; i < 12; i++) {
		const int at = i % 6;

		if (at < 2 ? p[i] != "\\u"[at] : ascii_hex_digit(p[i]) < 0)
			return false;
	}
	return (p[2] | 0x20) != 'd' && (p[8] | 0x20) != 'd';
}

#ifdef __SSE2__

static inline unsigned bytes_equal(__m128i v, int byte)
{
	return json_equals(v, (char)byte);
}

/* Returns a mask of the second bytes that are not allowed after their first
 * bytes: those of overlong forms, of surrogates, of code points above U+10FFFF
 * (table 3-7 of the Unicode Standard), and of C1 control characters. */
static unsigned bad_seconds(__m128i v)
{
	const unsigned from_90 = json_mask(json_from(v, 0x90));
	const unsigned from_a0 = json_mask(json_from(v, 0xa0));
	const unsigned need_90 = bytes_equal(v, 0xf0) << 1;
	const unsigned need_a0 = (bytes_equal(v, 0xe0) |
				  bytes_equal(v, 0xc2)) << 1;
	const unsigned below_90 = bytes_equal(v, 0xf4) << 1;
	const unsigned below_a0 = bytes_equal(v, 0xed) << 1;

	return (need_90 & ~from_90) | (need_a0 & ~from_a0) |
	       (below_90 & from_90) | (below_a0 & from_a0);
}

unsigned json_plain_rare_characters(json_block v, unsigned stops)
{
	const unsigned firsts = json_mask(json_from(v, 0xc0));
	const unsigned wanted = firsts << 1 |
				json_mask(json_from(v, 0xe0)) << 2 |
				json_mask(json_from(v, 0xf0)) << 3;
	const unsigned others = json_mask(v) & ~firsts;
	/* The bytes 0xC0 and 0xC1 would begin overlong forms, and no character
	 * begins with 0xF5 to 0xFF. */
	const unsigned never = (firsts & ~json_mask(json_from(v, 0xc2))) |
			       json_mask(json_from(v, 0xf5));

	return json_characters_length(
		firsts, wanted,
		stops | never | (wanted ^ others) | bad_seconds(v));
}

#endif
