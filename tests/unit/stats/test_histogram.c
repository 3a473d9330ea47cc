/* cmd/stats/histogram.c: percentiles in fixed memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cmd/stats/histogram.h"

static struct histogram *h;

static int make(void **state)
{
	(void)state;
	h = xcalloc(1, sizeof(*h));
	return 0;
}

static int drop(void **state)
{
	(void)state;
	free(h);
	return 0;
}

static void assert_near(msec value, msec expected)
{
	if (fabs(value - expected) > expected * .01)
		fail_msg("%g is not %g", value, expected);
}

static void memory_is_fixed_and_small(void **state)
{
	(void)state;
	assert_true(sizeof(struct histogram) <= 64 * 1024);
}

static void empty_histogram_gives_zero(void **state)
{
	(void)state;
	assert_true(histogram_at(h, .5) == 0);
	assert_true(histogram_at(h, 1) == 0);
}

static void one_value_is_every_percentile_exactly(void **state)
{
	(void)state;
	histogram_add(h, 123.456);
	assert_true(histogram_at(h, 0) == 123.456);
	assert_true(histogram_at(h, .5) == 123.456);
	assert_true(histogram_at(h, 1) == 123.456);
}

static void percentiles_are_within_one_percent(void **state)
{
	(void)state;
	for (int i = 1; i <= 100000; i++)
		histogram_add(h, i * .01);
	assert_near(histogram_at(h, 0), .01);
	assert_near(histogram_at(h, .01), 10);
	assert_near(histogram_at(h, .5), 500);
	assert_near(histogram_at(h, .9), 900);
	assert_near(histogram_at(h, .99), 990);
	assert_near(histogram_at(h, 1), 1000);
	assert_true(h->min == .01 && h->max == 1000);
}

static void every_magnitude_is_within_one_percent(void **state)
{
	(void)state;
	for (msec value = .001; value < 2e8; value *= 1.003) {
		*h = (struct histogram){0};
		/* Add values on both sides, because the minimum and the maximum
		 * are exact. */
		histogram_add(h, 0);
		histogram_add(h, value);
		histogram_add(h, 1e9);
		assert_near(histogram_at(h, .5), value);
	}
}

static void the_rank_is_the_nearest_one_not_below(void **state)
{
	(void)state;
	for (int i = 1; i <= 4; i++)
		histogram_add(h, i * 100);
	assert_near(histogram_at(h, .25), 100);
	assert_near(histogram_at(h, .26), 200);
	assert_near(histogram_at(h, .5), 200);
	assert_near(histogram_at(h, .75), 300);
	assert_near(histogram_at(h, .99), 400);
}

static void odd_values_are_counted(void **state)
{
	static const msec odd[] = {0, -1, 1e-300, 5e-324, 1e300};

	(void)state;
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++)
		histogram_add(h, odd[i]);
	histogram_add(h, (msec)NAN);
	histogram_add(h, MSEC_NEVER);
	assert_int_equal(h->count, 7);
	assert_true(h->min == 0);
	assert_true(isinf(h->max));
	assert_true(histogram_at(h, 0) < 1e-3);
	assert_true(histogram_at(h, .99) > 2e8);
}

static void groups_hold_every_value_once(void **state)
{
	static const double ends[][2] = {
		{5, 5}, {1, 1.5}, {10, 90}, {.001, 1e6}, {0, 1e30}, {300, 301},
	};
	struct histogram_group groups[HISTOGRAM_GROUPS];

	(void)state;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		uint64_t sum = 0;
		size_t len;

		*h = (struct histogram){0};
		for (int k = 0; k <= 1000; k++)
			histogram_add(h, ends[i][0] + (ends[i][1] -
						       ends[i][0]) * k / 1000);
		len = histogram_groups(h, groups);
		assert_in_range(len, 1, HISTOGRAM_GROUPS);
		for (size_t k = 0; k < len; k++) {
			sum += groups[k].count;
			if (k)
				assert_true(groups[k].upper >
					    groups[k - 1].upper);
		}
		assert_int_equal(sum, 1001);
		assert_true(groups[0].count > 0);
		assert_true(groups[len - 1].count > 0);
	}
	*h = (struct histogram){0};
	assert_int_equal(histogram_groups(h, groups), 0);
}

/* A value equal to the upper bound of a group belongs to the next group. */
static void groups_begin_where_the_one_before_ends(void **state)
{
	struct histogram_group groups[HISTOGRAM_GROUPS];

	(void)state;
	histogram_add(h, 1);
	histogram_add(h, 1.99);
	histogram_add(h, 2);
	histogram_add(h, 1000);
	const size_t len = histogram_groups(h, groups);

	assert_true(len > 20);
	for (size_t i = 0; i < len; i++) {
		if (groups[i].upper == 2)
			assert_int_equal(groups[i + 1].count, 1);
		else if (groups[i].upper < 2 && i)
			assert_true(groups[i].count <= 1);
	}
	assert_true(groups[len - 1].upper > 1000);
	assert_true(groups[len - 2].upper <= 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_fixed_and_small),
		cmocka_unit_test_setup_teardown(
			empty_histogram_gives_zero, make,
						drop),
		cmocka_unit_test_setup_teardown(
			one_value_is_every_percentile_exactly, make, drop),
		cmocka_unit_test_setup_teardown(
			percentiles_are_within_one_percent, make, drop),
		cmocka_unit_test_setup_teardown(
			every_magnitude_is_within_one_percent, make, drop),
		cmocka_unit_test_setup_teardown(
			the_rank_is_the_nearest_one_not_below, make, drop),
		cmocka_unit_test_setup_teardown(odd_values_are_counted, make,
						drop),
		cmocka_unit_test_setup_teardown(groups_hold_every_value_once,
						make, drop),
		cmocka_unit_test_setup_teardown(
			groups_begin_where_the_one_before_ends, make, drop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
