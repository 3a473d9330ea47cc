/* cmd/compare/advice.c: the recommended mode, the kind of a list, and the
 * sentence about them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "cmd/compare/advice.h"

static void check(const struct advice_mode *modes, size_t len,
		  const char *mode, const char *kind, const char *reason)
{
	struct advice a = advice_make(modes, len, 2);

	assert_string_equal(modes[a.mode].name, mode);
	assert_string_equal(a.kind, kind);
	assert_string_equal(buf_cstr(&a.reason), reason);
	buf_release(&a.reason);
}

#define SERIAL(wall, cpu) {"serial", true, wall, cpu, 10e6, .01, 100, 0}

static void waiting_lists_are_io_bound(void **state)
{
	const struct advice_mode modes[] = {
		SERIAL(10, .5),
		{"threads", false, .25, .6, 30e6, .1, 100, 0},
		{"async", false, .24, .5, 20e6, .1, 100, 0},
	};

	(void)state;
	check(modes, 3, "async", "I/O-bound",
	      "one request at a time waits for 95 % of its time, and async is "
	      "41.7 times as fast as serial, with less memory than threads, "
	      "which is as fast");
}

static void computing_lists_are_cpu_bound(void **state)
{
	const struct advice_mode modes[] = {
		SERIAL(10, 9.5),
		{"async", false, 5, 9.9, 20e6, .1, 100, 0},
		{"fork", false, 6, 9.9, 5e6, .1, 100, 0},
	};

	(void)state;
	check(modes, 3, "async", "CPU-bound",
	      "one request at a time computes for 95 % of its time, so 2 "
	      "processors set the limit, and async is 2.0 times as fast as "
	      "serial");
}

static void list_between_the_thresholds_is_mixed(void **state)
{
	const struct {
		double cpu;
		const char *kind;
	} rows[] = {{2.99, "I/O-bound"}, {3.01, "mixed"}, {5, "mixed"},
		    {6.99, "mixed"}, {7.01, "CPU-bound"},
		    /* The share may exceed 1, because the clocks of wall time
		     * and CPU time may disagree. */
		    {11, "CPU-bound"}, {0, "I/O-bound"}};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct advice_mode serial = SERIAL(10, rows[i].cpu);
		struct advice a = advice_make(&serial, 1, 2);

		assert_string_equal(a.kind, rows[i].kind);
		buf_release(&a.reason);
	}
}

static void without_serial_a_requests_share_counts(void **state)
{
	const struct advice_mode waits[] = {
		{"threads", false, 1, .9, 9e6, .1, 100, 0},
		{"async", false, .5, .1, 9e6, .099, 100, 0},
	};
	const struct advice_mode computes[] = {
		{"async", false, 5, 10, 9e6, .01, 100, 0},
	};

	(void)state;
	check(waits, 2, "async", "I/O-bound",
	      "a request waits for 99 % of its time, and async took 0.5 s");
	check(computes, 1, "async", "CPU-bound",
	      "a request computes for 91 % of its time, so 2 processors set "
	      "the limit, and async took 5 s");
}

static void modes_with_more_failures_are_not_recommended(void **state)
{
	const struct advice_mode modes[] = {
		SERIAL(10, 1),
		{"threads", false, .1, .1, 9e6, .1, 100, 50},
		{"async", false, 1, .1, 9e6, .1, 100, 0},
	};

	(void)state;
	check(modes, 3, "async", "I/O-bound",
	      "one request at a time waits for 90 % of its time, and async is "
	      "10.0 times as fast as serial");
}

static void of_equal_modes_the_least_memory_wins(void **state)
{
	const struct advice_mode modes[] = {
		{"fork", false, 1.00, .1, 50e6, .1, 1, 0},
		SERIAL(1.09, .05),
	};

	(void)state;
	check(modes, 2, "serial", "I/O-bound",
	      "one request at a time waits for 95 % of its time, and no mode "
	      "is clearly faster than serial; serial takes the least memory");
}

static void lists_without_requests_have_advice_too(void **state)
{
	const struct advice_mode modes[] = {
		{"async", false, 0, 0, 0, NAN, 0, 0},
	};

	(void)state;
	check(modes, 1, "async", "I/O-bound",
	      "a request waits for 100 % of its time, and async took 0 s");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waiting_lists_are_io_bound),
		cmocka_unit_test(computing_lists_are_cpu_bound),
		cmocka_unit_test(list_between_the_thresholds_is_mixed),
		cmocka_unit_test(without_serial_a_requests_share_counts),
		cmocka_unit_test(modes_with_more_failures_are_not_recommended),
		cmocka_unit_test(of_equal_modes_the_least_memory_wins),
		cmocka_unit_test(lists_without_requests_have_advice_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
