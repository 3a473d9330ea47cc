/* Finds the first of a few bytes in a text, and reads short names as keys: with
 * SSE2 where available, byte by byte otherwise. A test compares both
 * variants. */
#ifndef PARSE_HTML_TOKENIZER_FIND_H
#define PARSE_HTML_TOKENIZER_FIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "parse/html/common/names.h"

static inline const char *find_slowly(const char *p, const char *end, char a,
				      char b, char c, char d)
{
	while (p < end && *p != a && *p != b && *p != c && *p != d)
		p++;
	return p;
}

/* Classes of characters: those that end a tag's name, that end an attribute's
 * name, or that end an unquoted value; and white space. */
enum { ENDS_TAG = 1, ENDS_ATTR = 2, ENDS_VALUE = 4, IS_SPACE = 8 };

static const unsigned char find_classes[256] = {
	['\t'] = 15, ['\n'] = 15, ['\f'] = 15, [' '] = 15,
	['\r'] = 15, ['>'] = 7, ['/'] = 3, ['='] = 2,
};

static inline bool find_is(char c, int class)
{
	return find_classes[(unsigned char)c] & class;
}

/* Reads a name and converts it to lower case. Returns the name's length;
 * NAME_KEY if the name has NAME_KEY bytes or more, or contains a control
 * character. */
static inline size_t find_key_slowly(const char *p, const char *end, int class,
				     union html_key *key)
{
	size_t len = 0;

	*key = (union html_key){.half = {0, 0}};
	for (; p < end && !find_is(*p, class); p++) {
		if ((unsigned char)*p < ' ' || len == NAME_KEY - 1)
			return NAME_KEY;
		key->bytes[len++] = *p >= 'A' && *p <= 'Z' ?
					    (char)(*p | 0x20) : *p;
	}
	return len;
}

/* Reads a name of at most QUICK_KEY bytes as it is, as the first half of a key.
 * Returns the name's length. Sets *key to 0 if there is no such name at p; the
 * length is meaningless then. Some shorter names may be left out, too. */
static inline size_t find_quick_slowly(const char *p, const char *end,
				       int class, uint64_t *key)
{
	union html_key bytes = {.half = {0, 0}};
	size_t len = 0;

	*key = 0;
	for (; p + len < end && len <= QUICK_KEY; len++) {
		if (find_is(p[len], class)) {
			*key = bytes.half[0];
			return len;
		}
		if ((unsigned char)p[len] < ' ')
			return 0;
		bytes.bytes[len] = p[len];
	}
	return 0;
}

/* Returns the position of the first character of a class; end: there is
 * none. */
static inline const char *find_class_slowly(const char *p, const char *end,
					    int class)
{
	while (p < end && !find_is(*p, class))
		p++;
	return p;
}

#ifdef __SSE2__

#include <emmintrin.h>

/* Returns true if the text has at least 16 bytes from p on. */
static inline bool find_has_block(const char *p, const char *end)
{
	return (uintptr_t)p + 16 <= (uintptr_t)end;
}

/* Returns the first position in the text of any of the four bytes, or end. */
static inline const char *find4(const char *p, const char *end, char a,
				char b, char c, char d)
{
	const __m128i va = _mm_set1_epi8(a), vb = _mm_set1_epi8(b);
	const __m128i vc = _mm_set1_epi8(c), vd = _mm_set1_epi8(d);

	for (; find_has_block(p, end); p += 16) {
		const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
		const __m128i hits = _mm_or_si128(
			_mm_or_si128(_mm_cmpeq_epi8(v, va),
				     _mm_cmpeq_epi8(v, vb)),
			_mm_or_si128(_mm_cmpeq_epi8(v, vc),
				     _mm_cmpeq_epi8(v, vd)));
		const int mask = _mm_movemask_epi8(hits);

		if (mask)
			return p + __builtin_ctz((unsigned)mask);
	}
	return find_slowly(p, end, a, b, c, d);
}

static inline const char *find3(const char *p, const char *end, char a,
				char b, char c)
{
	const __m128i va = _mm_set1_epi8(a), vb = _mm_set1_epi8(b);
	const __m128i vc = _mm_set1_epi8(c);

	for (; find_has_block(p, end); p += 16) {
		const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
		const __m128i hits = _mm_or_si128(
			_mm_or_si128(_mm_cmpeq_epi8(v, va),
				     _mm_cmpeq_epi8(v, vb)),
			_mm_cmpeq_epi8(v, vc));
		const int mask = _mm_movemask_epi8(hits);

		if (mask)
			return p + __builtin_ctz((unsigned)mask);
	}
	return find_slowly(p, end, a, b, c, c);
}

/* Returns the first position in the text of a byte; end: there is none. */
static inline const char *find1(const char *p, const char *end, char a)
{
	const __m128i va = _mm_set1_epi8(a);

	for (; find_has_block(p, end); p += 16) {
		const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
		const int mask = _mm_movemask_epi8(_mm_cmpeq_epi8(v, va));

		if (mask)
			return p + __builtin_ctz((unsigned)mask);
	}
	return find_slowly(p, end, a, a, a, a);
}

/* Returns the bits of the characters in v that are in a class, ENDS_TAG or
 * ENDS_ATTR, or that are control characters. */
static inline unsigned find_ends(__m128i v, int class)
{
	__m128i stop = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(' ')), v);

	stop = _mm_or_si128(stop, _mm_cmpeq_epi8(v, _mm_set1_epi8('>')));
	stop = _mm_or_si128(stop, _mm_cmpeq_epi8(v, _mm_set1_epi8('/')));
	if (class == ENDS_ATTR)
		stop = _mm_or_si128(stop,
				    _mm_cmpeq_epi8(v, _mm_set1_epi8('=')));
	return (unsigned)_mm_movemask_epi8(stop);
}

/* Reads a name as find_quick_slowly() does, but finds none in the last bytes
 * of the text. */
static inline size_t find_quick(const char *p, const char *end, int class,
				uint64_t *key)
{
	static const uint64_t keep[QUICK_KEY + 2] = {
		0, 0xff, 0xffff, 0xffffff, UINT32_MAX, UINT64_MAX >> 24,
		UINT64_MAX >> 16, UINT64_MAX >> 8, UINT64_MAX, 0,
	};
	__m128i v;
	size_t len;

	*key = 0;
	if (__builtin_expect(!find_has_block(p, end), 0))
		return 0;
	v = _mm_loadu_si128((const __m128i *)(const void *)p);
	len = (size_t)__builtin_ctz(find_ends(v, class) | 1u << (QUICK_KEY + 1));
	if (__builtin_expect((unsigned char)p[len] < ' ', 0) &&
	    !find_is(p[len], class))
		return 0;
	*key = (uint64_t)_mm_cvtsi128_si64(v) & keep[len];
	return len;
}

/* Returns the position of the first character of a class, ENDS_TAG or
 * ENDS_ATTR; end: there is none. */
static inline const char *find_class(const char *p, const char *end, int class)
{
	while (find_has_block(p, end)) {
		const unsigned mask = find_ends(
			_mm_loadu_si128((const __m128i *)(const void *)p),
			class);

		p += mask ? __builtin_ctz(mask) : 16;
		if (mask && find_is(*p, class))
			return p;
		p += mask ? 1 : 0;
	}
	return find_class_slowly(p, end, class);
}

static inline size_t find_key(const char *p, const char *end, int class,
			      union html_key *key)
{
	static const char keep[32] = {
		-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	};
	__m128i v, upper;
	unsigned mask, len;

	if (!find_has_block(p, end))
		return find_key_slowly(p, end, class, key);
	v = _mm_loadu_si128((const __m128i *)(const void *)p);
	mask = find_ends(v, class);
	if (!mask)
		return NAME_KEY;
	len = (unsigned)__builtin_ctz(mask);
	if (!find_is(p[len], class))
		return NAME_KEY;
	upper = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8('A' - 1)),
			      _mm_cmplt_epi8(v, _mm_set1_epi8('Z' + 1)));
	v = _mm_or_si128(v, _mm_and_si128(upper, _mm_set1_epi8(0x20)));
	v = _mm_and_si128(v, _mm_loadu_si128(
		(const __m128i *)(const void *)(keep + 16 - len)));
	_mm_storeu_si128((__m128i *)(void *)key->bytes, v);
	return len;
}

#else

static inline const char *find4(const char *p, const char *end, char a,
				char b, char c, char d)
{
	return find_slowly(p, end, a, b, c, d);
}

static inline const char *find3(const char *p, const char *end, char a,
				char b, char c)
{
	return find_slowly(p, end, a, b, c, c);
}

static inline const char *find1(const char *p, const char *end, char a)
{
	return find_slowly(p, end, a, a, a, a);
}

static inline size_t find_quick(const char *p, const char *end, int class,
				uint64_t *key)
{
	return find_quick_slowly(p, end, class, key);
}

static inline const char *find_class(const char *p, const char *end, int class)
{
	return find_class_slowly(p, end, class);
}

static inline size_t find_key(const char *p, const char *end, int class,
			      union html_key *key)
{
	return find_key_slowly(p, end, class, key);
}

#endif

#endif
