/* Decodes character references, with the tables of references_data.c. */
#include "parse/html/tokenizer/references.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

enum {
	LONGEST = 33,		/* bytes of the longest name,
				 * "CounterClockwiseContourIntegral;" */
	LONGEST_LEGACY = 6,	/* bytes of the longest name that may lack the
				 * ';' */
	SHORTEST = 2,
};

/* Replacements for references to the code points 0x80 to 0x9f, which are read
 * as windows-1252; 0: not replaced. */
static const uint16_t c1[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

static const struct html_reference_row *find_name(const char *p, size_t len)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)p[i]) * 16777619u;
	for (hash ^= hash >> 15;; hash++) {
		const uint16_t slot =
			html_reference_slots[hash % REFERENCE_SLOTS];
		const struct html_reference_row *row;

		if (!slot)
			return NULL;
		row = &html_reference_rows[slot - 1];
		if (row->name_len == len &&
		    !memcmp(html_reference_text + row->at, p, len))
			return row;
	}
}

/* Returns the longest name without ';' with which p begins, or NULL. */
static const struct html_reference_row *find_legacy(const char *p, size_t len)
{
	const struct html_reference_row *row = NULL;

	if (len > LONGEST_LEGACY)
		len = LONGEST_LEGACY;
	for (; len >= SHORTEST && !row; len--)
		row = find_name(p, len);
	return row;
}

/* Reads a named reference; p is just after '&'. */
static size_t read_named(const char *p, bool in_attribute, char *to,
			 size_t *len)
{
	const struct html_reference_row *row = NULL;
	const char *text;
	size_t n = 0;

	while (n < LONGEST && ascii_is_alphanumeric(p[n]))
		n++;
	if (p[n] == ';')
		row = find_name(p, n + 1);
	if (!row) {
		row = find_legacy(p, n);
		if (row && in_attribute && (p[row->name_len] == '=' ||
					    ascii_is_alphanumeric(p[row->name_len])))
			return 0;
	}
	if (!row)
		return 0;
	text = html_reference_text + row->at + row->name_len;
	memcpy(to, text, row->len);
	*len = row->len;
	return (size_t)row->name_len + 1;
}

static unsigned digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10) : 16;
}

static uint32_t character_of(uint32_t number)
{
	if (!number || number > 0x10ffff ||
	    (number >= 0xd800 && number <= 0xdfff))
		return 0xfffd;
	if (number >= 0x80 && number <= 0x9f && c1[number - 0x80])
		return c1[number - 0x80];
	return number;
}

/* Reads a numeric reference; p is just after "&#". */
static size_t read_number(const char *p, char *to, size_t *len)
{
	const char *start = p, *digits;
	const unsigned base = (*p | 0x20) == 'x' ? 16 : 10;
	uint32_t number = 0;

	digits = p += base == 16;
	for (; digit_of(*p) < base; p++)
		if (number <= 0x10ffff)
			number = number * base + digit_of(*p);
	if (p == digits)
		return 0;
	*len = utf8_encode(to, character_of(number));
	p += *p == ';';
	return (size_t)(p - start) + 2;
}

size_t html_reference(const char *p, bool in_attribute,
		      char to[REFERENCE_MAX], size_t *len)
{
	/* by far the most frequent reference */
	if (p[1] == 'a' && p[2] == 'm' && p[3] == 'p' && p[4] == ';') {
		*to = '&';
		*len = 1;
		return strlen("&amp;");
	}
	if (p[1] == '#')
		return read_number(p + 2, to, len);
	return read_named(p + 1, in_attribute, to, len);
}
