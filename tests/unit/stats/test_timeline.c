/* cmd/stats/timeline.c: no time is lost, however long the run is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/stats/timeline.h"

static double average[TIMELINE_BUCKETS];

static void add(struct timeline *t, msec ended, enum phase phase, msec length)
{
	msec phases[PHASE_COUNT] = {0};

	phases[phase] = length;
	timeline_add(t, ended, phases, false);
}

/* Returns the time in a phase: the average number in flight times the length of
 * the buckets. */
static double area(const struct timeline *t, enum phase phase)
{
	double sum = 0;

	timeline_average(t, phase, average);
	for (size_t i = 0; i < t->used; i++)
		sum += average[i];
	return sum * t->step;
}

static uint64_t finished(const struct timeline *t)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < t->used; i++)
		sum += t->buckets[i].finished;
	return sum;
}

static uint64_t errors(const struct timeline *t)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < t->used; i++)
		sum += t->buckets[i].errors;
	return sum;
}

static void assert_near(double got, double wanted)
{
	if (!(fabs(got - wanted) <= 1e-6 * fmax(1, fabs(wanted))))
		fail_msg("%.9g, not %.9g", got, wanted);
}

static void empty_timeline_has_no_buckets(void **state)
{
	struct timeline *t = xcalloc(1, sizeof(*t));

	(void)state;
	timeline_average(t, PHASE_WAIT, average);
	assert_int_equal(t->used, 0);
	free(t);
}

static void a_request_is_in_its_phases_one_after_the_other(void **state)
{
	struct timeline *t = xcalloc(1, sizeof(*t));
	const msec phases[PHASE_COUNT] = {
		[PHASE_WAIT] = 2, [PHASE_CONNECT] = 1.5, [PHASE_BODY] = 2.5,
	};

	(void)state;
	timeline_add(t, 8, phases, true);
	assert_near(t->step, 1);
	timeline_average(t, PHASE_WAIT, average);
	assert_near(average[1], 0);
	assert_near(average[2], 1);
	assert_near(average[3], 1);
	assert_near(average[4], 0);
	timeline_average(t, PHASE_CONNECT, average);
	assert_near(average[3], 0);
	assert_near(average[4], 1);
	assert_near(average[5], .5);
	assert_near(average[6], 0);
	timeline_average(t, PHASE_BODY, average);
	assert_near(average[4], 0);
	assert_near(average[5], .5);
	assert_near(average[6], 1);
	assert_near(average[7], 1);
	assert_near(average[8], 0);
	assert_int_equal(t->buckets[8].finished, 1);
	assert_int_equal(t->buckets[8].errors, 1);
	free(t);
}

/* Records are added one by one, but written together. */
static void requests_ending_together_add_up(void **state)
{
	struct timeline *t = xcalloc(1, sizeof(*t));
	double total = 0;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		const msec left = (i / 10 + 1) * 25;

		timeline_change(t, i * 2.4, PHASE_OUTPUT, 1);
		total += left - i * 2.4;
		if (i % 10 == 9)
			timeline_change(t, left, PHASE_OUTPUT, -10);
	}
	assert_near(area(t, PHASE_OUTPUT), total);
	assert_near(t->total[PHASE_OUTPUT], total);
	assert_int_equal(finished(t), 0);
	free(t);
}

static void averages_add_up_to_the_time_in_flight(void **state)
{
	struct timeline *t = xcalloc(1, sizeof(*t));
	double total[PHASE_COUNT] = {0};

	(void)state;
	srand48(1);
	for (int i = 0; i < 5000; i++) {
		msec phases[PHASE_COUNT];

		for (size_t p = 0; p < PHASE_COUNT; p++) {
			phases[p] = drand48() < .3 ? 0 : 90 * drand48();
			total[p] += phases[p];
		}
		/* By their phases, the first requests would have begun before
		 * the run. */
		timeline_add(t, i * .9, phases, i % 10 == 0);
	}
	assert_true(t->step > 1);
	assert_true(t->used <= TIMELINE_BUCKETS);
	for (size_t p = 0; p < PHASE_COUNT; p++) {
		assert_near(area(t, (enum phase)p), total[p]);
		assert_near(t->total[p], total[p]);
	}
	assert_int_equal(finished(t), 5000);
	assert_int_equal(errors(t), 500);
	free(t);
}

/* Adds the same requests with and without a late one, which doubles the
 * step. */
static void doubling_gives_what_wide_buckets_would_have_had(void **state)
{
	struct timeline *t = xcalloc(1, sizeof(*t));
	struct timeline *wide = xcalloc(1, sizeof(*wide));
	double doubled[TIMELINE_BUCKETS];

	(void)state;
	srand48(2);
	add(wide, TIMELINE_BUCKETS * 5, PHASE_TLS, 3);
	for (int i = 0; i < 300; i++) {
		const msec length = 80 * drand48();
		const msec ended = length + 39.9 * drand48();

		add(t, ended, PHASE_TLS, length);
		add(wide, ended, PHASE_TLS, length);
	}
	assert_near(t->step, 1);
	add(t, TIMELINE_BUCKETS * 5, PHASE_TLS, 3);
	assert_near(t->step, 8);
	assert_near(wide->step, 8);
	assert_int_equal(t->used, wide->used);
	timeline_average(t, PHASE_TLS, doubled);
	timeline_average(wide, PHASE_TLS, average);
	for (size_t i = 0; i < t->used; i++) {
		assert_near(doubled[i], average[i]);
		assert_int_equal(t->buckets[i].finished,
				 wide->buckets[i].finished);
	}
	free(t);
	free(wide);
}

/* Tests also a phase that ends in the very last bucket, before it is merged. */
static void the_last_bucket_loses_nothing_when_the_step_doubles(void **state)
{
	struct timeline *t = xcalloc(1, sizeof(*t));

	(void)state;
	add(t, TIMELINE_BUCKETS - .25, PHASE_DNS, TIMELINE_BUCKETS - 1);
	assert_near(area(t, PHASE_DNS), TIMELINE_BUCKETS - 1);
	for (int i = 1; i <= 10; i++) {
		add(t, TIMELINE_BUCKETS * ldexp(1, i), PHASE_TLS, 1);
		assert_near(area(t, PHASE_DNS), TIMELINE_BUCKETS - 1);
	}
	assert_int_equal(finished(t), 11);
	free(t);
}

static void invalid_times_do_no_harm(void **state)
{
	static const double odd[] = {NAN, INFINITY, -INFINITY, -1, 0, 1e300};
	struct timeline *t = xcalloc(1, sizeof(*t));

	(void)state;
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++)
		for (size_t k = 0; k < sizeof(odd) / sizeof(*odd); k++)
			add(t, odd[i], PHASE_PARSE, odd[k]);
	assert_int_equal(finished(t), 36);
	assert_true(isfinite(area(t, PHASE_PARSE)));
	free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_timeline_has_no_buckets),
		cmocka_unit_test(
			a_request_is_in_its_phases_one_after_the_other),
		cmocka_unit_test(requests_ending_together_add_up),
		cmocka_unit_test(averages_add_up_to_the_time_in_flight),
		cmocka_unit_test(
			doubling_gives_what_wide_buckets_would_have_had),
		cmocka_unit_test(
			the_last_bucket_loses_nothing_when_the_step_doubles),
		cmocka_unit_test(invalid_times_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
