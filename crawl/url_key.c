/* Copies a URL without the parts that do not distinguish pages. */
#include "crawl/url_key.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/ascii.h"
#include "base/mem.h"
#include "base/percent.h"

#define EACH_BYTE UINT64_C(0x0101010101010101)

/* Names of query parameters that are left out. */
static const char *const session_names[] = {
	"jsessionid", "phpsessid", "utm_*", "gclid", "fbclid", "msclkid",
};

static bool is_unreserved(int c)
{
	return c > 0 && c < 0x80 &&
	       (ascii_is_alphanumeric((char)c) || strchr("-._~", c));
}

/* Returns the length of the part of s before the first such byte. */
static size_t length_before(struct slice s, char byte)
{
	const char *at = s.len ? memchr(s.p, byte, s.len) : NULL;

	return at ? (size_t)(at - s.p) : s.len;
}

/* Appends s with unreserved characters decoded, and other %XX in upper case. */
static void add_normal(struct buf *out, struct slice s)
{
	while (s.len) {
		const size_t plain = length_before(s, '%');
		size_t taken = plain;

		buf_add(out, s.p, plain);
		if (plain < s.len) {
			const int byte = percent_byte(s.p + plain,
						      s.len - plain);

			if (byte < 0)
				buf_addch(out, '%');
			else if (is_unreserved(byte))
				buf_addch(out, (char)byte);
			else
				percent_add_byte(out, (unsigned char)byte);
			taken += byte < 0 ? 1 : 3;
		}
		s.p += taken;
		s.len -= taken;
	}
}

static bool name_matches(const char *name, const char *pattern)
{
	return !fnmatch(pattern, name, FNM_CASEFOLD);
}

/* Returns true if the name is that of a session. All such names begin with a
 * letter, and most other names differ from them in the first letter. */
static bool is_session_name(const char *name)
{
	for (size_t i = 0; i < sizeof(session_names) / sizeof(*session_names);
	     i++)
		if (ascii_lower(*name) == *session_names[i] &&
		    name_matches(name, session_names[i]))
			return true;
	return false;
}

/* Returns true if the parameter ("name=value", normalised) is left out. */
static bool is_ignored(struct slice pair, const char *const *ignored,
		       size_t count)
{
	const char *equals = pair.len ? memchr(pair.p, '=', pair.len) : NULL;
	char *name = xmemdup(pair.p, equals ? (size_t)(equals - pair.p)
					    : pair.len);
	bool yes = is_session_name(name);

	for (size_t i = 0; i < count; i++)
		yes |= name_matches(name, ignored[i]);
	free(name);
	return yes;
}

/* Appends the query without the parameters that are left out. */
static void add_query(struct buf *out, struct slice query,
		      const char *const *ignored, size_t count)
{
	char before = '?';

	while (query.len) {
		const struct slice pair = {query.p,
					   length_before(query, '&')};
		const size_t start = out->len;

		buf_addch(out, before);
		add_normal(out, pair);
		if (is_ignored((struct slice){out->data + start + 1,
					      out->len - start - 1},
			       ignored, count))
			out->len = start;
		else
			before = '&';
		if (pair.len == query.len)
			break;
		query.p += pair.len + 1;
		query.len -= pair.len + 1;
		if (!query.len)
			buf_addch(out, before);
	}
}

/* Appends the path without ";jsessionid=..." at the end of a segment. */
static void add_path(struct buf *out, struct slice path)
{
	static const char session[] = ";jsessionid=";
	const size_t len = sizeof(session) - 1;

	while (path.len) {
		size_t part = length_before(path, ';');

		add_normal(out, (struct slice){path.p, part});
		path.p += part;
		path.len -= part;
		if (!path.len)
			return;
		if (path.len >= len &&
		    ascii_is((struct slice){path.p, len}, session)) {
			part = length_before(path, '/');
		} else {
			buf_addch(out, ';');
			part = 1;
		}
		path.p += part;
		path.len -= part;
	}
}

/* Returns a number other than 0 if one of the eight bytes is "#", "%", ";" or
 * "?". The result may also be other than 0 if one of the bytes is "!" or
 * "'". */
static uint64_t find_special(uint64_t bytes)
{
	/* "#" and "%" differ only in bits of the value 6, and ";" and "?" only
	 * in bit 4: setting these bits makes each pair equal, and the XOR makes
	 * them 0. */
	const uint64_t a = (bytes | EACH_BYTE * 6) ^ EACH_BYTE * 0x27;
	const uint64_t b = (bytes | EACH_BYTE * 4) ^ EACH_BYTE * 0x3f;

	/* The result is not 0 if a byte of a or b is 0. */
	return (((a - EACH_BYTE) & ~a) | ((b - EACH_BYTE) & ~b)) &
	       EACH_BYTE << 7;
}

static bool is_plain_short(struct slice href)
{
	uint64_t bytes, special = 0;
	size_t i = 0;

	if (href.len < sizeof(bytes))
		return false;
	for (; i + sizeof(bytes) < href.len; i += sizeof(bytes)) {
		memcpy(&bytes, href.p + i, sizeof(bytes));
		special |= find_special(bytes);
	}
	memcpy(&bytes, href.p + href.len - sizeof(bytes), sizeof(bytes));
	return !(special | find_special(bytes));
}

#ifdef __SSE2__

/* Does the work of find_special() for the 16 bytes at p. */
static inline __m128i find_specials(const char *p)
{
	const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	const __m128i a = _mm_or_si128(v, _mm_set1_epi8(6));
	const __m128i b = _mm_or_si128(v, _mm_set1_epi8(4));

	return _mm_or_si128(_mm_cmpeq_epi8(a, _mm_set1_epi8(0x27)),
			    _mm_cmpeq_epi8(b, _mm_set1_epi8(0x3f)));
}

bool url_key_is_plain(struct slice href)
{
	const size_t size = sizeof(__m128i);
	__m128i special;

	if (href.len < size)
		return is_plain_short(href);
	special = find_specials(href.p + href.len - size);
	for (size_t i = 0; i + size < href.len; i += size)
		special = _mm_or_si128(special, find_specials(href.p + i));
	return !_mm_movemask_epi8(special);
}

#else

bool url_key_is_plain(struct slice href)
{
	return is_plain_short(href);
}

#endif

void url_key_add(struct buf *out, struct slice href,
		 const char *const *ignored, size_t count)
{
	size_t path;

	if (url_key_is_plain(href)) {
		buf_add(out, href.p, href.len);
		return;
	}
	href.len = length_before(href, '#');
	path = length_before(href, '?');
	add_path(out, (struct slice){href.p, path});
	if (path + 1 < href.len)
		add_query(out, (struct slice){href.p + path + 1,
					      href.len - path - 1},
			  ignored, count);
}

uint64_t url_key_fingerprint(struct slice key, uint64_t seed)
{
	const uint64_t hash = XXH3_64bits_withSeed(key.p, key.len, seed);

	return hash ? hash : 1;
}
