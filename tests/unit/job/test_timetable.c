/* Tests base/job/timetable.c: the times at which requests are repeated. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/job/timetable.h"

#define LEN(array) (sizeof(array) / sizeof(*(array)))

static const int64_t day = 86400000;

/* Sets the time zone of the process (POSIX notation, which needs no files). */
static void set_zone(const char *zone)
{
	setenv("TZ", zone, 1);
	tzset();
}

#define BERLIN "CET-1CEST,M3.5.0,M10.5.0/3"
#define NEW_YORK "EST5EDT,M3.2.0,M11.1.0"

/* Returns the time of "2026-03-29 02:30" in UTC. */
static int64_t utc(const char *text)
{
	struct tm t = {0};

	assert_non_null(strptime(text, "%Y-%m-%d %H:%M", &t));
	return (int64_t)timegm(&t) * 1000;
}

static struct timetable at(const char *text)
{
	struct timetable t = {0};
	struct buf why = {0};

	assert_int_equal(timetable_read_at(&t, text, &why), 0);
	return t;
}

static void assert_next(const char *text, const char *last, const char *next)
{
	const struct timetable t = at(text);
	const int64_t slot = timetable_next(&t, utc(last));

	if (slot != utc(next))
		fail_msg("%s after %s: %+lld minutes from %s", text, last,
			 (long long)(slot - utc(next)) / 60000, next);
	assert_int_equal(timetable_slot(&t, 0, slot), slot);
	assert_int_equal(timetable_slot(&t, 0, slot + 1), slot);
	assert_true(timetable_slot(&t, 0, slot - 1) < slot);
}

static void intervals_are_read_with_their_unit(void **state)
{
	static const struct {
		const char *text;
		int64_t every;
	} good[] = {
		{"30s", 30000}, {"0.25s", 250}, {"10m", 600000},
		{"1h", 3600000}, {"1.5h", 5400000}, {"1d", 86400000},
		{"2w", 1209600000}, {"366d", 366 * (int64_t)86400000},
	};
	static const char *const bad[] = {
		"", "10", "m", "-1m", "1 h", "10M", "1hm", "0s", "0.0001s",
		"367d", "1e3s", "9999999999999999999s", "1..5h",
	};
	struct timetable t;
	struct buf why = {0};

	(void)state;
	for (size_t i = 0; i < LEN(good); i++) {
		assert_int_equal(timetable_read_every(&t, good[i].text, &why),
				 0);
		assert_true(t.every == good[i].every && !t.has_at);
	}
	assert_int_equal(why.len, 0);
	for (size_t i = 0; i < LEN(bad); i++) {
		assert_int_equal(timetable_read_every(&t, bad[i], &why), -1);
		assert_non_null(strstr(buf_cstr(&why), "30s, 10m, 1h"));
		buf_release(&why);
	}
}

static void times_are_read_with_or_without_a_weekday(void **state)
{
	static const char *const bad[] = {
		"", "6:30", "24:00", "06:60", "06:30 ", "mon", "mon ", "mo 06:30",
		"06:30 mon", "mon06:30", "0a:00", "06.30", "monday 06:30",
	};
	struct timetable t = at("06:30");
	struct buf why = {0};

	(void)state;
	assert_true(t.has_at && t.minute == 390 && t.weekday == 0);
	t = at("Sun  23:59");
	assert_true(t.has_at && t.minute == 1439 && t.weekday == 7);
	for (size_t i = 0; i < LEN(bad); i++) {
		assert_int_equal(timetable_read_at(&t, bad[i], &why), -1);
		assert_non_null(strstr(buf_cstr(&why), "mon 06:30"));
		buf_release(&why);
	}
}

static void slots_of_an_interval_continue_the_last_one(void **state)
{
	const struct timetable t = {.every = 1000};
	const struct timetable none = {0};

	(void)state;
	assert_int_equal(timetable_next(&t, 250), 1250);
	assert_int_equal(timetable_slot(&t, 250, 250), 250);
	assert_int_equal(timetable_slot(&t, 250, 1249), 250);
	assert_int_equal(timetable_slot(&t, 250, 1250), 1250);
	/* Slots that were missed are left out. */
	assert_int_equal(timetable_slot(&t, 250, 99500), 99250);
	assert_int_equal(timetable_slot(&none, 250, 99500), 99500);
}

static void times_of_day_are_those_of_the_time_zone(void **state)
{
	(void)state;
	set_zone(BERLIN);
	assert_next("06:30", "2026-01-10 00:00", "2026-01-10 05:30");
	assert_next("06:30", "2026-01-10 05:30", "2026-01-11 05:30");
	assert_next("06:30", "2026-07-10 12:00", "2026-07-11 04:30");
	assert_next("00:00", "2026-12-31 22:59", "2026-12-31 23:00");
	/* 2026-01-12 is a Monday. */
	assert_next("mon 06:30", "2026-01-10 12:00", "2026-01-12 05:30");
	assert_next("mon 06:30", "2026-01-12 05:30", "2026-01-19 05:30");
	assert_next("sun 00:30", "2026-01-10 23:20", "2026-01-10 23:30");
	set_zone("UTC0");
	assert_next("06:30", "2026-07-10 12:00", "2026-07-11 06:30");
	set_zone(NEW_YORK);
	assert_next("23:30", "2026-01-10 04:30", "2026-01-11 04:30");
}

static void each_day_of_a_change_of_the_clock_has_one_slot(void **state)
{
	(void)state;
	set_zone(BERLIN);
	/* On 2026-03-29 the clock goes from 02:00 to 03:00, at 01:00 UTC. */
	assert_next("02:30", "2026-03-28 12:00", "2026-03-29 01:30");
	assert_next("02:30", "2026-03-29 01:30", "2026-03-30 00:30");
	assert_next("03:00", "2026-03-28 12:00", "2026-03-29 01:00");
	/* On 2026-10-25 the clock goes from 03:00 back to 02:00, at 01:00
	 * UTC. */
	assert_next("02:30", "2026-10-24 12:00", "2026-10-25 00:30");
	assert_next("02:30", "2026-10-25 00:30", "2026-10-26 01:30");
	set_zone(NEW_YORK);
	assert_next("02:15", "2026-03-07 12:00", "2026-03-08 07:15");
	assert_next("01:15", "2026-10-31 12:00", "2026-11-01 05:15");
	assert_next("01:15", "2026-11-01 05:15", "2026-11-02 06:15");
}

static void two_years_have_a_slot_each_day(void **state)
{
	static const char *const zones[] = {BERLIN, NEW_YORK, "UTC0",
					    "XXX-10:30YYY-11,M10.1.0,M4.1.0"};
	static const char *const times[] = {"00:00", "02:30", "12:00",
					    "23:59"};

	(void)state;
	for (size_t z = 0; z < LEN(zones); z++)
		for (size_t i = 0; i < LEN(times); i++) {
			const struct timetable t = at(times[i]);
			int64_t slot;

			set_zone(zones[z]);
			slot = timetable_next(&t, utc("2026-01-01 12:00"));
			for (int n = 0; n < 730; n++) {
				const int64_t next = timetable_next(&t, slot);

				assert_in_range(next - slot, day - 3600000,
						day + 3600000);
				slot = next;
			}
		}
}

static void slots_are_found_quickly_without_summer_time(void **state)
{
	const struct timetable t = at("mon 06:30");
	const clock_t began = clock();

	(void)state;
	set_zone("UTC0");
	for (int i = 0; i < 10000; i++)
		assert_int_equal(timetable_next(&t, utc("2026-11-24 12:00")),
				 utc("2026-11-30 06:30"));
	assert_true(clock() - began < 2 * CLOCKS_PER_SEC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(intervals_are_read_with_their_unit),
		cmocka_unit_test(times_are_read_with_or_without_a_weekday),
		cmocka_unit_test(slots_of_an_interval_continue_the_last_one),
		cmocka_unit_test(times_of_day_are_those_of_the_time_zone),
		cmocka_unit_test(each_day_of_a_change_of_the_clock_has_one_slot),
		cmocka_unit_test(two_years_have_a_slot_each_day),
		cmocka_unit_test(slots_are_found_quickly_without_summer_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
