/* Writes dates and times without the C library's functions: gmtime_r() reads
 * the zone's file, which the sandbox of a worker process forbids. */
#include "base/timestamp.h"

#include <string.h>
#include <time.h>

/* Length of "2026-01-31T10:30:00". */
enum { TEXT_BYTES = 19, TEXT_MAX = 40 };

/* 9999-12-31T23:59:59. */
static const int64_t last_second = 253402300799;

/* Counts years from March, so that the leap day is their last day. */
struct calendar_day calendar_day_of(int64_t days)
{
	const int per_year = 365, per_4 = 1461, per_100 = 36524,
		  per_400 = 146097;
	int day = (int)((days + 719468) % per_400);
	int year = (int)((days + 719468) / per_400) * 400;
	struct calendar_day d;
	int part, month;

	part = day / per_100 < 3 ? day / per_100 : 3;
	year += part * 100;
	day -= part * per_100;
	year += day / per_4 * 4;
	day %= per_4;
	part = day / per_year < 3 ? day / per_year : 3;
	year += part;
	day -= part * per_year;
	/* From March on, every five months together have 153 days. */
	month = (5 * day + 2) / 153;
	d.day = day - (153 * month + 2) / 5 + 1;
	d.month = month < 10 ? month + 3 : month - 9;
	d.year = year + (d.month <= 2);
	return d;
}

bool calendar_has_day(int year, int month, int day)
{
	static const int days[] = {31, 28, 31, 30, 31, 30,
				   31, 31, 30, 31, 30, 31};
	const bool is_leap = year % 4 == 0 && (year % 100 || year % 400 == 0);

	return year >= 1 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= days[month - 1] + (is_leap && month == 2);
}

int64_t timestamp_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void put_digits(char *to, int digits, int n)
{
	for (; digits > 0; n /= 10)
		to[--digits] = (char)('0' + n % 10);
}

static void write_seconds(char to[TEXT_BYTES], int64_t seconds)
{
	const struct calendar_day d = calendar_day_of(seconds / 86400);
	const int rest = (int)(seconds % 86400);

	memcpy(to, "YYYY-MM-DDTHH:MM:SS", TEXT_BYTES);
	put_digits(to, 4, d.year);
	put_digits(to + 5, 2, d.month);
	put_digits(to + 8, 2, d.day);
	put_digits(to + 11, 2, rest / 3600);
	put_digits(to + 14, 2, rest / 60 % 60);
	put_digits(to + 17, 2, rest % 60);
}

/* Returns the text of a second. Thousands of records are written in the same
 * second, so each thread keeps the text of the last one. */
static const char *text_of(int64_t seconds)
{
	static _Thread_local int64_t last = -1;
	static _Thread_local char text[TEXT_BYTES];

	if (seconds != last) {
		write_seconds(text, seconds);
		last = seconds;
	}
	return text;
}

static int64_t in_range(int64_t seconds)
{
	if (seconds < 0)
		return 0;
	return seconds < last_second ? seconds : last_second;
}

void timestamp_add(struct buf *out, int64_t unix_msec)
{
	char fraction[] = ".000Z";
	const int64_t seconds = unix_msec < 0 ? 0 : unix_msec / 1000;

	if (unix_msec > 0)
		put_digits(fraction + 1, 3, (int)(unix_msec % 1000));
	buf_add(out, text_of(in_range(seconds)), TEXT_BYTES);
	buf_add(out, fraction, sizeof(fraction) - 1);
}

void timestamp_add_seconds(struct buf *out, int64_t unix_seconds)
{
	buf_add(out, text_of(in_range(unix_seconds)), TEXT_BYTES);
	buf_addch(out, 'Z');
}

/* Moves *p past the digits of a fraction, and returns the fraction in
 * milliseconds. */
static int read_fraction(const char **p)
{
	int msec = 0, place = 100;

	while (**p >= '0' && **p <= '9') {
		msec += place * (*(*p)++ - '0');
		place /= 10;
	}
	return msec;
}

int64_t timestamp_read(struct slice text)
{
	char copy[TEXT_MAX + 1];
	const char *p;
	struct tm tm = {0};
	int msec = 0;

	if (!text.len || text.len > TEXT_MAX)
		return 0;
	memcpy(copy, text.p, text.len);
	copy[text.len] = '\0';
	p = strptime(copy, "%Y-%m-%dT%H:%M:%S", &tm);
	if (p && *p == '.') {
		p++;
		msec = read_fraction(&p);
	}
	return p && !strcmp(p, "Z") ? (int64_t)timegm(&tm) * 1000 + msec : 0;
}
