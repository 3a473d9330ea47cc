#include "cmd/output/formula.h"

#include <string.h>

static size_t digits(struct slice s, size_t at)
{
	size_t count = 0;

	while (at + count < s.len && s.p[at + count] >= '0' &&
	       s.p[at + count] <= '9')
		count++;
	return count;
}

/* A sign, digits with a point among them, an exponent: "-12", "+.5", "-1e+3". */
static bool is_number(struct slice s)
{
	size_t at = s.len && (s.p[0] == '-' || s.p[0] == '+');
	size_t count = digits(s, at);

	at += count;
	if (at < s.len && s.p[at] == '.') {
		const size_t more = digits(s, at + 1);

		at += 1 + more;
		count += more;
	}
	if (!count)
		return false;
	if (at < s.len && (s.p[at] == 'e' || s.p[at] == 'E')) {
		at++;
		at += at < s.len && (s.p[at] == '-' || s.p[at] == '+');
		count = digits(s, at);
		if (!count)
			return false;
		at += count;
	}
	return at == s.len;
}

static bool begins(struct slice s, const char *start)
{
	const size_t len = strlen(start);

	return s.len >= len && !memcmp(s.p, start, len);
}

bool formula_is(struct slice text)
{
	static const char *const starts[] = {
		"=", "+", "-", "@", "\t", "\r", "\n",
		/* U+FF1D, U+FF0B, U+FF0D, U+FF20: some take them for those. */
		"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d",
		"\xef\xbc\xa0",
	};

	while (text.len && text.p[0] == ' ') {
		text.p++;
		text.len--;
	}
	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		if (begins(text, starts[i]))
			return !is_number(text);
	return false;
}
