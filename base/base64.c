/* Encodes three bytes at a time and decodes four digits at a time. */
#include "base/base64.h"

#include <stdint.h>

void base64_add(struct buf *out, const void *bytes, size_t len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *p = bytes;
	char *to = buf_reserve(out, (len + 2) / 3 * 4);

	for (size_t left = len; left;) {
		const size_t n = left < 3 ? left : 3;
		const uint32_t bits = (uint32_t)p[0] << 16 |
				      (n > 1 ? (uint32_t)p[1] << 8 : 0) |
				      (n > 2 ? (uint32_t)p[2] : 0);

		*to++ = digits[bits >> 18];
		*to++ = digits[bits >> 12 & 63];
		*to++ = n > 1 ? digits[bits >> 6 & 63] : '=';
		*to++ = n > 2 ? digits[bits & 63] : '=';
		p += n;
		left -= n;
	}
	out->len = (size_t)(to - out->data);
}

/* Returns the value of a Base64 digit, or -1. */
static int digit_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool base64_decode(struct buf *out, const char *text, size_t len)
{
	const size_t before = out->len;
	size_t pad = 0;
	char *to;

	while (pad < 2 && pad < len && text[len - 1 - pad] == '=')
		pad++;
	if (len % 4)
		return false;
	to = buf_reserve(out, len / 4 * 3);
	for (size_t i = 0; i < len; i += 4) {
		const bool last = i + 4 == len;
		uint32_t bits = 0;

		for (size_t k = 0; k < 4; k++) {
			const bool is_pad = last && k >= 4 - pad;
			const int value = is_pad ? 0 : digit_value(text[i + k]);

			if (value < 0)
				return false;
			bits = bits << 6 | (uint32_t)value;
		}
		*to++ = (char)(bits >> 16);
		*to++ = (char)(bits >> 8);
		*to++ = (char)bits;
	}
	out->len = before + len / 4 * 3 - pad;
	return true;
}
