#include "parse/date.h"

#include <stdint.h>

#include "parse/ascii.h"

enum { MAX_TEXT = 120 };

struct date {
	int year, month, day;
	int hour, minute, second;
	int offset;		/* minutes east */
	bool has_time, has_offset;
};

/* What is left to read. */
struct cursor {
	const char *p, *end;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool at_end(const struct cursor *c)
{
	return c->p == c->end;
}

static char peek(const struct cursor *c)
{
	return at_end(c) ? '\0' : *c->p;
}

static bool take(struct cursor *c, char ch)
{
	if (peek(c) != ch)
		return false;
	c->p++;
	return true;
}

static bool take_any(struct cursor *c, const char *chars)
{
	return !at_end(c) && strchr(chars, *c->p) && take(c, *c->p);
}

static void skip_spaces(struct cursor *c)
{
	while (take(c, ' '))
		;
}

static size_t count_digits(const struct cursor *c)
{
	size_t n = 0;

	while (c->p + n < c->end && is_digit(c->p[n]))
		n++;
	return n;
}

/* Exactly that many digits. */
static bool take_digits(struct cursor *c, size_t digits, int *n)
{
	if (count_digits(c) < digits)
		return false;
	for (*n = 0; digits; digits--)
		*n = *n * 10 + (*c->p++ - '0');
	return true;
}

/* A number of one or two digits. */
static bool take_number(struct cursor *c, int *n)
{
	size_t digits = count_digits(c);

	return (digits == 1 || digits == 2) && take_digits(c, digits, n);
}

static struct slice peek_word(const struct cursor *c)
{
	const char *p = c->p;

	while (p < c->end && ascii_is_letter(*p))
		p++;
	return (struct slice){c->p, (size_t)(p - c->p)};
}

static bool take_word(struct cursor *c, const char *lower)
{
	struct slice word = peek_word(c);

	if (!ascii_is(word, lower))
		return false;
	c->p += word.len;
	return true;
}

/* A name, or its first letters, at least three. Its number from 1. */
static int take_name(struct cursor *c, const char *const *names)
{
	struct slice word = peek_word(c);

	for (int i = 0; word.len >= 3 && names[i]; i++) {
		size_t len = 0;

		while (len < word.len && names[i][len] &&
		       ascii_lower(word.p[len]) == names[i][len])
			len++;
		if (len < word.len)
			continue;
		c->p += word.len;
		take(c, '.');
		return i + 1;
	}
	return 0;
}

static int take_month(struct cursor *c)
{
	static const char *const names[] = {
		"january", "february", "march", "april", "may", "june", "july",
		"august", "september", "october", "november", "december", NULL,
	};

	return take_name(c, names);
}

static void skip_weekday(struct cursor *c)
{
	static const char *const names[] = {
		"monday", "tuesday", "wednesday", "thursday", "friday",
		"saturday", "sunday", NULL,
	};

	if (!take_name(c, names))
		return;
	take(c, ',');
	skip_spaces(c);
}

/* "1st" */
static bool take_day(struct cursor *c, int *day)
{
	static const char *const endings[] = {"st", "nd", "rd", "th"};

	if (!take_number(c, day))
		return false;
	for (size_t i = 0; i < 4; i++)
		if (take_word(c, endings[i]))
			return true;
	return true;
}

/* RFC 2822, 4.3: what two or three digits mean. */
static bool take_year(struct cursor *c, int *year)
{
	size_t digits = count_digits(c);

	if (digits < 2 || digits > 4 || !take_digits(c, digits, year))
		return false;
	if (digits == 2 && *year < 50)
		*year += 2000;
	else if (digits < 4)
		*year += 1900;
	return true;
}

/* "+01:00", "+0100", "+01" */
static bool take_offset(struct cursor *c, struct date *d)
{
	bool west = peek(c) == '-';
	int hours, minutes = 0;

	if (!take_any(c, "+-"))
		return false;
	if (count_digits(c) == 1 ? !take_number(c, &hours) :
				   !take_digits(c, 2, &hours))
		return false;
	if ((take(c, ':') || is_digit(peek(c))) && !take_digits(c, 2, &minutes))
		return false;
	if (hours > 23 || minutes > 59 || is_digit(peek(c)))
		return false;
	d->offset = hours * 60 + minutes;
	if (west)
		d->offset = -d->offset;
	d->has_offset = true;
	return true;
}

/* The zone behind a time, if any; false: something else. */
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
	size_t len = peek_word(c).len;

	if (!len)
		return (peek(c) != '+' && peek(c) != '-') || take_offset(c, d);
	for (size_t i = 0; i < sizeof(zones) / sizeof(*zones); i++) {
		if (!take_word(c, zones[i].name))
			continue;
		d->has_offset = true;
		d->offset = zones[i].hours * 60;
		/* "GMT+0100" */
		return zones[i].hours || !strchr("+-", peek(c)) ||
		       at_end(c) || take_offset(c, d);
	}
	c->p += len;
	return len >= 3 && len <= 5;
}

/* "am", "p.m."; false: such an hour has none. */
static bool take_half(struct cursor *c, struct date *d, bool *taken)
{
	const struct cursor start = *c;
	const char letter = ascii_lower(peek(c));

	*taken = false;
	if (!take_any(c, "aApP"))
		return true;
	take(c, '.');
	if (!take_any(c, "mM") || peek_word(c).len) {
		*c = start;
		return true;
	}
	take(c, '.');
	*taken = true;
	if (d->hour < 1 || d->hour > 12)
		return false;
	d->hour = d->hour % 12 + (letter == 'p' ? 12 : 0);
	return true;
}

/* ":MM:SS.f", as far as it is there. */
static bool take_minutes(struct cursor *c, struct date *d)
{
	if (!take(c, ':'))
		return true;
	if (!take_digits(c, 2, &d->minute))
		return false;
	if (!take(c, ':'))
		return true;
	if (!take_digits(c, 2, &d->second))
		return false;
	if (!take_any(c, ".,"))
		return true;
	if (!is_digit(peek(c)))
		return false;
	while (is_digit(peek(c)))
		c->p++;
	return true;
}

static bool take_time(struct cursor *c, struct date *d)
{
	bool has_minutes, has_half;

	if (!take_number(c, &d->hour))
		return false;
	has_minutes = peek(c) == ':';
	if (!take_minutes(c, d) || is_digit(peek(c)))
		return false;
	d->has_time = true;
	skip_spaces(c);
	if (!take_half(c, d, &has_half) || (!has_minutes && !has_half))
		return false;
	skip_spaces(c);
	return take_zone(c, d);
}

/* "T103000", of ISO's basic format. */
static bool take_basic_time(struct cursor *c, struct date *d)
{
	size_t digits = count_digits(c);

	if ((digits != 4 && digits != 6) || !take_digits(c, 2, &d->hour) ||
	    !take_digits(c, 2, &d->minute) ||
	    (digits == 6 && !take_digits(c, 2, &d->second)))
		return false;
	d->has_time = true;
	return take_zone(c, d);
}

/* What may follow a date: nothing, or a time, behind one of what joins them. */
static bool take_rest(struct cursor *c, struct date *d)
{
	if (at_end(c))
		return true;
	if (take_any(c, "Tt"))
		return take_time(c, d);
	if (!take_any(c, " ,"))
		return false;
	skip_spaces(c);
	if (take_word(c, "at"))
		skip_spaces(c);
	return take_time(c, d);
}

static bool year_first(struct cursor *c, struct date *d)
{
	char separator;

	if (!take_digits(c, 4, &d->year))
		return false;
	separator = peek(c);
	return take_any(c, "-/.") && take_number(c, &d->month) &&
	       take(c, separator) && take_number(c, &d->day) &&
	       take_rest(c, d);
}

static bool basic(struct cursor *c, struct date *d)
{
	if (!take_digits(c, 4, &d->year) || !take_digits(c, 2, &d->month) ||
	    !take_digits(c, 2, &d->day))
		return false;
	return at_end(c) || (take(c, 'T') && take_basic_time(c, d));
}

static bool day_first(struct cursor *c, struct date *d)
{
	if (!take_day(c, &d->day))
		return false;
	if (!take(c, '-'))
		skip_spaces(c);
	if (take_word(c, "of"))
		skip_spaces(c);
	d->month = take_month(c);
	if (!d->month)
		return false;
	take_any(c, "-,");
	skip_spaces(c);
	return take_year(c, &d->year) && take_rest(c, d);
}

/* The year may also be last: "Jan 31 10:30:00 2024". */
static bool month_first(struct cursor *c, struct date *d)
{
	struct cursor start;

	d->month = take_month(c);
	if (!d->month)
		return false;
	take_any(c, "-");
	skip_spaces(c);
	if (!take_day(c, &d->day) || !take_any(c, " ,-"))
		return false;
	skip_spaces(c);
	start = *c;
	if (count_digits(c) == 4 && take_digits(c, 4, &d->year))
		return take_rest(c, d);
	*c = start;
	if (!take_time(c, d))
		return false;
	skip_spaces(c);
	return count_digits(c) == 4 && take_digits(c, 4, &d->year);
}

/* Days since 1970 to a date: years begin in March, so that the day that comes
 * and goes is their last. (gmtime_r() reads the zone's file.) */
static void set_days(struct date *d, int64_t days)
{
	const int per_year = 365, per_4 = 1461, per_100 = 36524,
		  per_400 = 146097;
	int day = (int)((days + 719468) % per_400);
	int year = (int)((days + 719468) / per_400) * 400;
	int part, month;

	part = day / per_100 < 3 ? day / per_100 : 3;
	year += part * 100;
	day -= part * per_100;
	year += day / per_4 * 4;
	day %= per_4;
	part = day / per_year < 3 ? day / per_year : 3;
	year += part;
	day -= part * per_year;
	/* From March on, five months have 153 days. */
	month = (5 * day + 2) / 153;
	d->day = day - (153 * month + 2) / 5 + 1;
	d->month = month < 10 ? month + 3 : month - 9;
	d->year = year + (d->month <= 2);
}

static bool unix_time(struct cursor *c, struct date *d)
{
	int64_t n = 0;

	if (count_digits(c) == 13)
		c->end -= 3;
	while (!at_end(c))
		n = n * 10 + (*c->p++ - '0');
	set_days(d, n / 86400);
	d->hour = (int)(n % 86400 / 3600);
	d->minute = (int)(n % 3600 / 60);
	d->second = (int)(n % 60);
	d->has_time = d->has_offset = true;
	return true;
}

static bool read_date(struct cursor *c, struct date *d)
{
	size_t digits = count_digits(c);

	if ((digits == 10 || digits == 13) && c->p + digits == c->end)
		return unix_time(c, d);
	if (digits == 8)
		return basic(c, d);
	skip_weekday(c);
	if (!is_digit(peek(c)))
		return month_first(c, d);
	return count_digits(c) == 4 ? year_first(c, d) : day_first(c, d);
}

static bool is_valid(const struct date *d)
{
	static const int days[] = {31, 28, 31, 30, 31, 30,
				   31, 31, 30, 31, 30, 31};
	bool leap = d->year % 4 == 0 &&
		    (d->year % 100 != 0 || d->year % 400 == 0);

	if (d->year < 1 || d->month < 1 || d->month > 12 || d->day < 1 ||
	    d->day > days[d->month - 1] + (leap && d->month == 2))
		return false;
	/* 60 is the leap second. */
	return d->hour <= 23 && d->minute <= 59 &&
	       d->second <= (d->minute == 59 ? 60 : 59);
}

/* Copies text without the white space around it, the other as plain spaces;
 * false: it is too long, or has what no date has. */
static bool copy_plain(char *to, size_t *len, struct slice text)
{
	text = ascii_trim(text);
	*len = 0;
	if (text.len > MAX_TEXT)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		struct slice rest = {text.p + i, text.len - i};
		char c = *rest.p;

		if (ascii_is_space(c)) {
			c = ' ';
		} else if (rest.len > 1 && !memcmp(rest.p, "\xc2\xa0", 2)) {
			c = ' ';
			i++;
		} else if (rest.len > 2 && !memcmp(rest.p, "\xe2\x80\xaf", 3)) {
			/* Intl.DateTimeFormat has it before "PM". */
			c = ' ';
			i += 2;
		} else if (c < ' ' || c & 0x80) {
			return false;
		}
		to[(*len)++] = c;
	}
	return true;
}

/* Behind a time: "(Central European Time)". */
static bool is_comment(struct cursor *c)
{
	skip_spaces(c);
	return at_end(c) || (*c->p == '(' && c->end[-1] == ')');
}

bool date_read(struct buf *out, struct slice text)
{
	char plain[MAX_TEXT];
	struct date d = {0};
	struct cursor c;
	size_t len;

	if (!copy_plain(plain, &len, text))
		return false;
	c = (struct cursor){plain, plain + len};
	if (!read_date(&c, &d) || !is_comment(&c) || !is_valid(&d))
		return false;
	buf_addf(out, "\"%04d-%02d-%02d", d.year, d.month, d.day);
	if (d.has_time)
		buf_addf(out, "T%02d:%02d:%02d", d.hour, d.minute, d.second);
	if (d.has_offset && !d.offset)
		buf_addch(out, 'Z');
	else if (d.has_offset)
		buf_addf(out, "%c%02d:%02d", d.offset < 0 ? '-' : '+',
			 (d.offset < 0 ? -d.offset : d.offset) / 60,
			 (d.offset < 0 ? -d.offset : d.offset) % 60);
	buf_addch(out, '"');
	return true;
}
