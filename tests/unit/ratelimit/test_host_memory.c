/* A host whose state moves to another schedule must go on there as it would
 * have gone on in the first one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/job/job.h"
#include "ratelimit/host_memory.h"
#include "ratelimit/schedule.h"

/* The clocks of two machines. */
#define HERE 1000.0
#define THERE 5e6

/* The limiter starts a request up to this time too early
 * (ratelimit/limiter.c). */
#define EARLY 2.0

static const struct slice host = {"a.example", 9};

static struct schedule *schedule_of(msec interval)
{
	return schedule_new(&(struct schedule_config){
		.parallel_max = 64,
		.parallel_max_host = 4,
		.host_interval = interval,
	});
}

static void add(struct schedule *s, msec now, msec crawl_delay)
{
	struct job *job = job_new();

	assert_int_equal(url_parse(&job->hop.url, "http://a.example/", 17,
				   NULL), 0);
	job->host_interval = crawl_delay;
	schedule_add(s, job, now);
}

static void end(struct schedule *s, struct job *job, enum outcome outcome,
		msec now)
{
	schedule_fetched(s, job, outcome, now);
	schedule_done(s, job);
	job_free(job);
}

/* Moves the state of the host to a new schedule, frees the old one, and returns
 * the new one with a job that waits. */
static struct schedule *move(struct schedule *s, msec interval, msec now,
			     msec crawl_delay)
{
	struct schedule *to = schedule_of(interval);
	struct host_memory m;

	schedule_describe_host(s, host, now, &m);
	schedule_recall_host(to, host, THERE, &m);
	schedule_free(s);
	add(to, THERE, crawl_delay);
	return to;
}

static msec wait_of(struct schedule *s, msec now)
{
	struct job *job;
	msec wait = 0;

	job = schedule_next(s, now, &wait);
	if (job) {
		end(s, job, OUTCOME_OK, now);
		return 0;
	}
	return wait;
}

static void unknown_host_is_described_by_zeros(void **state)
{
	struct schedule *s = schedule_of(0);
	struct host_memory m, none = {0};

	(void)state;
	schedule_describe_host(s, host, HERE, &m);
	assert_memory_equal(&m, &none, sizeof(m));
	schedule_recall_host(s, host, HERE, &m);
	assert_int_equal(schedule_hosts(s), 0);
	schedule_free(s);
}

static void interval_goes_on(void **state)
{
	struct schedule *s = schedule_of(500);

	(void)state;
	add(s, HERE, 0);
	end(s, schedule_next(s, HERE, NULL), OUTCOME_OK, HERE + 100);
	s = move(s, 500, HERE + 100, 0);
	assert_true(wait_of(s, THERE) == 400 - EARLY);
	assert_true(wait_of(s, THERE + 400) == 0);
	schedule_free(s);
}

static void crawl_delay_goes_on(void **state)
{
	struct schedule *s = schedule_of(0);
	struct host_memory m;

	(void)state;
	add(s, HERE, 3000);
	end(s, schedule_next(s, HERE, NULL), OUTCOME_OK, HERE);
	schedule_describe_host(s, host, HERE + 1000, &m);
	assert_true(m.interval == 3000 && m.ready == 2000 - EARLY);
	s = move(s, 0, HERE + 1000, 0);
	assert_true(wait_of(s, THERE) == 2000 - EARLY);
	schedule_free(s);
}

static void pause_goes_on_and_is_followed_by_a_single_request(void **state)
{
	struct schedule *s = schedule_of(0);
	struct job *probe;

	(void)state;
	schedule_pause_host(s, host, HERE, HERE + 9000);
	s = move(s, 0, HERE + 2000, 0);
	add(s, THERE, 0);
	assert_true(wait_of(s, THERE) == 7000);
	probe = schedule_next(s, THERE + 7000, NULL);
	assert_non_null(probe);
	assert_null(schedule_next(s, THERE + 7000, NULL));
	end(s, probe, OUTCOME_OK, THERE + 7100);
	assert_true(wait_of(s, THERE + 7100) == 0);
	schedule_free(s);
}

static void learnt_pace_goes_on(void **state)
{
	struct schedule *s = schedule_of(0);
	struct host_memory before, after;
	struct job *job;

	(void)state;
	for (int i = 0; i < 20; i++) {
		add(s, HERE + 100 * i, 0);
		end(s, schedule_next(s, HERE + 100 * i, NULL), OUTCOME_OK,
		    HERE + 100 * i);
	}
	add(s, HERE + 2000, 0);
	job = schedule_next(s, HERE + 2000, NULL);
	end(s, job, OUTCOME_THROTTLED, HERE + 2000);
	schedule_pause_host(s, host, HERE + 2000, HERE + 3000);
	add(s, HERE + 3000, 0);
	end(s, schedule_next(s, HERE + 3000, NULL), OUTCOME_OK, HERE + 3000);
	schedule_describe_host(s, host, HERE + 3000, &before);
	assert_true(before.learnt > 0 && before.backoffs == 1);
	s = move(s, 0, HERE + 3000, 0);
	schedule_describe_host(s, host, THERE, &after);
	assert_true(after.learnt == before.learnt);
	assert_int_equal(after.backoffs, 1);
	schedule_free(s);
}

static void quota_goes_on(void **state)
{
	struct schedule *s = schedule_of(0);
	struct job *job, *second;

	(void)state;
	add(s, HERE, 0);
	job = schedule_next(s, HERE, NULL);
	job->res.ratelimit = (struct ratelimit_info){1, HERE + 8000,
						     HERE + 8000};
	end(s, job, OUTCOME_OK, HERE);
	s = move(s, 0, HERE + 1000, 0);
	add(s, THERE, 0);
	second = schedule_next(s, THERE, NULL);
	assert_non_null(second);
	assert_true(wait_of(s, THERE) == 7000);
	end(s, second, OUTCOME_OK, THERE);
	schedule_free(s);
}

static void known_pause_is_not_shortened(void **state)
{
	struct schedule *s = schedule_of(0);
	const struct host_memory m = {.paused = 1000};

	(void)state;
	schedule_pause_host(s, host, HERE, HERE + 5000);
	schedule_recall_host(s, host, HERE, &m);
	add(s, HERE, 0);
	assert_true(wait_of(s, HERE) == 5000);
	schedule_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unknown_host_is_described_by_zeros),
		cmocka_unit_test(interval_goes_on),
		cmocka_unit_test(crawl_delay_goes_on),
		cmocka_unit_test(
			pause_goes_on_and_is_followed_by_a_single_request),
		cmocka_unit_test(learnt_pace_goes_on),
		cmocka_unit_test(quota_goes_on),
		cmocka_unit_test(known_pause_is_not_shortened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
