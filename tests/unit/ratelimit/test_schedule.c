#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/job/job.h"
#include "ratelimit/schedule.h"

static struct job *job_for(const char *host)
{
	struct job *job = job_new();
	char text[300];
	const int len = snprintf(text, sizeof(text), "http://%s/", host);

	assert_int_equal(url_parse(&job->hop.url, text, (size_t)len, NULL), 0);
	return job;
}

static struct job *add(struct schedule *s, const char *host, msec now)
{
	struct job *job = job_for(host);

	schedule_add(s, job, now);
	return job;
}

static struct schedule *schedule(unsigned run, unsigned host, msec interval,
				 msec host_interval)
{
	return schedule_new(&(struct schedule_config){
		.parallel_max = run,
		.parallel_max_host = host,
		.interval = interval,
		.host_interval = host_interval,
	});
}

static void finish(struct schedule *s, struct job *job, msec now)
{
	schedule_fetched(s, job, OUTCOME_OK, now);
	schedule_done(s, job);
	job_free(job);
}

static struct slice slice(const char *s)
{
	return (struct slice){s, strlen(s)};
}

static void jobs_of_a_host_come_in_their_order(void **state)
{
	struct schedule *s = schedule(10, 10, 0, 0);
	struct job *jobs[6];
	static const int order[6] = {5, 3, 1, 0, 2, 4};

	(void)state;
	for (int i = 0; i < 6; i++)
		jobs[i] = job_for("a");
	jobs[1]->req.priority = 7;
	jobs[3]->req.priority = 7;
	jobs[3]->again = true;
	jobs[5]->req.priority = 9;
	jobs[5]->again = true;
	jobs[4]->req.priority = -1;
	for (int i = 0; i < 6; i++)
		schedule_add(s, jobs[i], 0);
	assert_int_equal(schedule_waiting(s), 6);
	for (int i = 0; i < 6; i++)
		assert_ptr_equal(schedule_next(s, 0, NULL), jobs[order[i]]);
	assert_null(schedule_next(s, 0, NULL));
	for (int i = 0; i < 6; i++)
		finish(s, jobs[i], 0);
	assert_int_equal(schedule_hosts(s), 0);
	schedule_free(s);
}

static void hosts_take_turns(void **state)
{
	struct schedule *s = schedule(100, 100, 0, 0);
	static const char *const hosts[] = {"a", "b", "c"};
	struct job *job;

	(void)state;
	for (int h = 0; h < 3; h++)
		for (int i = 0; i < 20; i++)
			add(s, hosts[h], 0);
	for (int i = 0; i < 60; i++) {
		job = schedule_next(s, 0, NULL);
		assert_memory_equal(url_host(&job->hop.url).p, hosts[i % 3],
				    1);
		finish(s, job, 0);
	}
	schedule_free(s);
}

/* Each start of a job adds a job of a new host. */
static void new_hosts_do_not_starve_an_old_one(void **state)
{
	struct schedule *s = schedule(1, 1, 0, 0);
	int old = 0;

	(void)state;
	for (int i = 0; i < 10; i++)
		add(s, "old", 0);
	for (int i = 0; i < 1000; i++) {
		struct job *job;
		char name[20];

		snprintf(name, sizeof(name), "new%d", i);
		add(s, name, i);
		job = schedule_next(s, i, NULL);
		old += url_host(&job->hop.url).len == 3;
		finish(s, job, i);
	}
	assert_int_equal(old, 10);
	schedule_free(s);
}

static void host_that_waited_longest_is_next(void **state)
{
	struct schedule *s = schedule(10, 1, 0, 0);
	struct job *a, *b, *a2, *b2;

	(void)state;
	b = add(s, "b", 0);
	a = add(s, "a", 0);
	assert_ptr_equal(schedule_next(s, 0, NULL), b);
	assert_ptr_equal(schedule_next(s, 1, NULL), a);
	b2 = add(s, "b", 1);
	a2 = add(s, "a", 1);
	schedule_pause_host(s, slice("b"), 1, 50);
	finish(s, a, 2);
	finish(s, b, 2);
	/* Host a may start from 2 on, host b from 50 on; b is chosen because
	 * its last start is longer ago. */
	assert_ptr_equal(schedule_next(s, 60, NULL), b2);
	assert_ptr_equal(schedule_next(s, 60, NULL), a2);
	finish(s, a2, 60);
	finish(s, b2, 60);
	schedule_free(s);
}

static void limits_are_per_host_and_for_the_run(void **state)
{
	struct schedule *s = schedule(3, 2, 0, 0);
	struct job *job[5];
	msec wait = 0;

	(void)state;
	for (int i = 0; i < 3; i++)
		add(s, "a", 0);
	job[0] = schedule_next(s, 0, NULL);
	job[1] = schedule_next(s, 0, NULL);
	assert_null(schedule_next(s, 0, &wait));
	assert_true(wait == MSEC_NEVER);
	add(s, "b", 0);
	add(s, "c", 0);
	job[2] = schedule_next(s, 0, NULL);
	assert_non_null(job[2]);
	assert_null(schedule_next(s, 0, &wait));
	assert_true(wait == MSEC_NEVER);
	/* The host's permit has been returned, the run's has not. */
	schedule_fetched(s, job[0], OUTCOME_OK, 0);
	assert_null(schedule_next(s, 0, NULL));
	schedule_done(s, job[0]);
	job_free(job[0]);
	job[3] = schedule_next(s, 0, NULL);
	assert_non_null(job[3]);
	assert_int_equal(schedule_in_flight(s), 3);
	finish(s, job[1], 0);
	job[4] = schedule_next(s, 0, NULL);
	assert_non_null(job[4]);
	for (int i = 2; i < 5; i++)
		finish(s, job[i], 0);
	assert_int_equal(schedule_in_flight(s), 0);
	schedule_free(s);
}

static void a_job_that_comes_back_gives_its_run_permit(void **state)
{
	struct schedule *s = schedule(1, 1, 0, 0);
	struct job *job = add(s, "a", 0);

	(void)state;
	assert_ptr_equal(schedule_next(s, 10, NULL), job);
	assert_true(job->time.wait == 10);
	schedule_fetched(s, job, OUTCOME_OK, 20);
	job->not_before = 100;
	schedule_add(s, job, 20);
	assert_int_equal(schedule_in_flight(s), 0);
	assert_ptr_equal(schedule_next(s, 130, NULL), job);
	assert_true(job->time.wait == 120);
	finish(s, job, 130);
	schedule_free(s);
}

static void a_job_waits_for_its_not_before(void **state)
{
	struct schedule *s = schedule(10, 10, 0, 0);
	struct job *late = job_for("a"), *early;
	msec wait;

	(void)state;
	late->not_before = 500;
	schedule_add(s, late, 0);
	early = add(s, "a", 0);
	assert_ptr_equal(schedule_next(s, 0, NULL), early);
	assert_null(schedule_next(s, 100, &wait));
	assert_true(wait == 400);
	assert_ptr_equal(schedule_next(s, 500, NULL), late);
	finish(s, early, 500);
	finish(s, late, 500);
	schedule_free(s);
}

static void a_closed_host_costs_no_permit(void **state)
{
	struct schedule *s = schedule(1, 1, 0, 0);
	struct job *a, *b;
	msec wait;

	(void)state;
	schedule_pause_host(s, slice("a"), 0, 1000);
	schedule_pause_host(s, slice("a"), 0, 400);
	a = add(s, "a", 0);
	b = add(s, "b", 0);
	assert_ptr_equal(schedule_next(s, 0, NULL), b);
	finish(s, b, 10);
	assert_null(schedule_next(s, 10, &wait));
	assert_true(wait == 990);
	assert_int_equal(schedule_in_flight(s), 0);
	assert_ptr_equal(schedule_next(s, 1000, NULL), a);
	finish(s, a, 1000);
	schedule_free(s);
}

static void a_host_can_be_closed_while_it_is_ready(void **state)
{
	struct schedule *s = schedule(2, 2, 0, 0);
	struct job *first = add(s, "a", 0), *second = add(s, "a", 0);
	msec wait;

	(void)state;
	assert_ptr_equal(schedule_next(s, 0, NULL), first);
	schedule_pause_host(s, slice("a."), 0, 30);
	assert_null(schedule_next(s, 0, &wait));
	assert_true(wait == 30);
	finish(s, first, 5);
	assert_null(schedule_next(s, 29, NULL));
	assert_ptr_equal(schedule_next(s, 30, NULL), second);
	finish(s, second, 30);
	schedule_free(s);
}

static void ten_thousand_closed_hosts_delay_no_other(void **state)
{
	struct schedule *s = schedule(8, 1, 0, 0);
	struct job *job;

	(void)state;
	for (int i = 0; i < 10000; i++) {
		char name[20];

		snprintf(name, sizeof(name), "h%d", i);
		schedule_pause_host(s, slice(name), 0, 60000 + i);
		add(s, name, 0);
	}
	for (int i = 0; i < 1000; i++) {
		add(s, "open", i);
		job = schedule_next(s, i, NULL);
		assert_non_null(job);
		finish(s, job, i);
	}
	for (int i = 0; i < 10000; i++) {
		job = schedule_next(s, 60000 + i, NULL);
		assert_non_null(job);
		assert_null(schedule_next(s, 60000 + i, NULL));
		finish(s, job, 60000 + i);
	}
	assert_int_equal(schedule_waiting(s), 0);
	schedule_free(s);
}

static void a_host_starts_evenly_spaced(void **state)
{
	struct schedule *s = schedule(100, 100, 0, 100);
	msec now = 5000, wait, last = 0;

	(void)state;
	for (int i = 0; i < 50; i++)
		add(s, "a", now);
	for (int i = 0; i < 50; i++) {
		struct job *job = schedule_next(s, now, &wait);

		while (!job) {
			assert_true(wait > 0 && wait <= 100);
			now += wait + 0.7;	/* the timer is late */
			job = schedule_next(s, now, &wait);
		}
		if (i)
			assert_true(now - last >= 98 && now - last <= 103);
		last = now;
		finish(s, job, now);
	}
	assert_true(now >= 5000 + 49 * 100 - 3 && now <= 5000 + 49 * 100 + 3);
	schedule_free(s);
}

static void the_run_starts_evenly_spaced_over_its_hosts(void **state)
{
	struct schedule *s = schedule(100, 1, 10, 35);
	msec now = 0, wait, last = -10;
	unsigned n = 0;

	(void)state;
	for (int i = 0; i < 300; i++)
		add(s, i % 3 == 0 ? "a" : i % 3 == 1 ? "b" : "c", 0);
	while (schedule_waiting(s)) {
		struct job *job = schedule_next(s, now, &wait);

		if (!job) {
			assert_true(wait > 0);
			now += wait;
			continue;
		}
		assert_true(now - last >= 8);
		last = now;
		n++;
		finish(s, job, now);
	}
	assert_int_equal(n, 300);
	/* Three hosts with an interval of 35 msec are slower than the run with
	 * 10. */
	assert_true(now >= 99 * 35 - 5 && now <= 99 * 35 + 30);
	schedule_free(s);
}

static void memory_of_forgotten_hosts_is_freed(void **state)
{
	struct schedule *s = schedule(64, 8, 0, 50);
	size_t most = 0;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		const msec now = i * 0.1;
		struct job *job;
		char name[20];

		snprintf(name, sizeof(name), "h%d", i);
		add(s, name, now);
		job = schedule_next(s, now, NULL);
		assert_non_null(job);
		finish(s, job, now);
		if (schedule_hosts(s) > most)
			most = schedule_hosts(s);
	}
	/* Only the hosts of the last 50 msec are kept, 10 per msec. */
	assert_in_range(most, 490, 510);
	schedule_free(s);
}

static void closed_hosts_without_jobs_are_forgotten_too(void **state)
{
	struct schedule *s = schedule(64, 8, 0, 0);

	(void)state;
	for (int i = 0; i < 10000; i++) {
		char name[20];

		snprintf(name, sizeof(name), "h%d", i);
		schedule_pause_host(s, slice(name), i, i + 100);
		schedule_pause_host(s, slice(name), i, i - 1);
		assert_true(schedule_hosts(s) <= 102);
	}
	schedule_free(s);
}

static void an_interrupted_run_takes_out_all_in_order(void **state)
{
	struct schedule *s = schedule(1, 1, 0, 0);
	struct job *running = add(s, "a", 0), *job;
	struct job *jobs[4];

	(void)state;
	assert_ptr_equal(schedule_next(s, 0, NULL), running);
	schedule_pause_host(s, slice("c"), 0, 99);
	for (int i = 0; i < 4; i++) {
		static const char *const hosts[] = {"b", "a", "c", "b"};

		jobs[i] = job_for(hosts[i]);
		jobs[i]->not_before = i == 3 ? 1000 : 0;
		schedule_add(s, jobs[i], 0);
	}
	for (int i = 0; i < 4; i++) {
		job = schedule_take(s);
		assert_ptr_equal(job, jobs[i]);
		assert_null(job->host);
		job_free(job);
	}
	assert_null(schedule_take(s));
	assert_null(schedule_next(s, 5000, NULL));
	finish(s, running, 5000);
	assert_int_equal(schedule_waiting(s), 0);
	schedule_free(s);
}

static void a_schedule_that_is_freed_frees_its_jobs(void **state)
{
	struct schedule *s = schedule(1, 1, 0, 0);
	struct job *job = job_for("b");

	(void)state;
	add(s, "a", 0);
	job->not_before = 10;
	schedule_add(s, job, 0);
	schedule_free(s);
	schedule_free(NULL);
}

static void a_job_that_was_never_scheduled_can_be_done(void **state)
{
	struct schedule *s = schedule(1, 1, 0, 0);
	struct job *job = job_for("a");

	(void)state;
	schedule_done(s, job);
	assert_int_equal(schedule_in_flight(s), 0);
	job_free(job);
	schedule_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jobs_of_a_host_come_in_their_order),
		cmocka_unit_test(hosts_take_turns),
		cmocka_unit_test(new_hosts_do_not_starve_an_old_one),
		cmocka_unit_test(
			host_that_waited_longest_is_next),
		cmocka_unit_test(limits_are_per_host_and_for_the_run),
		cmocka_unit_test(a_job_that_comes_back_gives_its_run_permit),
		cmocka_unit_test(a_job_waits_for_its_not_before),
		cmocka_unit_test(a_closed_host_costs_no_permit),
		cmocka_unit_test(a_host_can_be_closed_while_it_is_ready),
		cmocka_unit_test(ten_thousand_closed_hosts_delay_no_other),
		cmocka_unit_test(a_host_starts_evenly_spaced),
		cmocka_unit_test(the_run_starts_evenly_spaced_over_its_hosts),
		cmocka_unit_test(memory_of_forgotten_hosts_is_freed),
		cmocka_unit_test(closed_hosts_without_jobs_are_forgotten_too),
		cmocka_unit_test(an_interrupted_run_takes_out_all_in_order),
		cmocka_unit_test(a_schedule_that_is_freed_frees_its_jobs),
		cmocka_unit_test(a_job_that_was_never_scheduled_can_be_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
