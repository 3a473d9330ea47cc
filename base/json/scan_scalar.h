/* Scans numbers and words. */
#ifndef BASE_JSON_SCAN_SCALAR_H
#define BASE_JSON_SCAN_SCALAR_H

#include <string.h>

#include "base/ascii.h"
#include "base/json/scan.h"

/* Scan a number or a word of any length, byte by byte. */
struct json_place json_scan_number_slowly(struct json_scan *s,
					  struct json_place at, bool copies);
struct json_place json_scan_word_slowly(struct json_scan *s,
					struct json_place at,
					const char *word, bool copies);

/* Returns the length of the number at p, which has no sign; v is the block at
 * p. If the number fills the block, returns JSON_BLOCK: it may go on after the
 * block. Returns 0 if the number has an exponent or is wrong. */
INLINED size_t json_number_length(const char *p, json_block v)
{
	const unsigned others = ~json_digits(v);
	size_t len = json_first_bit(others), digits;

	if (*p == '0' && len > 1)
		return 0;
	if (p[len] == '.') {
		len++;
		digits = json_first_bit(others >> len);
		len += digits;
		if (!digits)
			return 0;
	}
	return (p[len] | 0x20) != 'e' ? len : 0;
}

/* Scans the rest of a number, if it consists of at most 15 digits. The place is
 * after a block of digits and perhaps a point. */
INLINED struct json_place json_scan_more_digits(struct json_scan *s,
						struct json_place at,
						bool copies)
{
	json_block v;
	size_t len;
	char after;

	if (!json_scan_has_block(s, at.p))
		return json_scan_stop();
	v = json_block_load(at.p);
	len = json_first_bit(~json_digits(v));
	after = at.p[len];
	if (len == JSON_BLOCK || after == '.' || (after | 0x20) == 'e')
		return json_scan_stop();
	if (copies)
		json_block_store(json_place_copy(at), v);
	return json_place_add(at, len);
}

INLINED struct json_place json_scan_number(struct json_scan *s,
					   struct json_place at, bool copies)
{
	const struct json_place start = at;

	if (*at.p == '-')
		at = json_place_token(at, "-", 1, copies);
	if (json_scan_has_block(s, at.p) && ascii_is_digit(*at.p)) {
		const json_block v = json_block_load(at.p);
		const size_t len = json_number_length(at.p, v);

		if (copies)
			json_block_store(json_place_copy(at), v);
		if (len && len < JSON_BLOCK)
			return json_place_add(at, len);
		if (len) {
			at = json_scan_more_digits(
				s, json_place_add(at, len), copies);
			if (at.p)
				return at;
		}
	}
	return json_scan_number_slowly(s, start, copies);
}

INLINED struct json_place json_scan_word(struct json_scan *s,
					 struct json_place at,
					 const char *word, bool copies)
{
	const size_t len = strlen(word);

	if (!json_scan_has_block(s, at.p) || memcmp(at.p, word, len) != 0)
		return json_scan_word_slowly(s, at, word, copies);
	if (copies)
		memcpy(json_place_copy(at), word, len);
	return json_place_add(at, len);
}

/* Fails because no value begins at the place. A scan that does not copy only
 * ends early if white space is there. `close` is the closing bracket of the
 * innermost open object or array. */
struct json_place json_scan_fail_value(struct json_scan *s,
				       struct json_place at, char close,
				       bool copies);

/* Scans a number or a word; fails at anything else. */
INLINED struct json_place json_scan_scalar(struct json_scan *s,
					   struct json_place at, char close,
					   bool guarded, bool copies)
{
	const char c = json_scan_peek(s, at.p, guarded);

	if (ascii_is_digit(c) || c == '-')
		return json_scan_number(s, at, copies);
	switch (c) {
	case 't':
		return json_scan_word(s, at, "true", copies);
	case 'f':
		return json_scan_word(s, at, "false", copies);
	case 'n':
		return json_scan_word(s, at, "null", copies);
	default:
		return json_scan_fail_value(s, at, close, copies);
	}
}

#endif
