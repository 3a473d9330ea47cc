/* cmd/compare/figures.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>

#include "cmd/compare/figures.h"

static void assert_figure(struct figure f, double median, double low,
			  double high)
{
	assert_true(f.median == median);
	assert_true(f.low == low);
	assert_true(f.high == high);
}

static void median_is_the_one_in_the_middle(void **state)
{
	(void)state;
	assert_figure(figure_of((double[]){9, 1, 5}, 3), 5, 1, 9);
	assert_figure(figure_of((double[]){7}, 1), 7, 7, 7);
}

static void median_of_an_even_number_is_between_two(void **state)
{
	(void)state;
	assert_figure(figure_of((double[]){4, 1, 2, 100}, 4), 3, 1, 100);
}

static void what_was_not_measured_does_not_count(void **state)
{
	(void)state;
	assert_figure(figure_of((double[]){NAN, 2, NAN}, 3), 2, 2, 2);
	assert_true(isnan(figure_of((double[]){NAN}, 1).median));
	assert_true(isnan(figure_of(NULL, 0).high));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(median_is_the_one_in_the_middle),
		cmocka_unit_test(median_of_an_even_number_is_between_two),
		cmocka_unit_test(what_was_not_measured_does_not_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
