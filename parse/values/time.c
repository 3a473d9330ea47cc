/* Reads times in the forms that people and standards use: with or without
 * seconds, am or pm, and a zone. */
#include "parse/values/time.h"

/* Reads an offset: "+01:00", "+0100", "+01". */
static bool take_offset(struct cursor *c, struct date *d)
{
	bool west = cursor_peek(c) == '-';
	int hours = 0, minutes = 0;

	if (!cursor_take_any(c, "+-"))
		return false;
	if (cursor_count_digits(c) == 1 ? !cursor_take_number(c, &hours)
					: !cursor_take_digits(c, 2, &hours))
		return false;
	if ((cursor_take(c, ':') || cursor_is_digit(cursor_peek(c))) &&
	    !cursor_take_digits(c, 2, &minutes))
		return false;
	if (hours > 23 || minutes > 59 || cursor_is_digit(cursor_peek(c)))
		return false;
	d->offset = hours * 60 + minutes;
	if (west)
		d->offset = -d->offset;
	d->has_offset = true;
	return true;
}

/* Reads the zone after a time, if there is one; returns false if something else
 * follows. */
static bool take_zone(struct cursor *c, struct date *d)
{
	static const struct {
		const char *name;
		int hours;
	} zones[] = {
		{"z", 0}, {"ut", 0}, {"utc", 0}, {"gmt", 0},
		{"est", -5}, {"edt", -4}, {"cst", -6}, {"cdt", -5},
		{"mst", -7}, {"mdt", -6}, {"pst", -8}, {"pdt", -7},
	};
	size_t len = cursor_peek_word(c).len;

	if (!len)
		return (cursor_peek(c) != '+' && cursor_peek(c) != '-') ||
		       take_offset(c, d);
	for (size_t i = 0; i < sizeof(zones) / sizeof(*zones); i++) {
		if (!cursor_take_word(c, zones[i].name))
			continue;
		d->has_offset = true;
		d->offset = zones[i].hours * 60;
		/* an offset may follow the zone's name, as in "GMT+0100" */
		return zones[i].hours || !strchr("+-", cursor_peek(c)) ||
		       cursor_at_end(c) || take_offset(c, d);
	}
	c->p += len;
	return len >= 3 && len <= 5;
}

/* Reads "am", "p.m." and the like. Returns false if the hour cannot have am or
 * pm. */
static bool take_half(struct cursor *c, struct date *d, bool *taken)
{
	const struct cursor start = *c;
	const char letter = ascii_lower(cursor_peek(c));

	*taken = false;
	if (!cursor_take_any(c, "aApP"))
		return true;
	cursor_take(c, '.');
	if (!cursor_take_any(c, "mM") || cursor_peek_word(c).len) {
		*c = start;
		return true;
	}
	cursor_take(c, '.');
	*taken = true;
	if (d->hour < 1 || d->hour > 12)
		return false;
	d->hour = d->hour % 12 + (letter == 'p' ? 12 : 0);
	return true;
}

/* Reads ":MM:SS.f", as much of it as is there. */
static bool take_minutes(struct cursor *c, struct date *d)
{
	if (!cursor_take(c, ':'))
		return true;
	if (!cursor_take_digits(c, 2, &d->minute))
		return false;
	if (!cursor_take(c, ':'))
		return true;
	if (!cursor_take_digits(c, 2, &d->second))
		return false;
	if (!cursor_take_any(c, ".,"))
		return true;
	if (!cursor_is_digit(cursor_peek(c)))
		return false;
	while (cursor_is_digit(cursor_peek(c)))
		c->p++;
	return true;
}

bool time_take(struct cursor *c, struct date *d)
{
	bool has_minutes, has_half;

	if (!cursor_take_number(c, &d->hour))
		return false;
	has_minutes = cursor_peek(c) == ':';
	if (!take_minutes(c, d) || cursor_is_digit(cursor_peek(c)))
		return false;
	d->has_time = true;
	cursor_skip_spaces(c);
	if (!take_half(c, d, &has_half) || (!has_minutes && !has_half))
		return false;
	cursor_skip_spaces(c);
	return take_zone(c, d);
}

bool time_take_basic(struct cursor *c, struct date *d)
{
	size_t digits = cursor_count_digits(c);

	if ((digits != 4 && digits != 6) ||
	    !cursor_take_digits(c, 2, &d->hour) ||
	    !cursor_take_digits(c, 2, &d->minute) ||
	    (digits == 6 && !cursor_take_digits(c, 2, &d->second)))
		return false;
	d->has_time = true;
	return take_zone(c, d);
}
