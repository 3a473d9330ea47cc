/* Tries the date formats that are possible after the first characters of the
 * text. */
#include "parse/values/date.h"

#include <stdint.h>

#include "base/ascii.h"
#include "base/timestamp.h"
#include "parse/values/time.h"

enum { MAX_TEXT = 120 };

/* Reads a name of a list, or at least its first three letters. Returns the
 * number of the name, from 1, or 0. */
static int take_name(struct cursor *c, const char *const *names)
{
	struct slice word = cursor_peek_word(c);

	for (int i = 0; word.len >= 3 && names[i]; i++) {
		size_t len = 0;

		while (len < word.len && names[i][len] &&
		       ascii_lower(word.p[len]) == names[i][len])
			len++;
		if (len < word.len)
			continue;
		c->p += word.len;
		cursor_take(c, '.');
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
	cursor_take(c, ',');
	cursor_skip_spaces(c);
}

/* Reads a day such as "1st" or "31". */
static bool take_day(struct cursor *c, int *day)
{
	static const char *const endings[] = {"st", "nd", "rd", "th"};

	if (!cursor_take_number(c, day))
		return false;
	for (size_t i = 0; i < 4; i++)
		if (cursor_take_word(c, endings[i]))
			return true;
	return true;
}

/* Reads a year. Two or three digits are completed as in RFC 2822, 4.3. */
static bool take_year(struct cursor *c, int *year)
{
	size_t digits = cursor_count_digits(c);

	if (digits < 2 || digits > 4 || !cursor_take_digits(c, digits, year))
		return false;
	if (digits == 2 && *year < 50)
		*year += 2000;
	else if (digits < 4)
		*year += 1900;
	return true;
}

/* Reads the rest of a date: nothing, or a separator and a time. */
static bool take_rest(struct cursor *c, struct date *d)
{
	if (cursor_at_end(c))
		return true;
	if (cursor_take_any(c, "Tt"))
		return time_take(c, d);
	if (!cursor_take_any(c, " ,"))
		return false;
	cursor_skip_spaces(c);
	if (cursor_take_word(c, "at"))
		cursor_skip_spaces(c);
	return time_take(c, d);
}

static bool read_year_first(struct cursor *c, struct date *d)
{
	char separator;

	if (!cursor_take_digits(c, 4, &d->year))
		return false;
	separator = cursor_peek(c);
	return cursor_take_any(c, "-/.") && cursor_take_number(c, &d->month) &&
	       cursor_take(c, separator) && cursor_take_number(c, &d->day) &&
	       take_rest(c, d);
}

static bool read_basic(struct cursor *c, struct date *d)
{
	if (!cursor_take_digits(c, 4, &d->year) ||
	    !cursor_take_digits(c, 2, &d->month) ||
	    !cursor_take_digits(c, 2, &d->day))
		return false;
	return cursor_at_end(c) ||
	       (cursor_take(c, 'T') && time_take_basic(c, d));
}

static bool read_day_first(struct cursor *c, struct date *d)
{
	if (!take_day(c, &d->day))
		return false;
	if (!cursor_take(c, '-'))
		cursor_skip_spaces(c);
	if (cursor_take_word(c, "of"))
		cursor_skip_spaces(c);
	d->month = take_month(c);
	if (!d->month)
		return false;
	cursor_take_any(c, "-,");
	cursor_skip_spaces(c);
	return take_year(c, &d->year) && take_rest(c, d);
}

/* Reads a date that begins with the month. The year may come last: "Jan 31
 * 10:30:00 2024". */
static bool read_month_first(struct cursor *c, struct date *d)
{
	struct cursor start;

	d->month = take_month(c);
	if (!d->month)
		return false;
	cursor_take_any(c, "-");
	cursor_skip_spaces(c);
	if (!take_day(c, &d->day) || !cursor_take_any(c, " ,-"))
		return false;
	cursor_skip_spaces(c);
	start = *c;
	if (cursor_count_digits(c) == 4 && cursor_take_digits(c, 4, &d->year))
		return take_rest(c, d);
	*c = start;
	if (!time_take(c, d))
		return false;
	cursor_skip_spaces(c);
	return cursor_count_digits(c) == 4 &&
	       cursor_take_digits(c, 4, &d->year);
}

static bool read_unix_time(struct cursor *c, struct date *d)
{
	struct calendar_day day;
	int64_t n = 0;

	if (cursor_count_digits(c) == 13)
		c->end -= 3;
	while (!cursor_at_end(c))
		n = n * 10 + (*c->p++ - '0');
	day = calendar_day_of(n / 86400);
	d->year = day.year;
	d->month = day.month;
	d->day = day.day;
	d->hour = (int)(n % 86400 / 3600);
	d->minute = (int)(n % 3600 / 60);
	d->second = (int)(n % 60);
	d->has_time = d->has_offset = true;
	return true;
}

static bool read_date(struct cursor *c, struct date *d)
{
	size_t digits = cursor_count_digits(c);

	if ((digits == 10 || digits == 13) && c->p + digits == c->end)
		return read_unix_time(c, d);
	if (digits == 8)
		return read_basic(c, d);
	skip_weekday(c);
	if (!cursor_is_digit(cursor_peek(c)))
		return read_month_first(c, d);
	return cursor_count_digits(c) == 4 ? read_year_first(c, d)
					   : read_day_first(c, d);
}

static bool is_valid(const struct date *d)
{
	if (!calendar_has_day(d->year, d->month, d->day))
		return false;
	/* A second 60 is a leap second. */
	return d->hour <= 23 && d->minute <= 59 &&
	       d->second <= (d->minute == 59 ? 60 : 59);
}

/* Copies text without the white space around it, with a plain space for any
 * other white space. Returns false if the text is too long or has a character
 * that does not occur in dates. */
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
			/* U+202F, which JavaScript's Intl.DateTimeFormat writes
			 * before "PM". */
			c = ' ';
			i += 2;
		} else if (c < ' ' || c & 0x80) {
			return false;
		}
		to[(*len)++] = c;
	}
	return true;
}

/* Returns true at the end of the text, or at a comment that is last: "(Central
 * European Time)". */
static bool is_comment(struct cursor *c)
{
	cursor_skip_spaces(c);
	return cursor_at_end(c) || (*c->p == '(' && c->end[-1] == ')');
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
