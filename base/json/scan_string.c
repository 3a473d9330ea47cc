/* Scans escapes, and the characters of strings that are not plain ASCII
 * text. */
#include "base/json/scan_string.h"

#include "base/json/bytes.h"
#include "base/utf8.h"

enum { CHARACTER_MAX = 4 };	/* maximum length of a character of UTF-8 */

/* Bits of the table below. A half of a surrogate pair has a code from D800 to
 * DFFF; a second half, from DC00 to DFFF. */
enum {
	HEX = 1,		/* a hexadecimal digit */
	D = 2,			/* the first digit of a half */
	HALF = 4,		/* the second digit of a half */
	SECOND = 8,		/* the second digit of a second half */
};

static const unsigned char hex_digits[256] = {
	['0'] = HEX, ['1'] = HEX, ['2'] = HEX, ['3'] = HEX,
	['4'] = HEX, ['5'] = HEX, ['6'] = HEX, ['7'] = HEX,
	['8'] = HEX | HALF, ['9'] = HEX | HALF,
	['a'] = HEX | HALF, ['b'] = HEX | HALF,
	['c'] = HEX | HALF | SECOND, ['d'] = HEX | HALF | SECOND | D,
	['e'] = HEX | HALF | SECOND, ['f'] = HEX | HALF | SECOND,
	['A'] = HEX | HALF, ['B'] = HEX | HALF,
	['C'] = HEX | HALF | SECOND, ['D'] = HEX | HALF | SECOND | D,
	['E'] = HEX | HALF | SECOND, ['F'] = HEX | HALF | SECOND,
};

static inline unsigned hex_digit(char c)
{
	return hex_digits[(unsigned char)c];
}

/* Returns true if the four bytes at p are hexadecimal digits. */
static inline bool is_unit(const char *p)
{
	return hex_digit(p[0]) & hex_digit(p[1]) & hex_digit(p[2]) &
	       hex_digit(p[3]) & HEX;
}

/* Returns true if the digits are those of a half of a surrogate pair. */
static inline bool is_half(const char *digits)
{
	return (hex_digit(digits[0]) & D) && (hex_digit(digits[1]) & HALF);
}

static inline bool is_second_half(const char *digits)
{
	return is_half(digits) && (hex_digit(digits[1]) & SECOND);
}

/* Returns true if the \uXXXX escape of a second half of a surrogate pair is at
 * p. */
static bool has_second_half(const char *p, const char *end)
{
	return end - p >= JSON_ESCAPE && p[0] == '\\' && p[1] == 'u' &&
	       is_unit(p + 2) && is_second_half(p + 2);
}

/* Skips len bytes, copying them if wanted. */
INLINED struct json_place skip_bytes(struct json_place at, size_t len,
				     bool copies)
{
	if (copies)
		memcpy(json_place_copy(at), at.p, len);
	return json_place_add(at, len);
}

/* Fails at the first byte that is not a hexadecimal digit. */
static struct json_place fail_unit(struct json_scan *s, const char *digits)
{
	while (digits < s->end && hex_digit(*digits))
		digits++;
	return json_scan_fail_unexpected(s, digits, "bad \\u escape");
}

/* Replaces an escape that is half of a surrogate pair by \ufffd. A half alone
 * is not a character, and many JSON readers reject it, some of them (jq 1.6)
 * with all text after it (RFC 8259, 8.2). */
static struct json_place replace_half(struct json_scan *s,
				      struct json_place at, bool copies)
{
	if (s->keep_surrogates)
		return skip_bytes(at, JSON_ESCAPE, copies);
	if (!copies)
		return json_scan_stop();
	memcpy(json_place_copy(at), "\\ufffd", JSON_ESCAPE);
	return json_place_add(at, JSON_ESCAPE);
}

/* Scans an escape that is half of a surrogate pair, and the other half. */
static struct json_place scan_half(struct json_scan *s, struct json_place at,
				   bool copies)
{
	if (!is_second_half(at.p + 2) &&
	    has_second_half(at.p + JSON_ESCAPE, s->end))
		return skip_bytes(at, 2 * JSON_ESCAPE, copies);
	return replace_half(s, at, copies);
}

/* Scans \uXXXX. */
INLINED struct json_place scan_unit(struct json_scan *s, struct json_place at,
				    bool copies)
{
	if (s->end - at.p < JSON_ESCAPE || !is_unit(at.p + 2))
		return fail_unit(s, at.p + 2);
	if (is_half(at.p + 2))
		return scan_half(s, at, copies);
	return skip_bytes(at, JSON_ESCAPE, copies);
}

INLINED struct json_place scan_escape(struct json_scan *s,
				      struct json_place at, bool copies)
{
	if (s->end - at.p < 2)
		return json_scan_fail_unexpected(s, s->end, NULL);
	if (at.p[1] == 'u')
		return scan_unit(s, at, copies);
	switch (at.p[1]) {
	case '"': case '\\': case '/':
	case 'b': case 'f': case 'n': case 'r': case 't':
		return skip_bytes(at, 2, copies);
	default:
		return json_scan_fail(s, at.p + 1, "bad escape");
	}
}

/* Scans escapes that follow each other. Text that is not Latin is often written
 * as escapes only. */
INLINED struct json_place scan_escapes(struct json_scan *s,
				       struct json_place at, bool copies)
{
	do {
		if (json_scan_has_block(s, at.p) &&
		    at.p[JSON_ESCAPE] == '\\' &&
		    json_has_two_units(json_block_load(at.p)))
			at = skip_bytes(at, 2 * JSON_ESCAPE, copies);
		else
			at = scan_escape(s, at, copies);
	} while (at.p && json_scan_has_block(s, at.p) && *at.p == '\\');
	return at;
}

/* Replaces a character of len bytes (DEL or C1) by its escape. */
static struct json_place escape_character(struct json_scan *s,
					  struct json_place at, unsigned code,
					  size_t len, bool copies)
{
	char escape[JSON_ESCAPE];

	if (!copies)
		return json_scan_stop();
	json_escape(escape, code);
	at = json_scan_insert(s, at, escape, JSON_ESCAPE);
	at.distance -= len;
	return json_place_add(at, len);
}

/* Scans one character that is not ASCII. A byte that is not UTF-8 is noted and
 * taken as it is, so that the rest of the text can be checked. */
static struct json_place scan_character(struct json_scan *s,
					struct json_place at, bool copies)
{
	const size_t rest = (size_t)(s->end - at.p);
	size_t len = 2;

	if (json_is_c1(at.p, s->end))
		return escape_character(s, at, (unsigned char)at.p[1], len,
					copies);
	while (len <= CHARACTER_MAX && len <= rest &&
	       utf8_valid_prefix(at.p, len) != len)
		len++;
	if (len > CHARACTER_MAX || len > rest) {
		s->has_bad_utf8 = true;
		len = 1;
	}
	return skip_bytes(at, len, copies);
}

/* Scans text that begins with a character that is not ASCII. */
static struct json_place scan_characters(struct json_scan *s,
					 struct json_place at, bool copies)
{
	const char *const start = at.p;

	while (json_scan_has_block(s, at.p)) {
		const unsigned len = json_plain_characters(at.p);

		if (copies)
			json_block_store(json_place_copy(at),
					 json_block_load(at.p));
		at = json_place_add(at, len);
		/* If more bytes of the block are left than an incomplete
		 * character has, the next one is not UTF-8 or needs a closer
		 * look. */
		if (len <= JSON_BLOCK - CHARACTER_MAX)
			break;
	}
	return at.p == start ? scan_character(s, at, copies) : at;
}

/* Scans a character that is neither the closing quote nor plain ASCII text. */
INLINED struct json_place scan_special(struct json_scan *s,
				       struct json_place at, bool copies)
{
	const unsigned char c = (unsigned char)*at.p;

	if (c == '\\')
		return scan_escapes(s, at, copies);
	if (c >= 0x80)
		return scan_characters(s, at, copies);
	if (c == 0x7f)
		return escape_character(s, at, c, 1, copies);
	return json_scan_fail(s, at.p, "control character in a string");
}

/* Scans the rest of a string byte by byte: near the end of the text, no whole
 * block can be read. */
static struct json_place scan_tail(struct json_scan *s, struct json_place at,
				   bool copies)
{
	while (at.p && at.p < s->end) {
		if (*at.p == '"')
			return json_place_next(at, copies);
		at = json_is_string_stop(*at.p) ?
			     scan_special(s, at, copies) :
			     json_place_next(at, copies);
	}
	return at.p ? json_scan_fail(s, at.p, "unexpected end in a string") :
		      at;
}

INLINED struct json_place scan_rest(struct json_scan *s, struct json_place at,
				    bool copies)
{
	while (json_scan_has_block(s, at.p)) {
		const json_block v = json_block_load(at.p);
		const size_t len = json_first_bit(json_string_stops(v));

		if (copies)
			json_block_store(json_place_copy(at), v);
		at = json_place_add(at, len);
		if (len == JSON_BLOCK)
			continue;
		if (*at.p == '"')
			return json_place_next(at, copies);
		at = scan_special(s, at, copies);
		if (!at.p)
			return at;
		if (json_scan_has_block(s, at.p) && *at.p == '"')
			return json_place_next(at, copies);
	}
	return scan_tail(s, at, copies);
}

struct json_place json_scan_string_rest(struct json_scan *s,
					struct json_place at)
{
	return scan_rest(s, at, false);
}

struct json_place json_scan_copy_string_rest(struct json_scan *s,
					     struct json_place at)
{
	return scan_rest(s, at, true);
}
