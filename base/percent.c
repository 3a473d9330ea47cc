/* One table for all sets, and loops that copy runs of bytes that need no
 * encoding. */
#include "base/percent.h"

#include "base/ascii.h"

enum {
	ALL = 0x7f,
	FROM_PATH = PERCENT_PATH | PERCENT_USERINFO | PERCENT_FORM,
	FROM_QUERY = PERCENT_QUERY | PERCENT_SPECIAL_QUERY | FROM_PATH,
	FROM_USERINFO = PERCENT_USERINFO | PERCENT_FORM,
};

const uint8_t percent_sets[256] = {
	[0 ... 0x1f] = ALL,
	[' '] = PERCENT_FRAGMENT | FROM_QUERY,
	['!'] = PERCENT_FORM,
	['"'] = PERCENT_FRAGMENT | FROM_QUERY,
	['#'] = FROM_QUERY,
	['$'] = PERCENT_FORM,
	['%'] = PERCENT_FORM,
	['&'] = PERCENT_FORM,
	['\''] = PERCENT_SPECIAL_QUERY | PERCENT_FORM,
	['('] = PERCENT_FORM,
	[')'] = PERCENT_FORM,
	['+'] = PERCENT_FORM,
	[','] = PERCENT_FORM,
	['/'] = FROM_USERINFO | PERCENT_SLASH,
	[':'] = FROM_USERINFO,
	[';'] = FROM_USERINFO,
	['<'] = PERCENT_FRAGMENT | FROM_QUERY,
	['='] = FROM_USERINFO,
	['>'] = PERCENT_FRAGMENT | FROM_QUERY,
	['?'] = FROM_PATH,
	['@'] = FROM_USERINFO,
	['['] = FROM_USERINFO,
	['\\'] = FROM_USERINFO | PERCENT_SLASH,
	[']'] = FROM_USERINFO,
	['^'] = FROM_PATH,
	['`'] = PERCENT_FRAGMENT | FROM_PATH,
	['{'] = FROM_PATH,
	['|'] = FROM_USERINFO,
	['}'] = FROM_PATH,
	['~'] = PERCENT_FORM,
	[0x7f ... 0xff] = ALL,
};

void percent_encode(struct buf *out, const char *s, size_t len, unsigned set)
{
	static const char digits[] = "0123456789ABCDEF";
	const char *end = bytes_end(s, len);

	while (s < end) {
		const char *plain = s;

		while (s < end && !(percent_sets[(uint8_t)*s] & set))
			s++;
		buf_add(out, plain, (size_t)(s - plain));
		for (; s < end && percent_sets[(uint8_t)*s] & set; s++) {
			char *to = buf_reserve(out, 3);

			to[0] = '%';
			to[1] = digits[(uint8_t)*s >> 4];
			to[2] = digits[*s & 15];
			out->len += 3;
		}
	}
}

int percent_byte(const char *s, size_t len)
{
	int high, low;

	if (len < 3 || s[0] != '%')
		return -1;
	high = ascii_hex_digit(s[1]);
	low = ascii_hex_digit(s[2]);
	return high < 0 || low < 0 ? -1 : high << 4 | low;
}

void percent_add_byte(struct buf *out, unsigned char c)
{
	static const char digits[] = "0123456789ABCDEF";
	const char text[3] = {'%', digits[c >> 4], digits[c & 15]};

	buf_add(out, text, sizeof(text));
}

void percent_decode(struct buf *out, const char *s, size_t len)
{
	const char *end = bytes_end(s, len);
	char *to;

	if (!len)
		return;
	to = buf_reserve(out, len);
	while (s < end) {
		const int byte = percent_byte(s, (size_t)(end - s));

		if (byte >= 0) {
			*to++ = (char)byte;
			s += 3;
		} else {
			*to++ = *s++;
		}
	}
	out->len = (size_t)(to - out->data);
}

void percent_encode_form(struct buf *out, const char *s, size_t len)
{
	const char *end = bytes_end(s, len);

	while (s < end) {
		const char *space = memchr(s, ' ', (size_t)(end - s));
		const char *stop = space ? space : end;

		percent_encode(out, s, (size_t)(stop - s), PERCENT_FORM);
		if (!space)
			return;
		buf_addch(out, '+');
		s = space + 1;
	}
}
