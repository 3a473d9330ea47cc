/*
 * A hand-written UTF-8 validator: nearly every body is valid, and checking it
 * must take one fast pass.
 *
 * ASCII is checked 64 bytes at a time with SSE2, 32 without; runs of two-byte
 * and three-byte characters have loops of their own. A vectorised table
 * validator would be faster on Chinese text, but is not worth its size: the
 * parser that follows is ten times slower.
 */
#include "base/utf8.h"

#include <stdbool.h>

#ifdef __SSE2__

#include <emmintrin.h>

static __m128i load128(const char *s)
{
	return _mm_loadu_si128((const __m128i *)(const void *)s);
}

#endif

static bool is_trail(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

/* Checks the second byte, which excludes overlong forms, surrogates and code
 * points that are too large: table 3-7 of the Unicode Standard. */
static bool second_fits(unsigned char first, unsigned char second)
{
	switch (first) {
	case 0xe0:
		return second >= 0xa0 && second <= 0xbf;
	case 0xed:
		return second >= 0x80 && second <= 0x9f;
	case 0xf0:
		return second >= 0x90 && second <= 0xbf;
	case 0xf4:
		return second >= 0x80 && second <= 0x8f;
	default:
		return is_trail(second);
	}
}

/* Returns the length of the character whose first byte is `first`; 0: no
 * character begins with it. */
static size_t announced_length(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first < 0xc2 || first > 0xf4)
		return 0;
	return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/* Returns how many bytes of the announced character are present and valid; the
 * character is complete if this equals announced_length(). */
static size_t fitting_length(const char *s, size_t len)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t want = announced_length(u[0]);
	size_t have = 2;

	if (want < 2)
		return want;
	if (len < 2 || !second_fits(u[0], u[1]))
		return 1;
	while (have < want && have < len && is_trail(u[have]))
		have++;
	return have;
}

static size_t two_byte_prefix(const char *s, size_t len)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t i = 0;

	while (len - i >= 2 && u[i] >= 0xc2 && u[i] < 0xe0 &&
	       is_trail(u[i + 1]))
		i += 2;
	return i;
}

static size_t three_byte_prefix(const char *s, size_t len)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t i = 0;

	while (len - i >= 3 && (u[i] & 0xf0) == 0xe0 &&
	       second_fits(u[i], u[i + 1]) && is_trail(u[i + 2]))
		i += 3;
	return i;
}

static size_t four_byte_prefix(const char *s, size_t len)
{
	size_t i = 0;

	while (len - i >= 4 && announced_length((unsigned char)s[i]) == 4 &&
	       fitting_length(s + i, 4) == 4)
		i += 4;
	return i;
}

#ifdef __SSE2__

size_t utf8_ascii_prefix(const char *s, size_t len)
{
	size_t i = 0;
	int high;

	for (; len - i >= 64; i += 64)
		if (_mm_movemask_epi8(_mm_or_si128(
			    _mm_or_si128(load128(s + i), load128(s + i + 16)),
			    _mm_or_si128(load128(s + i + 32),
					 load128(s + i + 48)))))
			break;
	for (; len - i >= 16; i += 16) {
		high = _mm_movemask_epi8(load128(s + i));
		if (high)
			return i + (size_t)__builtin_ctz((unsigned)high);
	}
	while (i < len && !((unsigned char)s[i] & 0x80))
		i++;
	return i;
}

#else

#define HIGH_BITS UINT64_C(0x8080808080808080)

static uint64_t load64(const char *s)
{
	uint64_t word;

	memcpy(&word, s, sizeof(word));
	return word;
}

size_t utf8_ascii_prefix(const char *s, size_t len)
{
	size_t i = 0;

	while (len - i >= 32) {
		uint64_t bits = load64(s + i) | load64(s + i + 8) |
				load64(s + i + 16) | load64(s + i + 24);

		if (bits & HIGH_BITS)
			break;
		i += 32;
	}
	while (len - i >= 8 && !(load64(s + i) & HIGH_BITS))
		i += 8;
	while (i < len && !((unsigned char)s[i] & 0x80))
		i++;
	return i;
}

#endif

size_t utf8_valid_prefix(const char *s, size_t len)
{
	size_t i = 0;

	while (i < len) {
		size_t before = i;

		i += utf8_ascii_prefix(s + i, len - i);
		i += two_byte_prefix(s + i, len - i);
		i += three_byte_prefix(s + i, len - i);
		i += four_byte_prefix(s + i, len - i);
		if (i == before)
			break;
	}
	return i;
}

size_t utf8_bad_length(const char *s, size_t len)
{
	size_t fits = fitting_length(s, len);

	return fits ? fits : 1;
}

size_t utf8_encode(char to[4], uint32_t code_point)
{
	if (code_point < 0x80) {
		to[0] = (char)code_point;
		return 1;
	}
	if (code_point < 0x800) {
		to[0] = (char)(0xc0 | code_point >> 6);
		to[1] = (char)(0x80 | (code_point & 0x3f));
		return 2;
	}
	if (code_point < 0x10000) {
		to[0] = (char)(0xe0 | code_point >> 12);
		to[1] = (char)(0x80 | (code_point >> 6 & 0x3f));
		to[2] = (char)(0x80 | (code_point & 0x3f));
		return 3;
	}
	to[0] = (char)(0xf0 | code_point >> 18);
	to[1] = (char)(0x80 | (code_point >> 12 & 0x3f));
	to[2] = (char)(0x80 | (code_point >> 6 & 0x3f));
	to[3] = (char)(0x80 | (code_point & 0x3f));
	return 4;
}

void utf8_add(struct buf *out, const char *s, size_t len)
{
	for (;;) {
		size_t good = utf8_valid_prefix(s, len);
		size_t bad;

		buf_add(out, s, good);
		if (good == len)
			return;
		buf_add(out, UTF8_REPLACEMENT, 3);
		bad = utf8_bad_length(s + good, len - good);
		s += good + bad;
		len -= good + bad;
	}
}

void utf8_repair(struct buf *b)
{
	size_t good = utf8_valid_prefix(b->data, b->len);
	struct buf fixed = {0};

	if (good == b->len)
		return;
	buf_reserve(&fixed, b->len + b->len / 8);
	buf_add(&fixed, b->data, good);
	utf8_add(&fixed, b->data + good, b->len - good);
	buf_release(b);
	*b = fixed;
}

char *utf8_clean(const char *s, size_t len, size_t max_bytes,
		 size_t *out_len)
{
	struct buf clean = {0};

	while (len) {
		size_t fits = fitting_length(s, len);
		bool bad = *s == '\0' || !fits ||
			   fits != announced_length((unsigned char)*s);
		size_t add = bad ? 3 : fits;

		if (add > max_bytes - clean.len)
			break;
		buf_add(&clean, bad ? UTF8_REPLACEMENT : s, add);
		s += fits ? fits : 1;
		len -= fits ? fits : 1;
	}
	if (out_len)
		*out_len = clean.len;
	return buf_detach(&clean);
}
