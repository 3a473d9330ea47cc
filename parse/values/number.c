/* Reads sign, integer, fraction and exponent separately, as slices of the text.
 * Digits are copied, never converted, so none are lost. */
#include "parse/values/number.h"

#include "base/ascii.h"

/* largest decimal exponent: with a larger one, a double is infinite */
enum { MAX_EXPONENT = 308 };

/* The parts of a number, as written in the text. */
struct number {
	bool negative;
	struct slice integer;	/* with the thousands separators */
	struct slice fraction;	/* digits only */
	long exponent;
};

/* Returns the length of the word in the list that s begins with; 0 if there is
 * none. */
static size_t begins_with(struct slice s, const char *const *words)
{
	for (; *words; words++) {
		size_t len = strlen(*words);

		if (s.len >= len && !memcmp(s.p, *words, len))
			return len;
	}
	return 0;
}

/* Returns the length of the word in the list that s ends with; 0 if there is
 * none. */
static size_t ends_with(struct slice s, const char *const *words)
{
	for (; *words; words++) {
		size_t len = strlen(*words);

		if (s.len >= len && !memcmp(s.p + s.len - len, *words, len))
			return len;
	}
	return 0;
}

/* White space within numbers; also U+00A0, U+2007, U+2009 and U+202F. */
static const char *const spaces[] = {" ", "\xc2\xa0", "\xe2\x80\x87",
				     "\xe2\x80\x89", "\xe2\x80\xaf", NULL};
/* Currency signs; also the full-width signs of dollar, pound, yen and won. */
static const char *const currencies[] = {
	"$", "\xc2\xa2", "\xc2\xa3", "\xc2\xa4", "\xc2\xa5", "\xef\xbc\x84",
	"\xef\xbf\xa1", "\xef\xbf\xa5", "\xef\xbf\xa6", NULL};
/* Dashes: U+2012 to U+2015 and U+2212. */
static const char *const dashes[] = {
	"-", "\xe2\x80\x92", "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x80\x95",
	"\xe2\x88\x92", NULL};
static const char *const minuses[] = {"-", "\xe2\x88\x92", NULL};
static const char *const separators[] = {
	",", ".", "'", "\xe2\x80\x98", "\xe2\x80\x99", "\xc2\xb4", " ",
	"\xc2\xa0", "\xe2\x80\x87", "\xe2\x80\x89", "\xe2\x80\xaf", NULL};

static struct slice first_bytes(struct slice text, size_t len)
{
	return (struct slice){text.p, len};
}

static struct slice skip_bytes(struct slice text, size_t len)
{
	return (struct slice){text.p + len, text.len - len};
}

static size_t count_digits(struct slice s)
{
	size_t n = 0;

	while (n < s.len && ascii_is_digit(s.p[n]))
		n++;
	return n;
}

/* Returns the length of the currency sign at the end of s: one of the list, or
 * U+20A0 to U+20BF (euro, rupee, ...); 0 if there is none. */
static size_t ends_with_currency(struct slice s)
{
	if (s.len >= 3 && !memcmp(s.p + s.len - 3, "\xe2\x82", 2) &&
	    (unsigned char)s.p[s.len - 1] >= 0xa0)
		return 3;
	return ends_with(s, currencies);
}

/* Returns true if s ends with a letter or digit, so that a "-" after s is a
 * hyphen. */
static bool ends_with_word(struct slice s)
{
	char c;

	if (!s.len || ends_with(s, spaces) || ends_with_currency(s))
		return false;
	c = s.p[s.len - 1];
	return ascii_is_letter(c) || ascii_is_digit(c) || (c & 0x80) || c == '-' ||
	       c == ')';
}

/* Returns true if a number that follows s is negative. */
static bool is_negative(struct slice s)
{
	struct slice front = s;
	size_t len;

	while ((len = ends_with(front, spaces)))
		front.len -= len;
	len = ends_with_currency(front);
	if (len)
		s = first_bytes(front, front.len - len);
	len = ends_with(s, minuses);
	return len && !ends_with_word(first_bytes(s, s.len - len));
}

/* Returns the length of a separator with the digits after it, and sets *digits
 * to the number of digits; 0 if s does not begin with a separator and a
 * digit. */
static size_t read_group(struct slice s, size_t separator, size_t *digits)
{
	if (!separator)
		return 0;
	*digits = count_digits(skip_bytes(s, separator));
	return *digits ? separator + *digits : 0;
}

/* Returns the length of the groups of thousands that s begins with, all with
 * the same separator, and sets *groups to their number. */
static size_t read_thousands(struct slice s, size_t separator, size_t *groups)
{
	size_t len = 0, good = 0, digits;

	*groups = 0;
	for (;;) {
		struct slice rest = skip_bytes(s, len);
		size_t group;

		if (rest.len < separator ||
		    memcmp(rest.p, s.p, separator) != 0)
			break;
		group = read_group(rest, separator, &digits);
		/* In India, digits beyond the first thousand are in groups of
		 * two. */
		if (!group || digits > 3 || digits < 2 ||
		    (digits == 2 && *s.p != ','))
			break;
		len += group;
		++*groups;
		if (digits == 3)
			good = len;
	}
	return good;
}

/* Returns true if s begins with a decimal mark and a dash in place of the
 * cents: "1.299,-". */
static bool has_no_cents(struct slice s)
{
	size_t len;

	if (!s.len || (*s.p != ',' && *s.p != '.'))
		return false;
	s = skip_bytes(s, 1);
	if (!begins_with(s, dashes))
		return false;
	while ((len = begins_with(s, dashes)))
		s = skip_bytes(s, len);
	return !s.len || !ascii_is_digit(*s.p);
}

/* Returns the length of the integer that s begins with. */
static size_t read_integer(struct slice s)
{
	size_t len = count_digits(s), separator, groups, thousands;
	struct slice rest = skip_bytes(s, len), behind;

	separator = begins_with(rest, separators);
	if (!separator || len < 1 || len > 3 || *s.p == '0')
		return len;
	thousands = read_thousands(rest, separator, &groups);
	if (!thousands || *rest.p != '.' || groups > 1)
		return len + thousands;
	behind = skip_bytes(rest, thousands);
	return (behind.len > 1 && *behind.p == ',' && ascii_is_digit(behind.p[1])) ||
	       has_no_cents(behind) ? len + thousands : len;
}

/* Returns the length of the fraction that s begins with, including the decimal
 * mark; 0 if there is none. integer is the text before s. */
static size_t read_fraction(struct slice s, struct slice integer)
{
	size_t len, digits;

	if (!s.len || (*s.p != '.' && *s.p != ',') ||
	    memchr(integer.p, *s.p, integer.len))
		return 0;
	len = read_group(s, 1, &digits);
	s = skip_bytes(s, len);
	if (len && s.len > 1 && *s.p == s.p[-(long)len] && ascii_is_digit(s.p[1]))
		return 0;
	return len;
}

/* Returns the exponent that s begins with; 0 if there is none. */
static long read_exponent(struct slice s)
{
	size_t at = 1, digits;
	bool negative = false;
	long n = 0;

	if (s.len < 2 || ascii_lower(*s.p) != 'e')
		return 0;
	if (s.p[1] == '-' || s.p[1] == '+')
		negative = s.p[at++] == '-';
	digits = count_digits(skip_bytes(s, at));
	s = skip_bytes(s, at);
	if (!digits || (s.len > digits && ascii_is_letter(s.p[digits])))
		return 0;
	for (size_t i = 0; i < digits && n <= MAX_EXPONENT; i++)
		n = n * 10 + (s.p[i] - '0');
	return negative ? -n : n;
}

/* Returns true if a number may begin with a decimal mark after the text front.
 * After a word the mark is punctuation. */
static bool may_begin(struct slice front, char mark)
{
	char c;

	if (!front.len || ends_with(front, spaces) ||
	    ends_with_currency(front) || ends_with(front, dashes))
		return true;
	c = front.p[front.len - 1];
	if (mark == ',')
		return c == '+' || c == '(' || c == ':';
	return !ascii_is_letter(c) && c != '.' && !(c & 0x80);
}

/* Finds the first character of the number. Returns false if there is no
 * number. */
static bool find_start(struct slice text, size_t *at)
{
	size_t i = 0;

	while (i < text.len && !ascii_is_digit(text.p[i]))
		i++;
	if (i == text.len)
		return false;
	if (i && (text.p[i - 1] == '.' || text.p[i - 1] == ',') &&
	    may_begin(first_bytes(text, i - 1), text.p[i - 1]))
		i--;
	*at = i;
	return true;
}

static bool read_number(struct slice text, struct number *n)
{
	size_t at, len;

	if (!find_start(text, &at))
		return false;
	n->negative = is_negative(first_bytes(text, at));
	text = skip_bytes(text, at);
	n->integer = first_bytes(text, read_integer(text));
	text = skip_bytes(text, n->integer.len);
	len = read_fraction(text, n->integer);
	n->fraction = len ? skip_bytes(first_bytes(text, len), 1)
			  : first_bytes(text, 0);
	n->exponent = read_exponent(skip_bytes(text, len));
	return true;
}

/* Appends the digits of s. */
static void add_digits(struct buf *out, struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (ascii_is_digit(s.p[i]))
			buf_addch(out, s.p[i]);
}

/* Removes leading zeros from the number at out[start], but keeps at least one
 * digit. */
static void drop_zeros(struct buf *out, size_t start)
{
	size_t zeros = 0;

	while (start + zeros + 1 < out->len && out->data[start + zeros] == '0')
		zeros++;
	memmove(out->data + start, out->data + start + zeros,
		out->len - start - zeros);
	out->len -= zeros;
}

/* Appends the number as an integer; returns false if it has a fraction. */
static bool add_whole(struct buf *out, const struct number *n)
{
	size_t start = out->len;
	long point;

	add_digits(out, n->integer);
	add_digits(out, n->fraction);
	point = (long)(out->len - start) - (long)n->fraction.len + n->exponent;
	while (point > (long)(out->len - start))
		buf_addch(out, '0');
	for (size_t i = out->len; i > start && (long)(i - start) > point; i--) {
		if (out->data[i - 1] != '0')
			return false;
		out->len--;
	}
	if (out->len == start)
		buf_addch(out, '0');
	drop_zeros(out, start);
	return true;
}

static void add_as_is(struct buf *out, const struct number *n)
{
	size_t start = out->len;

	add_digits(out, n->integer);
	if (out->len == start)
		buf_addch(out, '0');
	drop_zeros(out, start);
	if (n->fraction.len) {
		buf_addch(out, '.');
		buf_add(out, n->fraction.p, n->fraction.len);
	}
	if (n->exponent)
		buf_addf(out, "e%ld", n->exponent);
}

/* Returns true if a double can hold the number. */
static bool is_finite(const struct number *n)
{
	long digits = 0;
	bool leading = true;

	for (size_t i = 0; i < n->integer.len; i++) {
		leading = leading && n->integer.p[i] == '0';
		digits += ascii_is_digit(n->integer.p[i]) && !leading;
	}
	return digits + n->exponent <= MAX_EXPONENT &&
	       n->exponent >= -MAX_EXPONENT;
}

bool number_read(struct buf *out, struct slice text, bool whole)
{
	const size_t start = out->len;
	struct number n;

	if (!read_number(text, &n) || !is_finite(&n))
		return false;
	if (n.negative)
		buf_addch(out, '-');
	if (!whole) {
		add_as_is(out, &n);
		return true;
	}
	if (!add_whole(out, &n)) {
		out->len = start;
		return false;
	}
	/* The integer -0 is written as 0. */
	if (n.negative && out->data[start + 1] == '0')
		out->data[--out->len - 1] = '0';
	return true;
}
