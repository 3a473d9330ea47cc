/* cmd/compare/measures.c: what was not seen is not told. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "cmd/compare/measures.h"

static void threads_of_a_run_that_was_hardly_seen_are_unknown(void **state)
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

static void a_run_that_was_not_seen_has_no_memory(void **state)
{
	struct run_result run = {.wall = .015};
	const struct compare_mode mode = {.runs = &run, .len = 1};

	(void)state;
	assert_true(isnan(measure_of(&mode, MEASURE_PEAK_MEMORY).median));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			threads_of_a_run_that_was_hardly_seen_are_unknown),
		cmocka_unit_test(a_run_that_was_not_seen_has_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
