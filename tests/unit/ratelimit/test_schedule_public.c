/* ratelimit/schedule.c: the interval between requests to public hosts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/job/job.h"
#include "ratelimit/schedule.h"

static struct schedule *schedule(msec host_interval)
{
	return schedule_new(&(struct schedule_config){
		.parallel_max = 10,
		.parallel_max_host = 10,
		.host_interval = host_interval,
		.public_interval = 50,
	});
}

static struct job *job_for(const char *host, bool is_private)
{
	struct job *job = job_new();
	char text[100];
	const int len = snprintf(text, sizeof(text), "http://%s/", host);

	assert_int_equal(url_parse(&job->hop.url, text, (size_t)len, NULL), 0);
	job->hop.is_private = is_private;
	return job;
}

static void add(struct schedule *s, const char *host, bool is_private,
		int count)
{
	while (count-- > 0)
		schedule_add(s, job_for(host, is_private), 0);
}

static void finish(struct schedule *s, struct job *job, msec now)
{
	schedule_fetched(s, job, OUTCOME_OK, now);
	schedule_done(s, job);
	job_free(job);
}

/* Starts a job and returns it; a start must be possible. */
static struct job *start(struct schedule *s, msec now)
{
	struct job *job = schedule_next(s, now, NULL);

	assert_non_null(job);
	return job;
}

static void waits(struct schedule *s, msec now, msec expected)
{
	msec wait = -1;

	assert_null(schedule_next(s, now, &wait));
	assert_true(wait == expected);
}

static void public_host_starts_at_intervals(void **state)
{
	struct schedule *s = schedule(0);
	struct job *job;

	(void)state;
	add(s, "example.com", false, 3);
	job = start(s, 0);
	waits(s, 0, 50);
	assert_false(schedule_resolved(s, job, 10));
	waits(s, 10, 40);
	finish(s, job, 20);
	/* The redirect counts as a start, too. */
	job = start(s, 50);
	schedule_fetched(s, job, OUTCOME_OK, 60);
	job->again = true;
	schedule_add(s, job, 60);
	waits(s, 60, 40);
	assert_ptr_equal(schedule_next(s, 100, NULL), job);
	finish(s, job, 110);
	finish(s, start(s, 150), 151);
	schedule_free(s);
}

static void private_host_starts_all_at_once(void **state)
{
	struct schedule *s = schedule(0);

	(void)state;
	add(s, "127.0.0.1", true, 5);
	for (int i = 0; i < 5; i++)
		finish(s, start(s, 0), 0);
	assert_int_equal(schedule_hosts(s), 0);
	schedule_free(s);
}

static void resolved_name_may_turn_out_to_be_private(void **state)
{
	struct schedule *s = schedule(0);
	struct job *job, *other;

	(void)state;
	add(s, "intranet", false, 4);
	job = start(s, 0);
	waits(s, 5, 45);
	job->hop.is_private = true;
	assert_true(schedule_resolved(s, job, 5));
	assert_false(schedule_resolved(s, job, 5));
	other = start(s, 5);
	/* The next lookup of the name gives another address. */
	assert_true(schedule_resolved(s, other, 6));
	waits(s, 6, 49);
	finish(s, job, 7);
	finish(s, other, 7);
	finish(s, start(s, 55), 57);
	finish(s, start(s, 105), 107);
	schedule_free(s);
}

static void name_without_an_address_is_not_waited_for(void **state)
{
	struct schedule *s = schedule(0);
	struct job *job;

	(void)state;
	add(s, "gone.example", false, 3);
	job = start(s, 0);
	job_fail(job, ERR_DNS, "no such name");
	job->temporary = true;
	assert_false(schedule_resolved(s, job, 1));
	job->temporary = false;
	assert_true(schedule_resolved(s, job, 1));
	finish(s, start(s, 1), 1);
	finish(s, start(s, 1), 1);
	finish(s, job, 1);
	schedule_free(s);
}

static void longer_interval_of_all_hosts_counts_for_public_ones(void **state)
{
	struct schedule *s = schedule(200);
	struct job *job;

	(void)state;
	add(s, "example.com", false, 2);
	add(s, "10.0.0.1", true, 2);
	finish(s, start(s, 0), 1);
	finish(s, start(s, 0), 1);
	waits(s, 1, 199);
	job = start(s, 200);
	assert_false(schedule_resolved(s, job, 200));
	finish(s, job, 200);
	finish(s, start(s, 200), 200);
	schedule_free(s);
}

static void crawl_delay_stays_when_the_address_is_known(void **state)
{
	struct schedule *s = schedule(0);
	struct job *job;

	(void)state;
	job = job_for("intranet", false);
	job->host_interval = 300;
	schedule_add(s, job, 0);
	add(s, "intranet", false, 1);
	job = start(s, 1);
	job->hop.is_private = true;
	schedule_resolved(s, job, 1);
	finish(s, job, 2);
	waits(s, 2, 299);
	finish(s, start(s, 301), 301);
	schedule_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(public_host_starts_at_intervals),
		cmocka_unit_test(private_host_starts_all_at_once),
		cmocka_unit_test(resolved_name_may_turn_out_to_be_private),
		cmocka_unit_test(name_without_an_address_is_not_waited_for),
		cmocka_unit_test(
			longer_interval_of_all_hosts_counts_for_public_ones),
		cmocka_unit_test(crawl_delay_stays_when_the_address_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
