/*
 * Parses hosts: domains, IPv4 in all its forms, IPv6, and opaque hosts of
 * schemes that are not special. https://url.spec.whatwg.org/#host-parsing
 */
#include "base/url/host.h"

#include <stdint.h>

#include "base/ascii.h"
#include "base/percent.h"
#include "base/url/idna.h"

enum { PIECES = 8 };

/* Parses "1.2.3.4" at the end of an IPv6 address: decimal, no leading zeros. */
static int parse_v4_tail(uint16_t *pieces, const char *p, const char *end)
{
	for (int i = 0; i < 4; i++) {
		const char *first;
		unsigned value = 0;

		if (i && (p == end || *p++ != '.'))
			return -1;
		for (first = p; p < end && ascii_is_digit(*p); p++) {
			if (p > first && value == 0)
				return -1;
			value = value * 10 + (unsigned)(*p - '0');
			if (value > 255)
				return -1;
		}
		if (p == first)
			return -1;
		pieces[i / 2] = (uint16_t)(pieces[i / 2] << 8 | value);
	}
	return p == end ? 0 : -1;
}

static unsigned parse_hex4(const char **p, const char *end)
{
	unsigned value = 0;

	for (int i = 0; i < 4 && *p < end && ascii_hex_digit(**p) >= 0; i++)
		value = value << 4 | (unsigned)ascii_hex_digit(*(*p)++);
	return value;
}

/* Moves the pieces after "::" to the end. */
static void expand_gap(uint16_t *pieces, int count, int gap)
{
	const int tail = count - gap;

	for (int i = 1; i <= tail && count != PIECES; i++) {
		pieces[PIECES - i] = pieces[count - i];
		pieces[count - i] = 0;
	}
}

static int parse_v6(uint16_t *pieces, const char *p, const char *end)
{
	int count = 0, gap = -1;

	if (p < end && *p == ':') {
		if (end - p < 2 || p[1] != ':')
			return -1;
		p += 2;
		gap = ++count;
	}
	while (p < end) {
		const char *first = p;
		unsigned value;

		if (count == PIECES)
			return -1;
		if (*p == ':') {
			if (gap >= 0)
				return -1;
			p++;
			gap = ++count;
			continue;
		}
		value = parse_hex4(&p, end);
		if (p < end && *p == '.') {
			if (count > PIECES - 2 ||
			    parse_v4_tail(pieces + count, first, end) < 0)
				return -1;
			count += 2;
			break;
		}
		if (p < end && (*p++ != ':' || p == end))
			return -1;
		pieces[count++] = (uint16_t)value;
	}
	if (gap < 0)
		return count == PIECES ? 0 : -1;
	expand_gap(pieces, count, gap);
	return 0;
}

/* Returns the index of the first longest run of zero pieces, and its length; -1
 * if no run has two or more. */
static int longest_zeros(const uint16_t *pieces, int *len)
{
	int best = -1;

	*len = 1;
	for (int i = 0; i < PIECES; i++) {
		int n = 0;

		while (i + n < PIECES && pieces[i + n] == 0)
			n++;
		if (n > *len) {
			best = i;
			*len = n;
		}
		i += n;
	}
	return best;
}

static void add_v6(struct buf *out, const uint16_t *pieces)
{
	int len, gap = longest_zeros(pieces, &len);

	buf_addch(out, '[');
	for (int i = 0; i < PIECES; i++) {
		if (i == gap) {
			buf_addstr(out, i ? ":" : "::");
			i += len - 1;
			continue;
		}
		buf_addf(out, i < PIECES - 1 ? "%x:" : "%x", pieces[i]);
	}
	buf_addch(out, ']');
}

/* Parses one number of an IPv4 address: decimal, octal or hexadecimal. Returns
 * UINT64_MAX if it is not a number; a value above UINT32_MAX gives
 * UINT32_MAX + 1. */
static uint64_t parse_number(const char *p, const char *end)
{
	uint64_t value = 0;
	int base = 10;

	if (p == end)
		return UINT64_MAX;
	if (end - p >= 2 && *p == '0') {
		base = (p[1] | 0x20) == 'x' ? 16 : 8;
		p += base == 16 ? 2 : 1;
	}
	for (; p < end; p++) {
		int digit = ascii_hex_digit(*p);

		if (digit < 0 || digit >= base)
			return UINT64_MAX;
		value = value * (unsigned)base + (unsigned)digit;
		if (value > UINT32_MAX)
			value = (uint64_t)UINT32_MAX + 1;
	}
	return value;
}

/* Returns the start of the last part; moves *end before a trailing dot. */
static const char *last_part(const char *s, const char **end)
{
	const char *p;

	if (*end > s && (*end)[-1] == '.')
		(*end)--;
	for (p = *end; p > s && p[-1] != '.'; p--)
		;
	return p;
}

static bool ends_in_number(const char *s, const char *end)
{
	const char *last = last_part(s, &end);
	const char *p = last;

	while (p < end && ascii_is_digit(*p))
		p++;
	return (p == end && p > last) || parse_number(last, end) != UINT64_MAX;
}

static int parse_v4(uint32_t *address, const char *p, const char *end)
{
	uint64_t part = 0;

	*address = 0;
	last_part(p, &end);
	for (int i = 0; i < 4; i++) {
		const char *dot = memchr(p, '.', (size_t)(end - p));

		part = parse_number(p, dot ? dot : end);
		if (!dot) {
			/* The last number fills the remaining bytes. */
			if (part >> (32 - 8 * i))
				return -1;
			*address |= (uint32_t)part;
			return 0;
		}
		if (part > 255)
			return -1;
		*address |= (uint32_t)part << (24 - 8 * i);
		p = dot + 1;
	}
	return -1;
}

/* Code points that are forbidden in any host, and those in a domain. */
enum { NO_HOST = 1, NO_DOMAIN = 2 };
static const uint8_t forbidden[256] = {
	['\0'] = NO_HOST | NO_DOMAIN,
	[1 ... 8] = NO_DOMAIN,
	['\t'] = NO_HOST | NO_DOMAIN,
	['\n'] = NO_HOST | NO_DOMAIN,
	[0xb ... 0xc] = NO_DOMAIN,
	['\r'] = NO_HOST | NO_DOMAIN,
	[0xe ... 0x1f] = NO_DOMAIN,
	[' '] = NO_HOST | NO_DOMAIN,
	['#'] = NO_HOST | NO_DOMAIN,
	['%'] = NO_DOMAIN,
	['/'] = NO_HOST | NO_DOMAIN,
	[':'] = NO_HOST | NO_DOMAIN,
	['<'] = NO_HOST | NO_DOMAIN,
	['>' ... '@'] = NO_HOST | NO_DOMAIN,
	['[' ... '^'] = NO_HOST | NO_DOMAIN,
	['|'] = NO_HOST | NO_DOMAIN,
	[0x7f] = NO_DOMAIN,
};

static bool has_forbidden(const char *s, size_t len, uint8_t what)
{
	for (size_t i = 0; i < len; i++)
		if (forbidden[(uint8_t)s[i]] & what)
			return true;
	return false;
}

static int parse_domain(struct buf *out, const char *s, size_t len)
{
	struct buf decoded = {0};
	int rc;

	if (!memchr(s, '%', len))
		return idna_to_ascii(out, s, len);
	percent_decode(&decoded, s, len);
	rc = idna_to_ascii(out, decoded.data, decoded.len);
	buf_release(&decoded);
	return rc;
}

static int parse_special(struct buf *out, enum url_host *kind, const char *s,
			 size_t len)
{
	const size_t start = out->len;
	uint32_t v4;

	if (parse_domain(out, s, len) < 0 || out->len == start)
		return -1;
	s = out->data + start;
	len = out->len - start;
	if (has_forbidden(s, len, NO_DOMAIN))
		return -1;
	*kind = URL_HOST_DOMAIN;
	if (!ends_in_number(s, s + len))
		return 0;
	if (parse_v4(&v4, s, s + len) < 0)
		return -1;
	*kind = URL_HOST_IPV4;
	out->len = start;
	for (int shift = 24; shift >= 0; shift -= 8) {
		buf_add_uint(out, v4 >> shift & 255);
		if (shift)
			buf_addch(out, '.');
	}
	return 0;
}

int url_host_parse(struct buf *out, enum url_host *kind, const char *s,
		   size_t len, bool special)
{
	if (len && *s == '[') {
		uint16_t pieces[PIECES] = {0};

		if (s[len - 1] != ']' ||
		    parse_v6(pieces, s + 1, s + len - 1) < 0)
			return -1;
		*kind = URL_HOST_IPV6;
		add_v6(out, pieces);
		return 0;
	}
	if (special)
		return parse_special(out, kind, s, len);
	if (has_forbidden(s, len, NO_HOST))
		return -1;
	*kind = len ? URL_HOST_OPAQUE : URL_HOST_EMPTY;
	percent_encode(out, s, len, PERCENT_C0);
	return 0;
}
