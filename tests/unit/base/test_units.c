/* base/units.c: numbers, sizes, durations, rates and percentages as users write
 * them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <locale.h>
#include <string.h>

#include "base/units.h"

#define LEN(array) (sizeof(array) / sizeof(*(array)))

static void assert_says(struct buf *why, const char *text)
{
	if (!strstr(buf_cstr(why), text))
		fail_msg("expected \"%s\" in \"%s\"", text, buf_cstr(why));
	buf_release(why);
}

static void whole_numbers_are_read_up_to_their_limits(void **state)
{
	static const struct {
		const char *text;
		uint64_t min, max, expected;
	} good[] = {
		{"0", 0, 9, 0},
		{"9", 0, 9, 9},
		{"007", 0, 9, 7},
		{"20000", 1, 20000, 20000},
		{"18446744073709551615", 0, UINT64_MAX, UINT64_MAX},
	};
	struct buf why = {0};
	uint64_t n;

	(void)state;
	for (size_t i = 0; i < LEN(good); i++) {
		assert_int_equal(units_parse_number(&n, good[i].text,
						    good[i].min, good[i].max,
						    &why), 0);
		assert_true(n == good[i].expected);
	}
	assert_int_equal(why.len, 0);
}

static void other_texts_are_not_whole_numbers(void **state)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{"", "not a whole number"},
		{" 1", "not a whole number"},
		{"1 ", "not a whole number"},
		{"+1", "not a whole number"},
		{"-1", "not a whole number"},
		{"1.0", "not a whole number"},
		{"0x10", "not a whole number"},
		{"1e3", "not a whole number"},
		{"\xd9\xa1", "not a whole number"},
		{"0", "too small; give one from 1 to 20000"},
		{"20001", "too large; give one from 1 to 20000"},
		{"18446744073709551616", "too large"},
		{"99999999999999999999999999999999", "too large"},
		{"99999999999999999999999999999999x", "not a whole number"},
	};

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++) {
		struct buf why = {0};
		uint64_t n = 77;

		assert_int_equal(units_parse_number(&n, bad[i].text, 1, 20000,
						    &why), -1);
		assert_int_equal(n, 77);
		assert_says(&why, bad[i].says);
	}
}

static void sizes_have_units_of_1024(void **state)
{
	static const struct {
		const char *text;
		uint64_t expected;
	} good[] = {
		{"0", 0},	     {"1", 1},
		{"10b", 10},	     {"500k", 500 << 10},
		{"500K", 500 << 10}, {"16M", 16 << 20},
		{"16m", 16 << 20},   {"2G", 2ull << 30},
		{"3T", 3ull << 40},  {"9223372036854775807", INT64_MAX},
	};
	struct buf why = {0};
	uint64_t n;

	(void)state;
	for (size_t i = 0; i < LEN(good); i++) {
		assert_int_equal(units_parse_size(&n, good[i].text, &why), 0);
		assert_true(n == good[i].expected);
	}
	assert_int_equal(why.len, 0);
}

static void other_sizes_are_refused(void **state)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{"", "not a size"},	   {"M", "not a size"},
		{"-1", "not a size"},	   {"1.5M", "not a size"},
		{"16MB", "not a size"},	   {"16 M", "not a size"},
		{"16P", "not a size"},	   {"16\x0b", "not a size"},
		{"9223372036854775808", "too large"},
		{"8388608T", "too large"}, {"99999999999999999999k", "too large"},
	};

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++) {
		struct buf why = {0};
		uint64_t n = 77;

		assert_int_equal(units_parse_size(&n, bad[i].text, &why), -1);
		assert_int_equal(n, 77);
		assert_says(&why, bad[i].says);
	}
}

static void seconds_have_decimals(void **state)
{
	static const struct {
		const char *text;
		msec expected;
	} good[] = {
		{"30", 30000},	    {"2.5", 2500},
		{".5", 500},	    {"5.", 5000},
		{"0.001", 1},	    {"0.1", 100},
		{"1.0000009", 1000}, {"2147483", 2147483000.0},
		{"0000000000000000000001", 1000},
	};
	struct buf why = {0};
	msec t;

	(void)state;
	for (size_t i = 0; i < LEN(good); i++) {
		assert_int_equal(units_parse_seconds(&t, good[i].text, false,
						     &why), 0);
		assert_true(t == good[i].expected);
	}
	assert_int_equal(units_parse_seconds(&t, "0", true, &why), 0);
	assert_true(t == 0);
	assert_int_equal(why.len, 0);
}

static void other_durations_are_refused(void **state)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{"", "not a number of seconds"},
		{".", "not a number of seconds"},
		{"-1", "not a number of seconds"},
		{"30s", "without a unit"},
		{"500ms", "without a unit"},
		{"1,5", "not a number of seconds"},
		{"1.2.3", "not a number of seconds"},
		{"1e9", "not a number of seconds"},
		{"inf", "not a number of seconds"},
		{"nan", "not a number of seconds"},
		{"0x1p3", "not a number of seconds"},
		{"0", "more than 0"},
		{"0.0", "more than 0"},
		{"0.0000001", "more than 0"},
		{"2147483.5", "at most 2147483"},
		{"99999999999999999999999", "at most 2147483"},
	};

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++) {
		struct buf why = {0};
		msec t = 77;

		assert_int_equal(units_parse_seconds(&t, bad[i].text, false,
						     &why), -1);
		assert_true(t == 77);
		assert_says(&why, bad[i].says);
	}
}

static void rates_become_the_time_between_two_starts(void **state)
{
	static const struct {
		const char *text;
		msec expected;
	} good[] = {
		{"10/s", 100},	   {"600/m", 100},
		{"3600/h", 1000},  {"0.5/s", 2000},
		{"2.5/s", 400},	   {"1/h", 3600000},
		{"1000000/s", .001}, {"3600000000/h", .001},
	};
	struct buf why = {0};
	msec t;

	(void)state;
	for (size_t i = 0; i < LEN(good); i++) {
		assert_int_equal(units_parse_rate(&t, good[i].text, &why), 0);
		assert_true(t == good[i].expected);
	}
	assert_int_equal(why.len, 0);
}

static void other_rates_are_refused(void **state)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{"", "not a rate"},
		{"/s", "not a rate"},
		{"fast", "not a rate"},
		{"-1/s", "not a rate"},
		{"10", "a unit is needed: 10/s, 600/m or 1000/h"},
		{"10s", "a unit is needed: 10/s, 600/m or 1000/h"},
		{"10/", "a unit s, m or h"},
		{"10/d", "a unit s, m or h"},
		{"10/sec", "a unit s, m or h"},
		{"10/S", "a unit s, m or h"},
		{"10 /s", "a unit s, m or h"},
		{"10/s/s", "a unit s, m or h"},
		{"10x/s", "a unit s, m or h"},
		{"0/s", "more than 0"},
		{"0.0000001/s", "more than 0"},
		{"1000001/s", "at most 1000000/s"},
		{"99999999999999999999/h", "at most 1000000/s"},
	};

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++) {
		struct buf why = {0};
		msec t = 77;

		assert_int_equal(units_parse_rate(&t, bad[i].text, &why), -1);
		assert_true(t == 77);
		assert_says(&why, bad[i].says);
	}
}

static void decimals_are_read_the_same_in_every_locale(void **state)
{
	static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8"};
	struct buf why = {0};
	msec t;

	(void)state;
	for (size_t i = 0; i < LEN(locales); i++)
		if (setlocale(LC_ALL, locales[i]))
			break;
	assert_int_equal(units_parse_seconds(&t, "2.5", false, &why), 0);
	assert_true(t == 2500);
	assert_int_equal(units_parse_seconds(&t, "2,5", false, &why), -1);
	setlocale(LC_ALL, "C");
	buf_release(&why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_numbers_are_read_up_to_their_limits),
		cmocka_unit_test(other_texts_are_not_whole_numbers),
		cmocka_unit_test(sizes_have_units_of_1024),
		cmocka_unit_test(other_sizes_are_refused),
		cmocka_unit_test(seconds_have_decimals),
		cmocka_unit_test(other_durations_are_refused),
		cmocka_unit_test(rates_become_the_time_between_two_starts),
		cmocka_unit_test(other_rates_are_refused),
		cmocka_unit_test(decimals_are_read_the_same_in_every_locale),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
