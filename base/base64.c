/* Base64, three bytes at a time. */
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
