/*
 * UTS #46 with libidn2, one label at a time.
 *
 * The standard asks for UTS #46 without checks for hyphens, lengths and the
 * ASCII rules of STD3. libidn2 2.3.3 always checks more than that, and its
 * switches do not turn these off:
 *
 *  - Names over 255 bytes. Labels go in one by one; those of plain ASCII need
 *    nothing but lower case and do not go in at all.
 *  - IDNA 2008's list of code points, which has no emoji or symbols. This is
 *    looked at in non-transitional mode only; the other mode differs in four
 *    code points (has_deviation() below), so labels without them are tried in
 *    that one.
 *  - Hyphens at the ends, or as 3rd and 4th letter. Punycode copies ASCII as
 *    it is and encodes the places of the rest, so another ASCII character can
 *    stand in for the hyphen and be replaced in the result.
 *
 * What is left: refused are labels whose ASCII form has more than 63 letters
 * (no DNS name can hold it) or, with other letters, ASCII symbols but - and _
 * (libidn2 cannot decode them again), and those that have both a deviation
 * and a symbol. Rules on the direction of writing are libidn2's, within a
 * label only; they, and those on joiners, do not see labels with symbols.
 */
#include "base/url/idna.h"

#include <idn2.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static void add_lower(struct buf *out, const char *s, size_t len)
{
	char *to = len ? buf_reserve(out, len) : NULL;

	for (size_t i = 0; i < len; i++)
		to[i] = lower(s[i]);
	out->len += len;
}

static bool is_alabel(const char *s, size_t len)
{
	return len >= 4 && lower(s[0]) == 'x' && lower(s[1]) == 'n' &&
	       s[2] == '-' && s[3] == '-';
}

/* Is there one of sharp s, final sigma, zero-width non-joiner and joiner? */
static bool has_deviation(const char *s)
{
	static const char *const deviations[] = {
		"\xc3\x9f",
		"\xcf\x82",
		"\xe2\x80\x8c",
		"\xe2\x80\x8d",
	};

	for (size_t i = 0; i < sizeof(deviations) / sizeof(*deviations); i++)
		if (strstr(s, deviations[i]))
			return true;
	return false;
}

static int lookup(const char *label, char **ascii)
{
	const uint8_t *s = (const uint8_t *)label;
	uint8_t **result = (uint8_t **)ascii;
	/* is_sound() does it for both modes. */
	const int flags = IDN2_NO_ALABEL_ROUNDTRIP;
	int rc = idn2_lookup_u8(s, result, flags | IDN2_NONTRANSITIONAL);

	if ((rc == IDN2_DISALLOWED || rc == IDN2_UNASSIGNED) &&
	    !has_deviation(label))
		rc = idn2_lookup_u8(s, result, flags | IDN2_TRANSITIONAL);
	return rc;
}

/* Replaces from by to in the part of a label that punycode leaves alone, and
 * returns how many they were. */
static size_t replace(char *label, char from, char to)
{
	char *at = is_alabel(label, strlen(label)) ? label + 4 : label;
	char *end = at == label ? at + strlen(at) : strrchr(label, '-');
	size_t count = 0;

	for (; at < end; at++)
		if (*at == from) {
			*at = to;
			count++;
		}
	return count;
}

static int lookup_hyphens(char *label, char **ascii)
{
	/* These compose with no accent, and libidn2 can decode them. */
	const char *other = "_0123456789";
	size_t hyphens;
	int rc;

	while (*other && strchr(label, *other))
		other++;
	if (!*other)
		return IDN2_DISALLOWED;
	hyphens = replace(label, '-', *other);
	rc = lookup(label, ascii);
	/* A different count: something else was mapped to the stand-in. */
	if (rc == IDN2_OK && replace(*ascii, *other, '-') != hyphens) {
		idn2_free(*ascii);
		rc = IDN2_DISALLOWED;
	}
	return rc;
}

static int lookup_any(char *label, char **ascii)
{
	int rc = lookup(label, ascii);

	if (rc == IDN2_2HYPHEN || rc == IDN2_HYPHEN_STARTEND)
		rc = lookup_hyphens(label, ascii);
	return rc;
}

/* Does xn--... stand for something that it is the ASCII form of? libidn2 is
 * content with plain ASCII, and with what is mapped to ASCII symbols. */
static bool is_sound(const char *ascii)
{
	char *unicode, *again;
	bool sound;

	if (!is_alabel(ascii, strlen(ascii)))
		return true;
	if (idn2_to_unicode_8z8z(ascii, &unicode, 0) != IDN2_OK)
		return false;
	sound = has_deviation(unicode);
	if (!sound && lookup_any(unicode, &again) == IDN2_OK) {
		sound = !strcmp(ascii, again);
		idn2_free(again);
	}
	idn2_free(unicode);
	return sound;
}

/* A label that is not ASCII, or begins with xn--. */
static int add_label(struct buf *out, const char *s, size_t len)
{
	char *label, *ascii;
	int rc;

	if (memchr(s, '\0', len))
		return -1;
	label = xmemdup(s, len);
	rc = lookup_any(label, &ascii);
	free(label);
	if (rc != IDN2_OK)
		return -1;
	rc = is_sound(ascii) ? 0 : -1;
	buf_addstr(out, ascii);
	idn2_free(ascii);
	return rc;
}

/* The bytes of the label separator at p, of which there are four; 0: none. */
static size_t separator(const char *p, size_t left)
{
	static const char *const wide[] = {
		"\xe3\x80\x82",
		"\xef\xbc\x8e",
		"\xef\xbd\xa1",
	};

	if (*p == '.')
		return 1;
	for (size_t i = 0; left >= 3 && i < sizeof(wide) / sizeof(*wide); i++)
		if (!memcmp(p, wide[i], 3))
			return 3;
	return 0;
}

static bool needs_libidn2(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((uint8_t)s[i] >= 0x80)
			return true;
	return is_alabel(s, len);
}

static bool is_plain(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((uint8_t)s[i] >= 0x80 ||
		    ((i == 0 || s[i - 1] == '.') && is_alabel(s + i, len - i)))
			return false;
	return true;
}

int idna_to_ascii(struct buf *out, const char *s, size_t len)
{
	const char *end = bytes_end(s, len);

	if (is_plain(s, len)) {
		add_lower(out, s, len);
		return 0;
	}
	if (len > IDNA_MAX)
		return -1;
	for (;;) {
		const char *label = s;
		size_t dot = 0;

		while (s < end && !(dot = separator(s, (size_t)(end - s))))
			s++;
		len = (size_t)(s - label);
		if (!needs_libidn2(label, len))
			add_lower(out, label, len);
		else if (add_label(out, label, len) < 0)
			return -1;
		if (s == end)
			return 0;
		buf_addch(out, '.');
		s += dot;
	}
}
