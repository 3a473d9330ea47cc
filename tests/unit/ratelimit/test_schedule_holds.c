/* ratelimit/schedule.c: how it treats a host that answers 429. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/job/job.h"
#include "ratelimit/pace.h"
#include "ratelimit/schedule.h"

static struct schedule *schedule(unsigned host)
{
	return schedule_new(&(struct schedule_config){
		.parallel_max = 64,
		.parallel_max_host = host,
	});
}

static void add(struct schedule *s, const char *host, msec now)
{
	struct job *job = job_new();
	char text[300];
	const int len = snprintf(text, sizeof(text), "http://%s/", host);

	assert_int_equal(url_parse(&job->hop.url, text, (size_t)len, NULL), 0);
	schedule_add(s, job, now);
}

static struct job *next(struct schedule *s, msec now)
{
	struct job *job = schedule_next(s, now, NULL);

	assert_non_null(job);
	return job;
}

static void come_back(struct schedule *s, struct job *job, enum outcome answer,
		      msec now)
{
	schedule_fetched(s, job, answer, now);
	schedule_done(s, job);
	job_free(job);
}

/* Handles a 429 as a run does. Returns the time for which the host is
 * closed. */
static msec too_many(struct schedule *s, struct job *job, msec now)
{
	const msec hold = schedule_backoff(job, now);
	const struct slice host = url_host(&job->hop.url);

	schedule_fetched(s, job, OUTCOME_THROTTLED, now);
	schedule_pause_host(s, host, now, now + hold);
	schedule_done(s, job);
	job_free(job);
	return hold;
}

/* Serves that number of jobs, one after the other, each as soon as possible.
 * Returns the time at which the last one ended. */
static msec serve(struct schedule *s, int jobs, msec now)
{
	while (jobs > 0) {
		msec wait = 0;
		struct job *job = schedule_next(s, now, &wait);

		if (!job) {
			assert_true(wait < MSEC_NEVER);
			now += wait;
			continue;
		}
		come_back(s, job, OUTCOME_OK, now);
		jobs--;
	}
	return now;
}

static void a_wave_of_429s_counts_once(void **state)
{
	struct schedule *s = schedule(8);
	struct job *jobs[8];

	(void)state;
	for (int i = 0; i < 20; i++)
		add(s, "a", 100);
	for (int i = 0; i < 8; i++)
		jobs[i] = next(s, 100);
	assert_true(too_many(s, jobs[0], 200) == 1000);
	for (int i = 1; i < 6; i++)
		assert_true(too_many(s, jobs[i], 200 + i) == 1000 - i);
	assert_null(schedule_next(s, 1199, NULL));
	jobs[0] = next(s, 1200);
	/* Late 429s of the first requests arrive while the probe is in
	 * flight. */
	assert_true(too_many(s, jobs[6], 1300) == 0);
	come_back(s, jobs[7], OUTCOME_OK, 1301);
	assert_null(schedule_next(s, 1400, NULL));
	come_back(s, jobs[0], OUTCOME_OK, 1400);
	serve(s, 1, 1400);
	schedule_free(s);
}

static void holds_in_a_row_double_up_to_a_minute(void **state)
{
	static const msec holds[] = {1e3,  2e3, 4e3,  8e3,
				     16e3, 32e3, 60e3, 60e3};
	struct schedule *s = schedule(8);
	msec now = 100;

	(void)state;
	for (int i = 0; i < 8; i++) {
		add(s, "a", now);
		assert_true(too_many(s, next(s, now), now) == holds[i]);
		now += holds[i];
	}
	schedule_free(s);
}

static void after_enough_successes_a_hold_is_a_second_again(void **state)
{
	struct schedule *s = schedule(8);
	msec now;

	(void)state;
	for (int i = 0; i < 50; i++)
		add(s, "a", 100);
	too_many(s, next(s, 100), 100);
	too_many(s, next(s, 1100), 1100);
	/* The probe and some more requests succeed, but not enough of them to
	 * change the pace. */
	now = serve(s, 4, 3100) + 60e3;
	assert_true(too_many(s, next(s, now), now) == 4000);
	now = serve(s, 12, now + 4000) + 60e3;
	assert_true(too_many(s, next(s, now), now) == 1000);
	schedule_free(s);
}

/* Starts the next job, and adds its notes to *notes. */
static struct job *start_noted(struct schedule *s, msec now,
			       struct host_notes *notes)
{
	struct job *job = next(s, now);

	host_notes_add(notes, &job->host_notes);
	return job;
}

static void time_of_a_pause_is_that_of_the_host_however_many_wait(void **state)
{
	struct schedule *s = schedule(1);
	struct host_notes notes = {0};
	msec pace = 0;

	(void)state;
	for (int i = 0; i < 20; i++)
		add(s, "a", 100);
	too_many(s, start_noted(s, 100, &notes), 200);
	come_back(s, start_noted(s, 1200, &notes), OUTCOME_OK, 1250);
	assert_true(notes.held[HELD_BY_429] == 1000);
	assert_null(schedule_next(s, 1250, &pace));
	assert_true(pace > 0);
	come_back(s, start_noted(s, 1250 + pace, &notes), OUTCOME_OK, 9000);
	assert_true(notes.held[HELD_BY_429] == 1000 + pace);
	/* Time spent waiting for a response does not count as held back by the
	 * pace. */
	come_back(s, start_noted(s, 9000, &notes), OUTCOME_OK, 9001);
	assert_true(notes.held[HELD_BY_429] == 1000 + pace);
	assert_true(notes.held[HELD_BY_ROBOTS] == 0);
	assert_true(notes.held[HELD_BY_RATE] == 0);
	schedule_free(s);
}

static void add_with_delay(struct schedule *s, msec delay, msec not_before,
			   msec now)
{
	struct job *job = job_new();

	assert_int_equal(url_parse(&job->hop.url, "http://a/", 9, NULL), 0);
	job->hop.is_private = true;
	job->host_interval = delay;
	job->not_before = not_before;
	schedule_add(s, job, now);
}

static void interval_of_a_host_counts_for_who_asked_for_it(void **state)
{
	static const struct {
		msec rate, crawl_delay, by_rate, by_robots;
	} rows[] = {
		{0, 0, 0, 0},
		{500, 0, 1000, 0},
		{0, 700, 0, 1400},
		{500, 700, 0, 1400},
		{900, 700, 1800, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct schedule *s = schedule_new(&(struct schedule_config){
			.parallel_max = 64,
			.parallel_max_host = 8,
			.host_interval = rows[i].rate,
		});
		struct host_notes notes = {0};
		msec now = 100, wait;
		struct job *job;

		for (int j = 0; j < 3; j++)
			add_with_delay(s, rows[i].crawl_delay, 0, now);
		for (int j = 0; j < 3; now += wait) {
			wait = 0;
			job = schedule_next(s, now, &wait);
			if (!job)
				continue;
			host_notes_add(&notes, &job->host_notes);
			come_back(s, job, OUTCOME_OK, now);
			j++;
		}
		/* A start may be up to 2 msec early (SLACK). */
		assert_true(fabs(notes.held[HELD_BY_RATE] - rows[i].by_rate) <=
			    2);
		assert_true(fabs(notes.held[HELD_BY_ROBOTS] -
				 rows[i].by_robots) <= 2);
		assert_true(notes.held[HELD_BY_429] == 0);
		schedule_free(s);
	}
}

static void first_crawl_delay_begins_with_the_request_for_robots(void **state)
{
	struct schedule *s = schedule(8);
	struct host_notes notes = {0};

	(void)state;
	add_with_delay(s, 1000, 1100, 500);
	add_with_delay(s, 1000, 1100, 500);
	come_back(s, start_noted(s, 1100, &notes), OUTCOME_OK, 1150);
	assert_true(notes.held[HELD_BY_ROBOTS] == 600);
	come_back(s, start_noted(s, 2100, &notes), OUTCOME_OK, 2150);
	/* The time is less by the response time, and by SLACK. */
	assert_true(notes.held[HELD_BY_ROBOTS] == 600 + 950 - 2);
	schedule_free(s);
}

static void host_that_holds_everything_is_named_with_the_reason(void **state)
{
	struct schedule *s = schedule(1);
	struct schedule_hold hold;
	struct job *job;

	(void)state;
	assert_false(schedule_is_held(s, 100, &hold));
	add(s, "a", 100);
	add(s, "a", 100);
	assert_false(schedule_is_held(s, 100, &hold));
	too_many(s, next(s, 100), 200);
	assert_true(schedule_is_held(s, 300, &hold));
	assert_true(slice_is(hold.host, "a"));
	assert_true(hold.wait == 900);
	/* Meanwhile another host has a job. */
	add(s, "b", 300);
	assert_false(schedule_is_held(s, 300, &hold));
	job = next(s, 300);
	come_back(s, job, OUTCOME_OK, 301);
	assert_true(schedule_is_held(s, 301, &hold));
	schedule_free(s);

	s = schedule(8);
	add_with_delay(s, 10e3, 0, 100);
	add_with_delay(s, 10e3, 0, 100);
	come_back(s, next(s, 100), OUTCOME_OK, 200);
	assert_true(schedule_is_held(s, 200, &hold));
	assert_true(hold.wait == 0 && hold.interval == 10e3);
	assert_true(hold.reason == HELD_BY_ROBOTS);
	schedule_free(s);
}

static void outlook_is_that_of_the_host_that_takes_longest(void **state)
{
	struct schedule *s = schedule(8);
	struct schedule_outlook look;
	struct job *job;

	(void)state;
	schedule_look(s, 100, &look);
	assert_true(look.pause == 0 && look.least == 0 && !look.hold.host.len);
	add(s, "fast", 100);
	add_with_delay(s, 10e3, 0, 100);
	add_with_delay(s, 10e3, 0, 100);
	add_with_delay(s, 10e3, 0, 100);
	schedule_look(s, 100, &look);
	/* Both hosts may start; the slow one starts its third job in 20 s. */
	assert_true(look.pause == 0 && look.least == 20e3);
	assert_true(look.hold.wait == 0 && look.hold.interval == 10e3);
	assert_true(!look.is_retry && look.hold.reason == HELD_BY_ROBOTS);
	schedule_free(s);

	s = schedule(1);
	add(s, "a", 100);
	add(s, "a", 100);
	job = next(s, 100);
	schedule_look(s, 100, &look);
	assert_true(look.pause == 0);
	too_many(s, job, 200);
	schedule_look(s, 300, &look);
	assert_true(look.pause == 900 && look.least == 900);
	assert_true(look.hold.wait == 900 && look.hold.after_429);
	assert_true(slice_is(look.hold.host, "a") && !look.is_retry);
	/* A host without a job does not matter. */
	job = next(s, 1200);
	schedule_look(s, 1200, &look);
	assert_true(look.least == 0 && !look.hold.host.len);
	come_back(s, job, OUTCOME_OK, 1300);
	schedule_free(s);
}

static void outlook_counts_jobs_that_wait_for_their_own_time(void **state)
{
	struct schedule *s = schedule(8);
	struct schedule_outlook look;
	struct job *job;

	(void)state;
	add(s, "a", 100);
	add(s, "b", 100);
	job = next(s, 100);
	schedule_fetched(s, job, OUTCOME_NONE, 150);
	job->not_before = 5150;
	schedule_add(s, job, 150);
	schedule_look(s, 150, &look);
	assert_true(look.pause == 0 && look.least == 5000 && look.is_retry);
	assert_true(slice_is(look.hold.host, "a"));
	come_back(s, next(s, 150), OUTCOME_OK, 160);
	schedule_look(s, 160, &look);
	assert_true(look.pause == 4990 && look.hold.wait == 4990);
	/* If the host is paused, that is the reason. */
	schedule_pause_host(s, look.hold.host, 160, 5000);
	schedule_look(s, 160, &look);
	assert_true(!look.is_retry && look.hold.wait == 4840);
	schedule_free(s);
}

static void probe_is_sent_alone(void **state)
{
	struct schedule *s = schedule(8);
	struct job *probe;
	msec wait = 0;

	(void)state;
	for (int i = 0; i < 9; i++)
		add(s, "a", 100);
	too_many(s, next(s, 100), 100);
	for (int i = 0; i < 2; i++) {
		const msec now = i ? 3500 : 1100;

		probe = next(s, now);
		assert_null(schedule_next(s, now + 300, &wait));
		assert_true(wait == MSEC_NEVER);
		if (!i)
			assert_true(too_many(s, probe, now + 400) == 2000);
	}
	/* An error of a probe is not treated as a 429. */
	come_back(s, probe, OUTCOME_NONE, 4000);
	assert_null(schedule_next(s, 4000, &wait));
	assert_true(wait > 0 && wait <= PACE_BACKOFF_MAX);
	come_back(s, next(s, 4000 + wait), OUTCOME_OK, 4000 + wait);
	schedule_free(s);
}

static void hold_without_a_429_ends_with_a_probe_and_sets_no_pace(void **state)
{
	struct schedule *s = schedule(4);
	struct job *probe, *jobs[4];

	(void)state;
	for (int i = 0; i < 6; i++)
		add(s, "a", 0);
	schedule_pause_host(s, (struct slice){"a", 1}, 0, 5000);
	probe = next(s, 5000);
	assert_null(schedule_next(s, 5000, NULL));
	come_back(s, probe, OUTCOME_OK, 5001);
	for (int i = 0; i < 4; i++)
		jobs[i] = next(s, 5001);
	for (int i = 0; i < 4; i++)
		come_back(s, jobs[i], OUTCOME_OK, 5002);
	schedule_free(s);
}

static void after_a_hold_there_is_no_burst(void **state)
{
	struct schedule *s = schedule(8);
	struct job *jobs[8];
	msec last, now;

	(void)state;
	for (int i = 0; i < 60; i++)
		add(s, "a", 100);
	for (int i = 0; i < 8; i++)
		jobs[i] = next(s, 100);
	for (int i = 0; i < 8; i++) {
		if (i < 5)
			come_back(s, jobs[i], OUTCOME_OK, 100);
		else
			too_many(s, jobs[i], 100);
	}
	/* Five requests start in that second; after that they start faster. */
	last = serve(s, 1, 1100);
	now = serve(s, 1, last);
	assert_true(now - last >= 198 && now - last <= 200);
	for (int i = 0; i < 20; i++) {
		last = now;
		now = serve(s, 1, last);
		assert_true(now - last > 10 && now - last <= 200);
	}
	schedule_free(s);
}

static void pace_is_reported_when_it_is_known(void **state)
{
	struct schedule *s = schedule(8);
	msec now = 100, told;
	struct job *job;

	(void)state;
	for (int i = 0; i < 3; i++) {
		msec hold;

		add(s, "a", now);
		job = next(s, now);
		hold = schedule_backoff(job, now);
		told = schedule_fetched(s, job, OUTCOME_THROTTLED, now);
		assert_true(told <= 0);
		schedule_pause_host(s, url_host(&job->hop.url), now,
				    now + hold);
		schedule_done(s, job);
		job_free(job);
		now += hold;
	}
	for (int i = 0; i < 3; i++) {
		add(s, "a", now);
		job = next(s, now);
		told = schedule_fetched(s, job, OUTCOME_OK, now);
		assert_true(i ? told <= 0 : told > 100 && told <= 10e3);
		schedule_done(s, job);
		job_free(job);
		now += 10e3;
	}
	schedule_free(s);
}

/* Ten hosts per millisecond appear, each of which answers 429 once. */
static void state_of_idle_hosts_is_forgotten(void **state)
{
	struct schedule *s = schedule(8);
	char name[20];

	(void)state;
	for (int i = 0; i < 40000; i++) {
		const msec now = 100 + i;

		snprintf(name, sizeof(name), "h%d", i);
		add(s, name, now);
		too_many(s, next(s, now), now);
		assert_true(schedule_hosts(s) <= 31010);
	}
	for (int i = 0; i < 20000; i++) {
		snprintf(name, sizeof(name), "other%d", i);
		add(s, name, 200e3);
		come_back(s, next(s, 200e3), OUTCOME_OK, 200e3);
	}
	assert_int_equal(schedule_hosts(s), 0);
	schedule_free(s);
}

static void state_of_a_host_survives_a_gap_in_the_list(void **state)
{
	struct schedule *s = schedule(8);

	(void)state;
	add(s, "a", 100);
	too_many(s, next(s, 100), 100);
	for (int gap = 0; gap < 2; gap++) {
		const msec now = gap ? 200e3 : 20e3;

		add(s, "a", now);
		assert_true(too_many(s, next(s, now), now) ==
			    (gap ? 1000 : 2000));
	}
	schedule_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wave_of_429s_counts_once),
		cmocka_unit_test(holds_in_a_row_double_up_to_a_minute),
		cmocka_unit_test(
			after_enough_successes_a_hold_is_a_second_again),
		cmocka_unit_test(
			time_of_a_pause_is_that_of_the_host_however_many_wait),
		cmocka_unit_test(interval_of_a_host_counts_for_who_asked_for_it),
		cmocka_unit_test(
			first_crawl_delay_begins_with_the_request_for_robots),
		cmocka_unit_test(
			host_that_holds_everything_is_named_with_the_reason),
		cmocka_unit_test(
			outlook_is_that_of_the_host_that_takes_longest),
		cmocka_unit_test(
			outlook_counts_jobs_that_wait_for_their_own_time),
		cmocka_unit_test(probe_is_sent_alone),
		cmocka_unit_test(
			hold_without_a_429_ends_with_a_probe_and_sets_no_pace),
		cmocka_unit_test(after_a_hold_there_is_no_burst),
		cmocka_unit_test(pace_is_reported_when_it_is_known),
		cmocka_unit_test(state_of_idle_hosts_is_forgotten),
		cmocka_unit_test(
			state_of_a_host_survives_a_gap_in_the_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
