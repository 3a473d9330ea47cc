/* Compares a date with the permitted forms, position by position. */
#include "crawl/sitemap/sitemap.h"

#include "base/ascii.h"

/* Removes the byte `before` and a number of two digits, from `least` to `most`,
 * from the front of s. Returns false if s does not begin like that. */
static bool take_part(struct slice *s, char before, int least, int most)
{
	int n;

	if (s->len < 3 || s->p[0] != before || !ascii_is_digit(s->p[1]) ||
	    !ascii_is_digit(s->p[2]))
		return false;
	n = (s->p[1] - '0') * 10 + s->p[2] - '0';
	s->p += 3;
	s->len -= 3;
	return n >= least && n <= most;
}

/* Returns true if s is "Z" or "+hh:mm". */
static bool is_zone(struct slice s)
{
	if (slice_is(s, "Z"))
		return true;
	return (take_part(&s, '+', 0, 14) || take_part(&s, '-', 0, 14)) &&
	       take_part(&s, ':', 0, 59) && !s.len;
}

/* Returns true if s is "Thh:mm", perhaps with seconds and a fraction, followed
 * by a time zone. */
static bool is_time(struct slice s)
{
	if (!take_part(&s, 'T', 0, 23) || !take_part(&s, ':', 0, 59))
		return false;
	if (s.len && *s.p == ':') {
		if (!take_part(&s, ':', 0, 60))
			return false;
		if (s.len > 1 && *s.p == '.' && ascii_is_digit(s.p[1]))
			do {
				s.p++;
				s.len--;
			} while (s.len && ascii_is_digit(*s.p));
	}
	return is_zone(s);
}

bool sitemap_is_date(struct slice s)
{
	enum { YEAR = 4, LONGEST = 40 };

	if (s.len < YEAR || s.len > LONGEST)
		return false;
	for (size_t i = 0; i < YEAR; i++)
		if (!ascii_is_digit(s.p[i]))
			return false;
	s.p += YEAR;
	s.len -= YEAR;
	if (!s.len)
		return true;
	if (!take_part(&s, '-', 1, 12))
		return false;
	if (!s.len)
		return true;
	return take_part(&s, '-', 1, 31) && (!s.len || is_time(s));
}
