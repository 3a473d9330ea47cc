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

#ifdef __SSE2__

#include <emmintrin.h>

/* Returns the first position in the text of any of the four bytes, or end. */
static inline const char *find4(const char *p, const char *end, char a,
				char b, char c, char d)
{
	const __m128i va = _mm_set1_epi8(a), vb = _mm_set1_epi8(b);
	const __m128i vc = _mm_set1_epi8(c), vd = _mm_set1_epi8(d);

	for (; end - p >= 16; p += 16) {
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

	for (; end - p >= 16; p += 16) {
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

static inline size_t find_key(const char *p, const char *end, int class,
			      union html_key *key)
{
	static const char keep[32] = {
		-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	};
	__m128i v, stop, upper;
	unsigned mask, len;

	if (end - p < 16)
		return find_key_slowly(p, end, class, key);
	v = _mm_loadu_si128((const __m128i *)(const void *)p);
	stop = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(' ')), v);
	stop = _mm_or_si128(stop, _mm_cmpeq_epi8(v, _mm_set1_epi8('>')));
	stop = _mm_or_si128(stop, _mm_cmpeq_epi8(v, _mm_set1_epi8('/')));
	if (class == ENDS_ATTR)
		stop = _mm_or_si128(stop,
				    _mm_cmpeq_epi8(v, _mm_set1_epi8('=')));
	mask = (unsigned)_mm_movemask_epi8(stop);
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

static inline size_t find_key(const char *p, const char *end, int class,
			      union html_key *key)
{
	return find_key_slowly(p, end, class, key);
}

#endif

/* Returns true if there may be a tag with a name of one or two characters, and
 * without attributes, at p. The text ends with a NUL. */
static inline bool find_may_be_short_tag(const char *p)
{
	return p[0] == '<' && p[1] && p[2] &&
	       (p[2] == '>' || p[3] == '>' || (p[3] && p[4] == '>'));
}

#endif
