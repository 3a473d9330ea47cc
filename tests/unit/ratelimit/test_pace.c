/*
 * ratelimit/pace.c: on its own, and in a schedule against a simulated server
 * that limits requests as nginx does (limit_req: a leaky bucket) or as APIs do
 * (a number in each window).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "base/job/job.h"
#include "ratelimit/pace.h"
#include "ratelimit/schedule.h"

struct server {
	double rate;		/* requests per second; 0: no limit */
	double burst;
	msec window;		/* length of a window, in which burst requests
				 * are allowed; 0: no windows */
	msec latency;
	unsigned accident;	/* the request that gets a 429 whatever the
				 * limit */
	double excess;
	msec last;
	unsigned asked, told;	/* numbers of requests, and of responses with
				 * 429 */
};

struct world {
	struct schedule *s;
	struct server server;
	struct job_list out;	/* jobs in the order in which their responses
				 * arrive */
	msec now;
	unsigned lost;
};

static bool server_takes(struct server *server, msec now)
{
	double excess;

	if (++server->asked == server->accident)
		return false;
	if (server->window > 0) {
		if (now - server->last >= server->window) {
			server->last = now;
			server->excess = 0;
		}
		return ++server->excess <= server->burst;
	}
	if (server->rate <= 0)
		return true;
	excess = server->excess - server->rate * (now - server->last) / 1e3;
	excess = (excess > -1 ? excess : -1) + 1;
	if (excess > server->burst)
		return false;
	server->excess = excess;
	server->last = now;
	return true;
}

static void world_start(struct world *w, struct job *job)
{
	const bool taken = server_takes(&w->server, w->now);

	job->attempts++;
	job->res.status = taken ? 200 : 429;
	w->server.told += !taken;
	job->deadline = w->now + w->server.latency;
	TAILQ_INSERT_TAIL(&w->out, job, link);
}

/* Handles a response as a run with --retry 2 does. */
static void world_come_back(struct world *w, struct job *job)
{
	const bool served = job->res.status == 200;
	const msec hold = schedule_backoff(job, w->now);

	TAILQ_REMOVE(&w->out, job, link);
	schedule_fetched(w->s, job, served ? OUTCOME_OK : OUTCOME_THROTTLED,
			 w->now);
	if (!served)
		schedule_pause_host(w->s, url_host(&job->hop.url), w->now,
				    w->now + hold);
	if (served || job->attempts > 2) {
		w->lost += !served;
		schedule_done(w->s, job);
		job_free(job);
		return;
	}
	job->again = true;
	job->not_before = w->now + hold;
	schedule_add(w->s, job, w->now);
}

static void world_step(struct world *w)
{
	struct job *first;
	msec wait = MSEC_NEVER;
	struct job *job = schedule_next(w->s, w->now, &wait);

	if (job) {
		world_start(w, job);
		return;
	}
	first = TAILQ_FIRST(&w->out);
	if (first && first->deadline <= w->now + wait) {
		w->now = first->deadline;
		world_come_back(w, first);
		return;
	}
	assert_true(wait < MSEC_NEVER);
	w->now += wait + 0.4;	/* the timer is late */
}

/* Returns the time in seconds that this number of requests takes. */
static double crawl(struct world *w, struct server server, unsigned requests)
{
	static const char url[] = "http://a/";

	*w = (struct world){.server = server, .now = 1000};
	TAILQ_INIT(&w->out);
	w->s = schedule_new(&(struct schedule_config){
		.parallel_max = 64,
		.parallel_max_host = 8,
	});
	for (unsigned i = 0; i < requests; i++) {
		struct job *job = job_new();

		assert_int_equal(url_parse(&job->hop.url, url, sizeof(url) - 1,
					   NULL), 0);
		schedule_add(w->s, job, w->now);
	}
	while (schedule_waiting(w->s) || !TAILQ_EMPTY(&w->out))
		world_step(w);
	schedule_free(w->s);
	return (w->now - 1000) / 1e3;
}

static void a_limited_server_loses_no_page(void **state)
{
	static const msec latencies[] = {0.3, 20, 150, 1000};
	static const double rates[] = {1, 10, 50, 300};
	static const double bursts[] = {0, 5, 20, 100};
	enum { REQUESTS = 400 };
	struct world w;

	(void)state;
	for (int i = 0; i < 64; i++) {
		const struct server server = {
			.rate = rates[i % 4],
			.burst = bursts[i / 4 % 4],
			.latency = latencies[i / 16],
		};
		const double by_rate = (REQUESTS - server.burst) / server.rate;
		const double by_latency = REQUESTS / 8 * server.latency / 1e3;
		const double took = crawl(&w, server, REQUESTS);

		assert_int_equal(w.lost, 0);
		assert_true(
			took <
			10 + 2 * (by_rate > by_latency ? by_rate : by_latency));
		assert_true(w.server.told < 60);
	}
}

static void a_limit_by_windows_loses_no_page(void **state)
{
	static const struct server servers[] = {
		{.window = 1e3, .burst = 3, .latency = 100},
		{.window = 1e3, .burst = 60, .latency = 1},
		{.window = 10e3, .burst = 300, .latency = 1},
		{.window = 60e3, .burst = 300, .latency = 1},
	};
	struct world w;

	(void)state;
	for (int i = 0; i < 4; i++) {
		crawl(&w, servers[i], 400);
		assert_int_equal(w.lost, 0);
		assert_true(w.server.told < 40);
	}
}

static void limit_of_fifty_a_second_is_found_within_seconds(void **state)
{
	struct server server = {.rate = 50, .burst = 5, .latency = 1};
	struct world w;

	(void)state;
	assert_true(crawl(&w, server, 150) < 8);
	assert_true(crawl(&w, server, 1000) < 32);
	server.burst = 0;
	assert_true(crawl(&w, server, 150) < 12);
}

static void pace_recovers_quickly_from_a_single_429(void **state)
{
	static const unsigned accidents[] = {1, 5, 20, 5000};
	struct server server = {.latency = 10};
	struct world w;
	const double without = crawl(&w, server, 20000);

	(void)state;
	for (int i = 0; i < 4; i++) {
		server.accident = accidents[i];
		assert_true(crawl(&w, server, 20000) < without + 9);
		assert_int_equal(w.server.told, 1);
		assert_int_equal(w.lost, 0);
	}
}

static void served(struct pace *p, int times, msec now)
{
	for (int i = 0; i < times; i++)
		pace_on_success(p, false, now);
}

static void first_pace_is_the_rate_served_so_far(void **state)
{
	struct pace p = {0};

	(void)state;
	pace_on_start(&p, 1000);
	pace_on_start(&p, 1500);
	served(&p, 10, 2000);
	pace_on_429(&p);
	served(&p, 2, 2000);	/* the request was started before the pace was
				 * set */
	assert_true(pace_interval(&p) == 0);
	pace_on_reopened(&p, 4000);
	assert_true(pace_interval(&p) == 250);
}

static void a_later_429_halves_the_pace(void **state)
{
	struct pace p = {.min_interval = 40, .learnt = 30, .since = 1000};

	(void)state;
	assert_true(pace_interval(&p) == 40);
	served(&p, 20, 2000);
	pace_on_429(&p);
	pace_on_reopened(&p, 9000);
	assert_true(pace_interval(&p) == 80);
	/* Reopening a host that was not held changes nothing. */
	pace_on_reopened(&p, 9000);
	assert_true(pace_interval(&p) == 80);
}

static void two_429s_in_a_row_set_the_pace_to_the_rate_served(void **state)
{
	struct pace p = {.learnt = 20, .since = 1000};

	(void)state;
	served(&p, 5, 1500);
	pace_on_429(&p);
	pace_on_429(&p);
	pace_on_reopened(&p, 6000);
	assert_true(pace_interval(&p) == 1000);
	for (int i = 0; i < 30; i++) {
		pace_on_429(&p);
		pace_on_reopened(&p, 6000 + 100e3 * i);
		assert_true(pace_interval(&p) <= 10e3);
	}
}

static void unused_pace_does_not_rise(void **state)
{
	struct pace p = {.learnt = 100};

	(void)state;
	served(&p, 1000, 5000);
	assert_true(pace_interval(&p) == 100);
	for (int i = 0; i < 1000; i++)
		pace_on_success(&p, true, 5000);
	assert_true(pace_interval(&p) == 0);
	assert_false(pace_has_learnt(&p));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_pace_is_the_rate_served_so_far),
		cmocka_unit_test(a_later_429_halves_the_pace),
		cmocka_unit_test(
			two_429s_in_a_row_set_the_pace_to_the_rate_served),
		cmocka_unit_test(unused_pace_does_not_rise),
		cmocka_unit_test(a_limited_server_loses_no_page),
		cmocka_unit_test(a_limit_by_windows_loses_no_page),
		cmocka_unit_test(
			limit_of_fifty_a_second_is_found_within_seconds),
		cmocka_unit_test(pace_recovers_quickly_from_a_single_429),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
