#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ratelimit/limiter.h"

static void zero_limits_nothing(void **state)
{
	struct limiter l = {0};

	(void)state;
	for (int i = 0; i < 1000; i++) {
		assert_true(limiter_wait(&l, 0) == 0);
		limiter_acquire(&l, 0);
	}
	assert_int_equal(l.taken, 1000);
}

static void permits_are_returned_only_by_release(void **state)
{
	struct limiter l = {.permits = 2};

	(void)state;
	limiter_acquire(&l, 0);
	assert_true(limiter_wait(&l, 0) == 0);
	limiter_acquire(&l, 0);
	assert_true(limiter_wait(&l, 0) == MSEC_NEVER);
	assert_true(limiter_wait(&l, 1e9) == MSEC_NEVER);
	limiter_release(&l);
	assert_true(limiter_wait(&l, 0) == 0);
}

static void there_is_no_burst_after_an_idle_time(void **state)
{
	struct limiter l = {.interval = 100};
	const msec now = 1e6;

	(void)state;
	limiter_acquire(&l, now);
	assert_true(limiter_wait(&l, now) >= 98);
	assert_true(limiter_wait(&l, now) <= 100);
	assert_true(limiter_wait(&l, now + 98) == 0);
}

static void interval_and_permits_both_hold(void **state)
{
	struct limiter l = {.permits = 1, .interval = 100};

	(void)state;
	limiter_acquire(&l, 50);
	assert_true(limiter_wait(&l, 500) == MSEC_NEVER);
	limiter_release(&l);
	assert_true(limiter_wait(&l, 60) > 0);
	assert_true(limiter_wait(&l, 150) == 0);
}

/* Starts requests as often as the limiter allows, for `length` msec, with a
 * clock that ticks every `step` msec. Returns the number of starts. */
static unsigned starts(msec interval, msec step, msec length, msec *shortest)
{
	struct limiter l = {.interval = interval};
	msec last = -MSEC_NEVER;
	unsigned n = 0;

	*shortest = MSEC_NEVER;
	for (msec now = 1000; now < 1000 + length; now += step) {
		while (limiter_wait(&l, now) <= 0) {
			limiter_acquire(&l, now);
			if (now - last < *shortest)
				*shortest = now - last;
			last = now;
			n++;
		}
	}
	return n;
}

static void late_timers_do_not_lower_the_rate(void **state)
{
	static const msec intervals[] = {0.25, 0.5, 1, 1.3, 2, 7, 33.3};

	(void)state;
	for (unsigned i = 0; i < sizeof(intervals) / sizeof(*intervals); i++) {
		const msec length = 10000 * intervals[i];
		msec shortest;
		const unsigned n = starts(intervals[i], 0.9, length, &shortest);

		assert_in_range(n, 9990, 10000 + (unsigned)(2 / intervals[i])
				+ 1);
	}
}

static void no_start_is_more_than_two_msec_early(void **state)
{
	msec shortest;

	(void)state;
	for (msec step = 0.1; step < 40; step *= 1.7) {
		const unsigned n = starts(25, step, 10000, &shortest);

		assert_true(shortest >= 25 - 2);
		assert_true(n <= 401);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zero_limits_nothing),
		cmocka_unit_test(permits_are_returned_only_by_release),
		cmocka_unit_test(there_is_no_burst_after_an_idle_time),
		cmocka_unit_test(interval_and_permits_both_hold),
		cmocka_unit_test(late_timers_do_not_lower_the_rate),
		cmocka_unit_test(no_start_is_more_than_two_msec_early),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
