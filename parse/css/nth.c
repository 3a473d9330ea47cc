/*
 * Parser of an+b (https://www.w3.org/TR/css-syntax-3/#anb-microsyntax).
 *
 * In CSS, "2n-1" is one token, "2n -1" two and "2n - 1" three: a name token may
 * include the minus and the digits of b. Because the text is read by tokens,
 * escapes and comments are allowed exactly where the standard allows them.
 */
#include <stdlib.h>
#include <string.h>

#include "parse/css/parser.h"

/* Maximum of a and b. A larger number is reduced to this: no document has so
 * many children, and a * n cannot overflow. */
enum { NTH_LIMIT = 1000000000 };

static long take_digits(const char **s)
{
	long n = 0;

	for (; css_is_digit(**s); ++*s) {
		const int digit = **s - '0';

		n = n > (NTH_LIMIT - digit) / 10 ? NTH_LIMIT : n * 10 + digit;
	}
	return n;
}

/* Reads an integer. Returns false if more of the same token follows, as in
 * "1.5" or "1px". */
static bool take_integer(struct css_cursor *c, long sign, long *n)
{
	if (!css_is_digit(*c->at))
		return false;
	*n = sign * take_digits(&c->at);
	return !(c->at[0] == '.' && css_is_digit(c->at[1])) &&
	       !css_name_begins(c->at) && *c->at != '%';
}

/* Reads the optional "+ b" or "- b" after an "n" that is a token of its own. */
static bool take_rest(struct css_cursor *c, long *b)
{
	long sign;

	css_skip_space(c);
	if (*c->at != '+' && *c->at != '-')
		return true;
	sign = *c->at++ == '-' ? -1 : 1;
	css_skip_space(c);
	return take_integer(c, sign, b);
}

/* Reads the part of an+b from the "n" on. unit is the name token with the "n",
 * after the number a or without one. */
static bool take_unit(struct css_cursor *c, const char *unit, long *b)
{
	const char *end = unit + 2;

	if (unit[0] != 'n')
		return false;
	if (!unit[1])
		return take_rest(c, b);
	if (unit[1] != '-')
		return false;
	if (!unit[2]) {
		css_skip_space(c);
		return take_integer(c, -1, b);
	}
	*b = -take_digits(&end);
	return !*end;
}

/* Sets s->a and s->b. unit: the name token after the number, in lower case; if
 * it is "", the number is b. */
static bool take_numbers(struct css_cursor *c, struct css_simple *s,
			 const char *unit, bool has_number, long number)
{
	if (!*unit) {
		s->b = number;
		return has_number;
	}
	s->a = number;
	return take_unit(c, unit, &s->b);
}

static bool take_signed(struct css_cursor *c, struct css_simple *s)
{
	const char sign = *c->at == '+' || *c->at == '-' ? *c->at : '\0';
	struct css_text name = {0}, unit = {0};
	bool has_number, valid;
	long number = 1;

	if (sign)
		c->at++;
	/* Comments are allowed between "+" and "n", white space is not. */
	if (sign == '+' && !css_is_digit(*c->at)) {
		css_skip_comments(c);
		if (css_is_digit(*c->at))
			return false;
	}
	has_number = css_is_digit(*c->at);
	if (has_number)
		number = take_digits(&c->at);
	if (c->at[0] == '.' || *c->at == '%')
		return false;
	if (css_name_begins(c->at) && !css_take_name(c, &name))
		return false;
	unit = css_lower(name);
	if (!sign && !has_number &&
	    (!strcmp(unit.p, "odd") || !strcmp(unit.p, "even"))) {
		s->a = 2;
		s->b = unit.p[0] == 'o';
		valid = true;
	} else {
		valid = take_numbers(c, s, unit.p, has_number,
				     sign == '-' ? -number : number);
	}
	css_text_release(&name);
	css_text_release(&unit);
	return valid;
}

static bool take_of(struct css_parser *p, struct css_simple *s)
{
	const char *at = p->c.at;
	struct css_text name, lower;
	bool of;

	if (!css_take_name(&p->c, &name))
		return false;
	lower = css_lower(name);
	of = !strcmp(lower.p, "of");
	css_text_release(&name);
	css_text_release(&lower);
	if (!of)
		return css_fail(&p->c, at, "only \"of\" and selectors can "
				"follow the number");
	if (s->of_type)
		return css_fail(&p->c, at, "\"of\" is for :nth-child() and "
				":nth-last-child()");
	return css_parse_nested_list(p, s, false);
}

bool css_parse_nth(struct css_parser *p, struct css_simple *s)
{
	const char *start;

	css_skip_space(&p->c);
	start = p->c.at;
	if (!take_signed(&p->c, s))
		return css_fail(&p->c, start, "expected a number, \"odd\", "
				"\"even\" or a formula such as \"2n+1\"");
	css_skip_space(&p->c);
	return css_name_begins(p->c.at) ? take_of(p, s) : true;
}
