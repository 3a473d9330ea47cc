/* ratelimit/schedule.c: the interval that follows a host's response time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/job/job.h"
#include "ratelimit/schedule.h"

static struct schedule *schedule(unsigned per_host, double share)
{
	return schedule_new(&(struct schedule_config){
		.parallel_max = 10,
		.parallel_max_host = per_host,
		.response_share = share,
	});
}

static void add(struct schedule *s, const char *host, int count, msec now)
{
	while (count-- > 0) {
		struct job *job = job_new();
		char text[100];
		const int len = snprintf(text, sizeof(text), "http://%s/",
					 host);

		assert_int_equal(url_parse(&job->hop.url, text, (size_t)len,
					   NULL), 0);
		schedule_add(s, job, now);
	}
}

/* Starts a job and returns it; a start must be possible. */
static struct job *start(struct schedule *s, msec now)
{
	struct job *job = schedule_next(s, now, NULL);

	assert_non_null(job);
	job->hop.started = now;
	return job;
}

static void finish(struct schedule *s, struct job *job, enum outcome outcome,
		   msec now)
{
	schedule_fetched(s, job, outcome, now);
	schedule_done(s, job);
	job_free(job);
}

/* Checks that the next start is possible after that time. It may be 2 ms early,
 * because a limiter makes up for late starts. */
static void waits(struct schedule *s, msec now, msec expected)
{
	msec wait = -1;

	assert_null(schedule_next(s, now, &wait));
	assert_true(wait <= expected && wait >= expected - 2);
}

static void starts_are_half_a_response_time_apart(void **state)
{
	struct schedule *s = schedule(2, 0.5);
	struct job *job;

	(void)state;
	add(s, "a", 4, 1000);
	finish(s, start(s, 1000), OUTCOME_OK, 1200);
	/* 100 ms have passed since the start. */
	job = start(s, 1200);
	waits(s, 1200, 100);
	/* A job of another host does not wait. */
	add(s, "b", 1, 1250);
	finish(s, start(s, 1250), OUTCOME_OK, 1251);
	finish(s, job, OUTCOME_OK, 1300);	/* the average is then 150 ms */
	finish(s, start(s, 1300), OUTCOME_NONE, 2450);	/* the average is then
							 * 650 ms */
	job = start(s, 2450);
	add(s, "a", 1, 2450);
	waits(s, 2450, 325);
	finish(s, job, OUTCOME_OK, 2460);
	/* The start is not possible sooner than was calculated before. */
	waits(s, 2460, 315);
	finish(s, start(s, 2775), OUTCOME_OK, 2776);
	schedule_free(s);
}

static void host_without_jobs_is_remembered_for_the_interval(void **state)
{
	struct schedule *s = schedule(2, 0.5);
	struct job *job;

	(void)state;
	add(s, "a", 1, 1000);
	finish(s, start(s, 1000), OUTCOME_OK, 1200);
	assert_int_equal(schedule_hosts(s), 1);
	add(s, "a", 2, 1201);
	job = start(s, 1201);
	waits(s, 1201, 100);
	finish(s, job, OUTCOME_OK, 1401);
	finish(s, start(s, 1401), OUTCOME_OK, 1601);
	/* Adding a host makes the schedule forget the idle one. */
	add(s, "b", 1, 1702);
	finish(s, start(s, 1702), OUTCOME_OK, 1702);
	assert_int_equal(schedule_hosts(s), 0);
	schedule_free(s);
}

static void quick_responses_need_no_interval(void **state)
{
	struct schedule *s = schedule(2, 0.5);

	(void)state;
	add(s, "a", 3, 1000);
	finish(s, start(s, 1000), OUTCOME_OK, 1001.9);
	finish(s, start(s, 1001.9), OUTCOME_OK, 1002);
	finish(s, start(s, 1002), OUTCOME_OK, 1003);
	schedule_free(s);
}

static void no_share_means_no_interval(void **state)
{
	struct schedule *s = schedule(2, 0);
	struct job *job;

	(void)state;
	add(s, "a", 3, 1000);
	finish(s, start(s, 1000), OUTCOME_OK, 5000);
	job = start(s, 5000);
	finish(s, start(s, 5000), OUTCOME_OK, 5000);
	finish(s, job, OUTCOME_OK, 5000);
	schedule_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(starts_are_half_a_response_time_apart),
		cmocka_unit_test(
			host_without_jobs_is_remembered_for_the_interval),
		cmocka_unit_test(quick_responses_need_no_interval),
		cmocka_unit_test(no_share_means_no_interval),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
