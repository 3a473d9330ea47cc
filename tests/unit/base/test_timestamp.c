/* base/timestamp.c: times of day as RFC 3339 has them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include <cmocka.h>

#include "base/timestamp.h"

static void is(int64_t unix_msec, const char *text)
{
	struct buf out = {0};

	timestamp_add(&out, unix_msec);
	assert_string_equal(buf_cstr(&out), text);
	buf_release(&out);
}

static void milliseconds_are_written(void **state)
{
	(void)state;
	is(0, "1970-01-01T00:00:00.000Z");
	is(1, "1970-01-01T00:00:00.001Z");
	is(951782400999, "2000-02-29T00:00:00.999Z");
	is(951868799999, "2000-02-29T23:59:59.999Z");
	is(951868800000, "2000-03-01T00:00:00.000Z");
	is(1772323199010, "2026-02-28T23:59:59.010Z");
	is(4107542400000, "2100-03-01T00:00:00.000Z");
}

/* Records never have such times unless the system's clock is wrong. */
static void times_out_of_range_keep_the_form(void **state)
{
	(void)state;
	is(-1, "1970-01-01T00:00:00.000Z");
	is(INT64_MIN, "1970-01-01T00:00:00.000Z");
	is(253402300799123, "9999-12-31T23:59:59.123Z");
	is(253402300800000, "9999-12-31T23:59:59.000Z");
	is(INT64_MAX, "9999-12-31T23:59:59.807Z");
}

static void each_second_has_its_own_text(void **state)
{
	(void)state;
	is(1700000000999, "2023-11-14T22:13:20.999Z");
	is(1700000001000, "2023-11-14T22:13:21.000Z");
	is(1700000000500, "2023-11-14T22:13:20.500Z");
}

static void seconds_agree_with_the_c_library(void **state)
{
	(void)state;
	for (int64_t t = 0; t < 253402300800; t += 7654321) {
		const time_t seconds = (time_t)t;
		struct buf out = {0};
		char expected[32];
		struct tm parts;

		gmtime_r(&seconds, &parts);
		strftime(expected, sizeof(expected), "%Y-%m-%dT%H:%M:%SZ",
			 &parts);
		timestamp_add_seconds(&out, t);
		assert_string_equal(buf_cstr(&out), expected);
		buf_release(&out);
	}
}

static void now_is_the_time_of_day(void **state)
{
	const int64_t before = (int64_t)time(NULL);
	const int64_t now = timestamp_now() / 1000;

	(void)state;
	/* time() may be a few milliseconds behind. */
	assert_in_range(now + 1 - before, 0, 3600);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(milliseconds_are_written),
		cmocka_unit_test(times_out_of_range_keep_the_form),
		cmocka_unit_test(each_second_has_its_own_text),
		cmocka_unit_test(seconds_agree_with_the_c_library),
		cmocka_unit_test(now_is_the_time_of_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
