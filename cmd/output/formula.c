/* Checks the first character after any spaces; numbers with a sign are no
 * formulas. */
#include "cmd/output/formula.h"

#include <string.h>

static size_t count_digits(struct slice s, size_t at)
{
	size_t count = 0;

	while (at + count < s.len && s.p[at + count] >= '0' &&
	       s.p[at + count] <= '9')
		count++;
	return count;
}

/* Returns true for an optional sign, digits with an optional point, and an
 * optional exponent: "-12", "+.5", "-1e+3". */
static bool is_number(struct slice s)
{
	size_t at = s.len && (s.p[0] == '-' || s.p[0] == '+');
	size_t count = count_digits(s, at);

	at += count;
	if (at < s.len && s.p[at] == '.') {
		const size_t more = count_digits(s, at + 1);

		at += 1 + more;
		count += more;
	}
	if (!count)
		return false;
	if (at < s.len && (s.p[at] == 'e' || s.p[at] == 'E')) {
		at++;
		at += at < s.len && (s.p[at] == '-' || s.p[at] == '+');
		count = count_digits(s, at);
		if (!count)
			return false;
		at += count;
	}
	return at == s.len;
}

static bool starts_with(struct slice s, const char *start)
{
	const size_t len = strlen(start);

	return s.len >= len && !memcmp(s.p, start, len);
}

bool formula_is(struct slice text)
{
	static const char *const starts[] = {
		"=", "+", "-", "@", "\t", "\r", "\n",
		/* The full-width forms of = + - @ (U+FF1D, U+FF0B, U+FF0D,
		 * U+FF20), which some programs read like the ASCII
		 * characters. */
		"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d",
		"\xef\xbc\xa0",
	};

	while (text.len && text.p[0] == ' ') {
		text.p++;
		text.len--;
	}
	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		if (starts_with(text, starts[i]))
			return !is_number(text);
	return false;
}
