/* cmd/compare/measures.c: figures use measured values only, and a run with few
 * samples gives none. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "cmd/compare/measures.h"

static void assert_figure(struct figure f, double median, double low,
			  double high)
{
	assert_true(f.median == median);
	assert_true(f.low == low);
	assert_true(f.high == high);
}

static void median_is_the_middle_value(void **state)
{
	(void)state;
	assert_figure(figure_of((double[]){9, 1, 5}, 3), 5, 1, 9);
	assert_figure(figure_of((double[]){7}, 1), 7, 7, 7);
}

static void median_of_an_even_count_is_between_two_values(void **state)
{
	(void)state;
	assert_figure(figure_of((double[]){4, 1, 2, 100}, 4), 3, 1, 100);
}

static void values_not_measured_are_ignored(void **state)
{
	(void)state;
	assert_figure(figure_of((double[]){NAN, 2, NAN}, 3), 2, 2, 2);
	assert_true(isnan(figure_of((double[]){NAN}, 1).median));
	assert_true(isnan(figure_of(NULL, 0).high));
}

static void threads_of_a_run_that_was_hardly_sampled_are_unknown(void **state)
{
	struct run_result run = {
		.wall = .015,
		.peaks = {.threads = 1, .processes = 1, .memory = 1 << 20},
	};
	const struct compare_mode mode = {.runs = &run, .len = 1};

	(void)state;
	for (unsigned samples = 0; samples < 8; samples++) {
		const struct figure threads =
			measure_of(&mode, MEASURE_THREADS);
		const struct figure processes =
			measure_of(&mode, MEASURE_PROCESSES);

		assert_int_equal(isnan(threads.median) != 0, samples < 4);
		assert_int_equal(isnan(processes.median) != 0, samples < 4);
		run.samples++;
	}
}

static void a_run_that_was_not_sampled_has_no_memory(void **state)
{
	struct run_result run = {.wall = .015};
	const struct compare_mode mode = {.runs = &run, .len = 1};

	(void)state;
	assert_true(isnan(measure_of(&mode, MEASURE_PEAK_MEMORY).median));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(median_is_the_middle_value),
		cmocka_unit_test(median_of_an_even_count_is_between_two_values),
		cmocka_unit_test(values_not_measured_are_ignored),
		cmocka_unit_test(
			threads_of_a_run_that_was_hardly_sampled_are_unknown),
		cmocka_unit_test(a_run_that_was_not_sampled_has_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
