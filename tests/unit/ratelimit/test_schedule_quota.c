/*
 * ratelimit/quota.c in the schedule: a host that declares how many more
 * requests it accepts gets no more than that.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>

#include "base/job/job.h"
#include "ratelimit/schedule.h"

static struct schedule *schedule(unsigned host)
{
	return schedule_new(&(struct schedule_config){
		.parallel_max = 64,
		.parallel_max_host = host,
	});
}

static void add(struct schedule *s, const char *host, int jobs, msec now)
{
	char text[300];
	const int len = snprintf(text, sizeof(text), "http://%s/", host);

	for (int i = 0; i < jobs; i++) {
		struct job *job = job_new();

		assert_int_equal(
			url_parse(&job->hop.url, text, (size_t)len, NULL), 0);
		schedule_add(s, job, now);
	}
}

static struct job *next(struct schedule *s, msec now)
{
	struct job *job = schedule_next(s, now, NULL);

	assert_non_null(job);
	return job;
}

/* Starts all jobs that may start at that time, up to `most`. Returns their
 * number. */
static int start(struct schedule *s, struct job **jobs, int most, msec now)
{
	int n = 0;

	while (n < most && (jobs[n] = schedule_next(s, now, NULL)))
		n++;
	return n;
}

/* Ends a job. until: end of the quota's window; 0: the response declares no
 * quota. */
static void come_back(struct schedule *s, struct job *job, enum outcome answer,
		      unsigned left, msec until, msec now)
{
	job->res.ratelimit = (struct ratelimit_info){left, until, until};
	schedule_fetched(s, job, answer, now);
	schedule_done(s, job);
	job_free(job);
}

static void told(struct schedule *s, struct job *job, unsigned left,
		 msec until, msec now)
{
	come_back(s, job, OUTCOME_OK, left, until, now);
}

static void drain(struct schedule *s)
{
	struct job *job;

	while ((job = schedule_take(s)))
		job_free(job);
	schedule_free(s);
}

static void used_up_quota_waits_for_the_next_window(void **state)
{
	struct schedule *s = schedule(8);
	msec wait = 0;

	(void)state;
	add(s, "a", 3, 100);
	add(s, "b", 1, 100);
	told(s, next(s, 100), 0, 9000, 200);
	/* Jobs of other hosts do not wait for this host. */
	told(s, next(s, 200), 0, 5000, 300);
	assert_null(schedule_next(s, 300, &wait));
	assert_true(wait == 8700);
	assert_null(schedule_next(s, 8999, NULL));
	told(s, next(s, 9000), 5, 18000, 9001);
	told(s, next(s, 9001), 4, 18000, 9002);
	schedule_free(s);
}

static void requests_in_flight_are_subtracted_from_the_quota(void **state)
{
	struct schedule *s = schedule(8);
	struct job *jobs[20];

	(void)state;
	add(s, "a", 20, 100);
	assert_int_equal(start(s, jobs, 20, 100), 8);
	/* The server may have counted the other seven requests after this
	 * one. */
	told(s, jobs[0], 9, 9000, 200);
	assert_int_equal(start(s, jobs + 8, 20, 200), 1);
	told(s, jobs[1], 8, 9000, 200);
	assert_int_equal(start(s, jobs + 9, 20, 200), 1);
	told(s, jobs[2], 7, 9000, 200);
	assert_null(schedule_next(s, 200, NULL));
	for (int i = 3; i < 10; i++)
		told(s, jobs[i], (unsigned)(9 - i), 9000, 200);
	assert_null(schedule_next(s, 8999, NULL));
	drain(s);
}

static void responses_may_arrive_in_any_order(void **state)
{
	struct schedule *s = schedule(8);
	struct job *jobs[20];

	(void)state;
	add(s, "a", 20, 100);
	assert_int_equal(start(s, jobs, 20, 100), 8);
	told(s, jobs[7], 2, 9000, 200);
	assert_null(schedule_next(s, 200, NULL));
	/* These responses are older: the known quota already includes their
	 * requests. */
	for (int i = 0; i < 6; i++)
		told(s, jobs[i], (unsigned)(9 - i), 9000, 201);
	assert_int_equal(start(s, jobs + 8, 20, 201), 1);
	assert_null(schedule_next(s, 201, NULL));
	told(s, jobs[6], 3, 9000, 202);
	assert_int_equal(start(s, jobs + 9, 20, 202), 1);
	told(s, jobs[8], 1, 9000, 203);
	told(s, jobs[9], 0, 9000, 203);
	assert_null(schedule_next(s, 8999, NULL));
	drain(s);
}

static void requests_without_a_response_count_against_the_quota(void **state)
{
	struct schedule *s = schedule(8);
	struct job *jobs[8];

	(void)state;
	add(s, "a", 20, 100);
	assert_int_equal(start(s, jobs, 3, 100), 3);
	told(s, jobs[0], 3, 9000, 200);
	come_back(s, jobs[1], OUTCOME_NONE, 0, 0, 200);
	/* This request was started before the response was lost, so it does not
	 * show whether the server has counted the lost request. */
	told(s, jobs[2], 2, 9000, 200);
	assert_int_equal(start(s, jobs, 8, 200), 1);
	/* This response shows that the lost request was not counted. */
	told(s, jobs[0], 1, 9000, 200);
	assert_int_equal(start(s, jobs, 8, 200), 1);
	told(s, jobs[0], 0, 9000, 200);
	assert_null(schedule_next(s, 8999, NULL));
	drain(s);
}

static void later_window_replaces_the_earlier_one(void **state)
{
	struct schedule *s = schedule(8);
	struct job *jobs[8];

	(void)state;
	add(s, "a", 20, 100);
	told(s, next(s, 100), 1, 9000, 200);
	/* A new window has more requests left than before, or ends more than a
	 * second later. */
	told(s, next(s, 200), 2, 9000, 300);
	assert_int_equal(start(s, jobs, 8, 300), 2);
	told(s, jobs[0], 1, 9000, 300);
	told(s, jobs[1], 1, 9900, 300);
	told(s, next(s, 300), 0, 10100, 300);
	assert_null(schedule_next(s, 9999, NULL));
	assert_int_equal(start(s, jobs, 8, 10100), 1);
	told(s, jobs[0], 100, 20000, 10200);
	assert_int_equal(start(s, jobs, 8, 10200), 8);
	for (int i = 0; i < 8; i++)
		told(s, jobs[i], 99, 20000, 10200);
	drain(s);
}

static void end_of_a_window_is_the_earliest_reported(void **state)
{
	struct schedule *s = schedule(8);

	(void)state;
	add(s, "a", 20, 100);
	told(s, next(s, 100), 2, 9900, 100);
	told(s, next(s, 100), 1, 9100, 100);
	told(s, next(s, 100), 0, 9800, 100);
	assert_null(schedule_next(s, 9099, NULL));
	told(s, next(s, 9100), 9, 19000, 9100);
	drain(s);
}

/* The quota of the new window is not known yet. */
static void new_window_begins_with_one_request(void **state)
{
	struct schedule *s = schedule(8);
	struct job *jobs[8];
	msec wait = 0;

	(void)state;
	add(s, "a", 20, 100);
	told(s, next(s, 100), 0, 9000, 200);
	assert_int_equal(start(s, jobs, 8, 9000), 1);
	assert_null(schedule_next(s, 9500, &wait));
	assert_true(wait == MSEC_NEVER);
	/* If the request is lost, another one is sent. */
	come_back(s, jobs[0], OUTCOME_NONE, 0, 0, 9500);
	assert_null(schedule_next(s, 9500, &wait));
	assert_true(wait == 1000);
	told(s, next(s, 10500), 3, 18000, 10600);
	assert_int_equal(start(s, jobs, 8, 10600), 3);
	for (int i = 0; i < 3; i++)
		told(s, jobs[i], (unsigned)(2 - i), 18000, 10600);
	/* The host has stopped declaring a quota. */
	come_back(s, next(s, 18000), OUTCOME_OK, 0, 0, 18001);
	assert_int_equal(start(s, jobs, 8, 18001), 8);
	for (int i = 0; i < 8; i++)
		come_back(s, jobs[i], OUTCOME_OK, 0, 0, 18002);
	drain(s);
}

static void responses_without_a_quota_do_not_change_it(void **state)
{
	struct schedule *s = schedule(8);
	struct job *jobs[8];

	(void)state;
	add(s, "a", 20, 100);
	told(s, next(s, 100), 2, 9000, 200);
	for (int i = 0; i < 9; i++)
		come_back(s, next(s, 200), OUTCOME_OK, 0, 0, 200);
	assert_int_equal(start(s, jobs, 8, 200), 2);
	told(s, jobs[0], 1, 9000, 300);
	told(s, jobs[1], 0, 9000, 300);
	assert_null(schedule_next(s, 8999, NULL));
	drain(s);
}

/* A slow request is in flight while the window ends. */
static void a_slow_request_does_not_keep_the_next_window_waiting(void **state)
{
	struct schedule *s = schedule(8);
	struct job *jobs[8], *slow;

	(void)state;
	add(s, "a", 20, 100);
	slow = next(s, 100);
	told(s, next(s, 100), 1, 9000, 200);
	assert_null(schedule_next(s, 8999, NULL));
	assert_int_equal(start(s, jobs, 8, 9000), 1);
	told(s, jobs[0], 3, 18000, 9100);
	assert_int_equal(start(s, jobs, 8, 9100), 2);
	told(s, slow, 9, 9000, 9200);
	told(s, jobs[0], 2, 18000, 9200);
	told(s, jobs[1], 1, 18000, 9200);
	drain(s);
}

/* If the reset is too far away to wait for, requests are sent one at a time. */
static void with_a_distant_reset_requests_go_one_at_a_time(void **state)
{
	struct schedule *s = schedule(8);
	msec now = 200;

	(void)state;
	add(s, "a", 20, 100);
	told(s, next(s, 100), 0, 200, 100);
	for (int i = 0; i < 10; i++) {
		struct job *job = next(s, now);

		assert_null(schedule_next(s, now + 50e3, NULL));
		job->res.ratelimit = (struct ratelimit_info){
			0, 3e6, now + 1000,
		};
		schedule_fetched(s, job, OUTCOME_OK, now);
		schedule_done(s, job);
		job_free(job);
		assert_null(schedule_next(s, now + 999, NULL));
		now += 1000;
	}
	drain(s);
}

static void an_idle_host_is_forgotten_when_its_window_is_over(void **state)
{
	struct schedule *s = schedule(8);
	char name[20];

	(void)state;
	/* The limits have no effect on a host whose quota is as large as the
	 * number of requests at once. */
	add(s, "a", 1, 100);
	told(s, next(s, 100), 8, 9000, 200);
	assert_int_equal(schedule_hosts(s), 0);
	for (int i = 0; i < 20000; i++) {
		const msec now = 100 + i;

		snprintf(name, sizeof(name), "h%d", i);
		add(s, name, 1, now);
		told(s, next(s, now), (unsigned)(i % 8), now + 500, now);
		assert_true(schedule_hosts(s) <= 510);
	}
	for (int i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "other%d", i);
		add(s, name, 1, 200e3);
		come_back(s, next(s, 200e3), OUTCOME_OK, 0, 0, 200e3);
	}
	assert_int_equal(schedule_hosts(s), 0);
	schedule_free(s);
}

static void an_idle_host_is_remembered_until_then(void **state)
{
	struct schedule *s = schedule(8);
	struct job *jobs[8];

	(void)state;
	add(s, "a", 1, 100);
	told(s, next(s, 100), 2, 9000, 200);
	add(s, "a", 8, 5000);
	assert_int_equal(start(s, jobs, 8, 5000), 2);
	told(s, jobs[0], 1, 9000, 5000);
	told(s, jobs[1], 0, 9000, 5000);
	assert_null(schedule_next(s, 8999, NULL));
	drain(s);
}

static void host_without_quota_is_not_requested_faster(void **state)
{
	struct schedule *s = schedule(8);
	struct job *job;

	(void)state;
	add(s, "a", 20, 100);
	job = next(s, 100);
	come_back(s, job, OUTCOME_THROTTLED, 0, 0, 100);
	schedule_pause_host(s, (struct slice){"a", 1}, 100, 1100);
	/* One request a second from here, then faster if the pace allows it. */
	told(s, next(s, 1100), 1, 50e3, 1100);
	told(s, next(s, 2100), 0, 50e3, 2100);
	told(s, next(s, 50e3), 9, 90e3, 50e3);
	assert_null(schedule_next(s, 50990, NULL));
	told(s, next(s, 51e3), 8, 90e3, 51e3);
	drain(s);
}

/*
 * A simulated server with a quota for each window. Random delays let requests
 * and responses overtake each other.
 */
enum rounding { DOWN, UP, NEAREST, ROUNDINGS };

struct trip {
	struct job *job;	/* NULL: no request */
	msec arrives, back;
	bool is_lost, is_late;	/* the response is lost; the request was started
				 * while a quota was known */
	bool arrived, refused;
	struct ratelimit_info ratelimit;
};

struct server {
	uint64_t seed;
	unsigned limit, used;
	msec window, end;
	bool aligned;		/* windows follow each other without gaps;
				 * otherwise the first request begins one */
	enum rounding rounding;
	struct trip out[8];
	int served, refused_late, windows;
	bool known;
};

static uint32_t random_below(uint64_t *seed, uint32_t n)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33) % n;
}

static void server_arrive(struct server *v, struct trip *r)
{
	const msec now = r->arrives;
	double seconds;

	r->arrived = true;
	if (now >= v->end) {
		v->end = v->aligned ? (floor(now / v->window) + 1) * v->window
				    : now + v->window;
		v->used = 0;
		v->windows++;
	}
	r->refused = v->used >= v->limit;
	v->used += !r->refused;
	seconds = (v->end - now) / 1e3;
	seconds = v->rounding == DOWN ? floor(seconds)
		: v->rounding == UP   ? ceil(seconds)
				      : round(seconds);
	/* The quota as fetch/ratelimit_headers.c reads it. */
	r->ratelimit.remaining = v->limit - v->used;
	r->ratelimit.resets_at = r->back + (seconds + 1) * 1e3;
	r->ratelimit.probe_at = r->ratelimit.resets_at;
}

static void server_back(struct server *v, struct schedule *s,
			struct trip *r)
{
	struct job *job = r->job;
	enum outcome answer = OUTCOME_OK;
	const msec hold = schedule_backoff(job, r->back);
	const struct slice host = url_host(&job->hop.url);

	if (r->is_lost)
		answer = OUTCOME_NONE;
	else if (r->refused)
		answer = OUTCOME_THROTTLED;
	else
		v->served++;
	v->refused_late += answer == OUTCOME_THROTTLED && r->is_late;
	if (!r->is_lost) {
		job->res.ratelimit = r->ratelimit;
		v->known = true;
	}
	schedule_fetched(s, job, answer, r->back);
	if (answer == OUTCOME_THROTTLED)
		schedule_pause_host(s, host, r->back, r->back + hold);
	schedule_done(s, job);
	job_free(job);
	r->job = NULL;
}

/* Returns the request with the next event, or NULL. */
static struct trip *server_first(struct server *v)
{
	struct trip *first = NULL;
	msec at = MSEC_NEVER;

	for (int i = 0; i < 8; i++) {
		struct trip *r = &v->out[i];
		const msec then = r->arrived ? r->back : r->arrives;

		if (r->job && then < at) {
			first = r;
			at = then;
		}
	}
	return first;
}

static void server_take(struct server *v, struct job *job, msec now)
{
	struct trip *r = v->out;

	while (r->job)
		r++;
	*r = (struct trip){.job = job, .is_late = v->known};
	r->arrives = now + random_below(&v->seed, 3000) / 20.0;
	r->back = r->arrives + random_below(&v->seed, 3000) / 20.0;
	/* In a small window no response is lost: if all of a window were lost,
	 * nothing would be known of the quota. */
	r->is_lost = v->limit > 3 && random_below(&v->seed, 40) == 0;
	/* Some of the lost requests were counted by the server. */
	if (r->is_lost && random_below(&v->seed, 2))
		r->arrived = true;
}

/* Runs the jobs. Returns the time that they took. */
static msec serve(struct server *v, int jobs)
{
	struct schedule *s = schedule(8);
	const msec begin = 1000 + random_below(&v->seed, 1000);
	msec now = begin;

	add(s, "a", jobs, now);
	while (schedule_waiting(s) || schedule_in_flight(s)) {
		msec wait = 0;
		struct job *job = schedule_next(s, now, &wait);
		struct trip *r;

		if (job) {
			server_take(v, job, now);
			continue;
		}
		r = server_first(v);
		if (!r) {
			assert_true(wait < MSEC_NEVER);
			now += wait;
			continue;
		}
		if (now + wait < (r->arrived ? r->back : r->arrives)) {
			now += wait;
			continue;
		}
		now = r->arrived ? r->back : r->arrives;
		if (r->arrived)
			server_back(v, s, r);
		else
			server_arrive(v, r);
	}
	schedule_free(s);
	return now - begin;
}

static void server_with_a_quota_never_sends_429(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 400; seed++) {
		struct server v = {.seed = seed};
		msec took;

		v.limit = 1 + random_below(&v.seed, seed % 2 ? 12 : 60);
		v.window = 500 + random_below(&v.seed, 10000);
		v.aligned = random_below(&v.seed, 2);
		v.rounding = random_below(&v.seed, ROUNDINGS);
		took = serve(&v, 300);
		assert_int_equal(v.refused_late, 0);
		/* Nearly the whole quota is used: a window loses at most two
		 * seconds by rounding, and the round trip of its first
		 * request. */
		if (v.limit >= 8)
			assert_true(took < (300 / (v.limit - 1) + 3) *
						   (v.window + 2500) + 5000);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(used_up_quota_waits_for_the_next_window),
		cmocka_unit_test(
			requests_in_flight_are_subtracted_from_the_quota),
		cmocka_unit_test(responses_may_arrive_in_any_order),
		cmocka_unit_test(
			requests_without_a_response_count_against_the_quota),
		cmocka_unit_test(later_window_replaces_the_earlier_one),
		cmocka_unit_test(end_of_a_window_is_the_earliest_reported),
		cmocka_unit_test(new_window_begins_with_one_request),
		cmocka_unit_test(responses_without_a_quota_do_not_change_it),
		cmocka_unit_test(
			a_slow_request_does_not_keep_the_next_window_waiting),
		cmocka_unit_test(
			with_a_distant_reset_requests_go_one_at_a_time),
		cmocka_unit_test(
			an_idle_host_is_forgotten_when_its_window_is_over),
		cmocka_unit_test(an_idle_host_is_remembered_until_then),
		cmocka_unit_test(
			host_without_quota_is_not_requested_faster),
		cmocka_unit_test(server_with_a_quota_never_sends_429),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
