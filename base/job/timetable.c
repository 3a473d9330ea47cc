#include "base/job/timetable.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/ascii.h"
#include "base/units.h"

/* The longest interval: a year and a leap day, in msec. */
#define EVERY_MAX (366.0 * 86400e3)

static const char *const weekdays[] = {"mon", "tue", "wed", "thu",
				       "fri", "sat", "sun"};

/* Returns the length of a unit in msec; 0: no such unit. */
static double unit_of(const char *s)
{
	static const struct {
		char letter;
		double msec;
	} units[] = {{'s', 1e3}, {'m', 60e3}, {'h', 3600e3}, {'d', 86400e3},
		     {'w', 7 * 86400e3}};

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (s[0] == units[i].letter && !s[1])
			return units[i].msec;
	return 0;
}

int timetable_read_every(struct timetable *t, const char *s, struct buf *why)
{
	const size_t digits = strspn(s, "0123456789.");
	const double unit = unit_of(s + digits);
	struct buf ignored = {0};
	char number[16] = "";
	msec n = 0;
	int err = 1;

	if (digits < sizeof(number) && unit > 0) {
		memcpy(number, s, digits);
		err = units_parse_seconds(&n, number, false, &ignored);
		buf_release(&ignored);
	}
	n = n / 1e3 * unit;
	if (!err && n >= 1 && n <= EVERY_MAX) {
		*t = (struct timetable){.every = (int64_t)n};
		return 0;
	}
	buf_addstr(why, "not an interval; give a number and a unit, up to a "
			"year: 30s, 10m, 1h, 1d or 1w");
	return -1;
}

/* Reads a weekday and the spaces after it ("mon "). Sets *weekday and returns
 * the rest; without a weekday, returns s. */
static const char *read_weekday(const char *s, int *weekday)
{
	const size_t len = strcspn(s, " ");

	for (int i = 0; i < 7 && len == 3 && s[len]; i++)
		if (!strncasecmp(s, weekdays[i], len)) {
			*weekday = i + 1;
			return s + len + strspn(s + len, " ");
		}
	return s;
}

/* Reads "06:30" and returns the minutes after midnight; -1: not a time of
 * day. */
static int read_minute(const char *s)
{
	static const char form[] = "00:00";

	if (strlen(s) != strlen(form))
		return -1;
	for (size_t i = 0; form[i]; i++)
		if (form[i] == ':' ? s[i] != ':' : !ascii_is_digit(s[i]))
			return -1;
	const int hour = (s[0] - '0') * 10 + s[1] - '0';
	const int minute = (s[3] - '0') * 10 + s[4] - '0';

	return hour < 24 && minute < 60 ? hour * 60 + minute : -1;
}

int timetable_read_at(struct timetable *t, const char *s, struct buf *why)
{
	int weekday = 0;
	const int minute = read_minute(read_weekday(s, &weekday));

	if (minute >= 0) {
		*t = (struct timetable){.has_at = true, .minute = minute,
					.weekday = weekday};
		return 0;
	}
	buf_addstr(why, "not a time; give one like 06:30, or mon 06:30");
	return -1;
}

/* Returns the time in seconds at which a clock that is set to summer time
 * (is_summer) or not shows that minute of the day. Sets *is_shown to true if
 * the local clock shows it at this time. */
static time_t time_of(struct tm day, int minute, int is_summer, bool *is_shown)
{
	struct tm shown;
	time_t at;

	day.tm_hour = minute / 60;
	day.tm_min = minute % 60;
	day.tm_sec = 0;
	day.tm_isdst = is_summer;
	at = mktime(&day);
	localtime_r(&at, &shown);
	*is_shown = shown.tm_hour * 60 + shown.tm_min == minute;
	return at;
}

/* Returns true if the clock is not changed on the day that has this noon. Such
 * days are handled without mktime(), which in a zone without summer time
 * searches decades for it. */
static bool is_regular(time_t noon)
{
	const time_t around = 14 * 3600;
	const time_t before = noon - around, after = noon + around;
	struct tm a, b;

	localtime_r(&before, &a);
	localtime_r(&after, &b);
	return a.tm_gmtoff == b.tm_gmtoff;
}

/* Returns the slot, in seconds, of the day that is `days` after the day of
 * `from`. Sets *weekday to the weekday of the slot. */
static time_t slot_of_day(const struct timetable *t, time_t from, int days,
			  int *weekday)
{
	bool winter_is_shown, summer_is_shown;
	time_t noon, winter, summer;
	struct tm day;

	localtime_r(&from, &day);
	day.tm_mday += days;
	/* At noon, the clock neither skips nor repeats a time. */
	day.tm_hour = 12;
	day.tm_min = day.tm_sec = 0;
	day.tm_isdst = -1;
	noon = mktime(&day);
	*weekday = day.tm_wday ? day.tm_wday : 7;
	if (is_regular(noon))
		return noon + (t->minute - 12 * 60) * 60;
	winter = time_of(day, t->minute, 0, &winter_is_shown);
	summer = time_of(day, t->minute, 1, &summer_is_shown);
	if (winter_is_shown == summer_is_shown)
		return (winter < summer) == winter_is_shown ? winter : summer;
	return winter_is_shown ? winter : summer;
}

/* Returns the first slot after the time `of`, if is_after is true; otherwise
 * the last slot that is not after it. */
static int64_t find_slot(const struct timetable *t, int64_t of, bool is_after)
{
	const time_t from = (time_t)(of / 1000);

	for (int days = 0; days <= 8; days++) {
		int weekday;
		const time_t at = slot_of_day(t, from, is_after ? days : -days,
					      &weekday);

		if (t->weekday && t->weekday != weekday)
			continue;
		if (is_after ? (int64_t)at * 1000 > of
			     : (int64_t)at * 1000 <= of)
			return (int64_t)at * 1000;
	}
	return of;	/* not reached: every slot occurs within a week */
}

int64_t timetable_next(const struct timetable *t, int64_t last)
{
	return t->has_at ? find_slot(t, last, true) : last + t->every;
}

int64_t timetable_slot(const struct timetable *t, int64_t last, int64_t now)
{
	if (t->has_at)
		return find_slot(t, now, false);
	return t->every ? now - (now - last) % t->every : now;
}
