/* Scans numbers and words byte by byte, and reports errors in them. */
#include "base/json/scan_scalar.h"

static const char *digits_end(const struct json_scan *s, const char *p)
{
	while (json_scan_has_block(s, p)) {
		const size_t len = json_first_bit(
			~json_digits(json_block_load(p)));

		p += len;
		if (len < JSON_BLOCK)
			return p;
	}
	while (p < s->end && ascii_is_digit(*p))
		p++;
	return p;
}

/* Returns the end of one or more digits; NULL after failing. */
static const char *scan_digits(struct json_scan *s, const char *p)
{
	const char *const end = digits_end(s, p);

	if (end == p)
		json_scan_fail_unexpected(s, p, "bad number");
	return end == p ? NULL : end;
}

/* Returns the end of the part of a number before the point; NULL after
 * failing. */
static const char *scan_integer(struct json_scan *s, const char *p)
{
	if (p == s->end || *p != '0')
		return scan_digits(s, p);
	p++;
	if (digits_end(s, p) == p)
		return p;
	json_scan_fail(s, p, "number with a leading zero");
	return NULL;
}

static const char *scan_number_text(struct json_scan *s, const char *p)
{
	p = scan_integer(s, p + (*p == '-'));
	if (p && p < s->end && *p == '.')
		p = scan_digits(s, p + 1);
	if (!p || p == s->end || (*p | 0x20) != 'e')
		return p;
	p++;
	return scan_digits(s, p + (p < s->end && (*p == '+' || *p == '-')));
}

struct json_place json_scan_number_slowly(struct json_scan *s,
					  struct json_place at, bool copies)
{
	const char *const end = scan_number_text(s, at.p);

	if (!end)
		return json_scan_stop();
	if (copies)
		memcpy(json_place_copy(at), at.p, (size_t)(end - at.p));
	return json_place_add(at, (size_t)(end - at.p));
}

struct json_place json_scan_word_slowly(struct json_scan *s,
					struct json_place at,
					const char *word, bool copies)
{
	size_t same = 0;

	while (word[same] && at.p + same < s->end && at.p[same] == word[same])
		same++;
	if (word[same])
		return json_scan_fail_unexpected(s, at.p + same,
						 "unknown word");
	if (copies)
		memcpy(json_place_copy(at), word, same);
	return json_place_add(at, same);
}

struct json_place json_scan_fail_value(struct json_scan *s,
				       struct json_place at, char close,
				       bool copies)
{
	if (!copies && at.p < s->end && ascii_is_blank(*at.p))
		return json_scan_stop();
	/* An array without elements was recognised before, so there is a comma
	 * before the bracket. */
	return json_scan_fail_unexpected(
		s, at.p, close == ']' && at.p < s->end && *at.p == ']' ?
			"trailing comma" : "unexpected character");
}
