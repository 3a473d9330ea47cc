/*
 * Numbers are read digit by digit: strtod() depends on the locale, and both it
 * and strtoull() accept signs, white space and more.
 */
#include "base/units.h"

#include <inttypes.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/ascii.h"

/* Six decimals count; further ones are read and ignored. With whole parts up to
 * DECIMAL_MAX a number is below 2^53 millionths, so a double holds it exactly
 * and the single division below rounds correctly. */
enum { DECIMAL_SCALE = 1000000 };
#define DECIMAL_MAX 9000000000u

/* Reads digits and moves *s past them. A number that does not fit in 64 bits
 * gives UINT64_MAX, which no caller allows. Returns false if there is no
 * digit. */
static bool read_digits(const char **s, uint64_t *n)
{
	if (!ascii_is_digit(**s))
		return false;
	*n = 0;
	for (; ascii_is_digit(**s); (*s)++)
		if (__builtin_mul_overflow(*n, (uint64_t)10, n) ||
		    __builtin_add_overflow(*n, (uint64_t)(**s - '0'), n)) {
			while (ascii_is_digit(**s))
				(*s)++;
			*n = UINT64_MAX;
			return true;
		}
	return true;
}

/* Reads "30", "2.5", ".5" or "5." and moves *s past it. A whole part above
 * DECIMAL_MAX gives INFINITY. Returns false if there is no number. */
static bool read_decimal(const char **s, double *n)
{
	uint64_t whole = 0, part = 0;
	const bool has_whole = read_digits(s, &whole);
	unsigned unit = DECIMAL_SCALE;

	if (**s == '.') {
		if (!has_whole && !ascii_is_digit((*s)[1]))
			return false;
		for ((*s)++; ascii_is_digit(**s); (*s)++) {
			unit /= 10;
			part += unit * (unsigned)(**s - '0');
		}
	} else if (!has_whole) {
		return false;
	}
	*n = whole > DECIMAL_MAX
		? INFINITY
		: (double)(whole * DECIMAL_SCALE + part) / DECIMAL_SCALE;
	return true;
}

int units_parse_number(uint64_t *to, const char *s, uint64_t min, uint64_t max,
		       struct buf *why)
{
	uint64_t n;

	if (!read_digits(&s, &n) || *s)
		buf_addstr(why, "not a whole number; ");
	else if (n < min)
		buf_addstr(why, "too small; ");
	else if (n > max)
		buf_addstr(why, "too large; ");
	else {
		*to = n;
		return 0;
	}
	buf_addf(why, "give one from %" PRIu64 " to %" PRIu64, min, max);
	return -1;
}

/* Returns the exponent of the power of two for a size's unit, or -1. */
static int size_shift(const char *unit)
{
	static const struct {
		char letter;
		int shift;
	} units[] = {{'b', 0}, {'k', 10}, {'m', 20}, {'g', 30}, {'t', 40}};

	if (!*unit)
		return 0;
	if (unit[1])
		return -1;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if ((*unit | 0x20) == units[i].letter)
			return units[i].shift;
	return -1;
}

int units_parse_size(uint64_t *to, const char *s, struct buf *why)
{
	uint64_t n;
	int shift = -1;

	if (read_digits(&s, &n))
		shift = size_shift(s);
	if (shift < 0) {
		buf_addstr(why, "not a size; give a whole number of bytes, "
				"or of k, M, G: 500k, 16M");
		return -1;
	}
	if (n > UNITS_SIZE_MAX >> shift) {
		buf_addf(why, "too large; give at most %" PRIu64 " bytes",
			 UNITS_SIZE_MAX);
		return -1;
	}
	*to = n << shift;
	return 0;
}

int units_parse_seconds(msec *to, const char *s, bool zero_allowed,
			struct buf *why)
{
	double n;

	if (!read_decimal(&s, &n) || *s) {
		buf_addstr(why, "not a number of seconds; "
				"give one without a unit, like 30 or 2.5");
		return -1;
	}
	if (n > UNITS_SECONDS_MAX) {
		buf_addf(why, "too large; give at most %d seconds",
			 UNITS_SECONDS_MAX);
		return -1;
	}
	if (n <= 0 && !zero_allowed) {
		buf_addstr(why, "must be more than 0 seconds");
		return -1;
	}
	*to = n * 1e3;
	return 0;
}

static msec rate_unit(const char *s)
{
	switch (s[0] && !s[1] ? s[0] : '\0') {
	case 's':
		return 1e3;
	case 'm':
		return 60e3;
	case 'h':
		return 3600e3;
	default:
		return 0;
	}
}

int units_parse_rate(msec *interval, const char *s, struct buf *why)
{
	static const char right[] = "10/s, 600/m or 1000/h";
	const char *slash = strchr(s, '/');
	msec unit;
	double n;

	if (!read_decimal(&s, &n)) {
		buf_addf(why, "not a rate; give one like %s", right);
		return -1;
	}
	if (!slash) {
		buf_addf(why, "a unit is needed: %s", right);
		return -1;
	}
	unit = rate_unit(slash + 1);
	if (s != slash || unit <= 0) {
		buf_addf(why, "not a number and a unit s, m or h; "
			      "give a rate like %s", right);
		return -1;
	}
	if (n <= 0) {
		buf_addf(why, "must be more than 0; give a rate like %s",
			 right);
		return -1;
	}
	if (n * 1e3 / unit > UNITS_RATE_MAX) {
		buf_addf(why, "too large; give at most %d/s", UNITS_RATE_MAX);
		return -1;
	}
	*interval = unit / n;
	return 0;
}

int units_parse_percent(uint64_t *to, const char *s, struct buf *why)
{
	double n;

	if (!read_decimal(&s, &n) || (*s && strcmp(s, "%") != 0)) {
		buf_addstr(why, "not a percentage; give one like 5% or 0.5%");
		return -1;
	}
	if (!*s) {
		buf_addstr(why, "a % is needed: 5% is five of a hundred "
				"requests");
		return -1;
	}
	if (n > 100) {
		buf_addstr(why, "too large; give at most 100%");
		return -1;
	}
	/* read_decimal() counts in millionths, so rounding gives the exact
	 * number of these. */
	*to = (uint64_t)llround(n * UNITS_PERCENT);
	return 0;
}
