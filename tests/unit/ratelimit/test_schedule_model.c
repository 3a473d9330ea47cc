/*
 * ratelimit/schedule.c against a simple, slow model of it: the same rules, but
 * every list is searched from its start. Random operations are applied to both.
 * The schedule must never start a job that the model forbids, and must find a
 * job whenever the model finds one. Hosts are closed and declare quotas here;
 * the effect of 429s is tested in test_schedule_holds.c and test_pace.c, that
 * of quotas in test_schedule_quota.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/job/job.h"
#include "ratelimit/quota.h"
#include "ratelimit/schedule.h"

enum { HOSTS = 7, JOBS = 60 };

enum where { NOWHERE, WAITING, FETCHING, PARSING };

enum probe { NONE, NEXT, OUT };

struct model_host {
	unsigned taken;
	msec next, closed_until;
	enum probe probe;
	uint64_t closed_at;	/* time until which the host is closed */
	struct quota quota;
	unsigned passed_over;	/* starts of other hosts while this one was
				 * ready */
};

struct model {
	struct schedule_config limits;
	struct schedule *s;
	struct model_host hosts[HOSTS];
	struct job *jobs[JOBS];
	enum where where[JOBS];
	int host[JOBS];
	bool asleep[JOBS];	/* its not_before is in the future */
	uint64_t order[JOBS], count;
	uint64_t started[JOBS], starts;
	unsigned taken;
	msec next, now;
	uint64_t seed;
};

static uint32_t random_below(uint64_t *seed, uint32_t n)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33) % n;
}

static bool model_better(const struct model *m, int a, int b)
{
	const struct job *ja = m->jobs[a], *jb = m->jobs[b];

	if (ja->again != jb->again)
		return ja->again;
	if (ja->req.priority != jb->req.priority)
		return ja->req.priority > jb->req.priority;
	return m->order[a] < m->order[b];
}

/* Returns the job that the host would start at that time; -1: none. */
static int model_first(const struct model *m, int host, msec at)
{
	const struct model_host *h = &m->hosts[host];
	int best = -1;

	if (h->taken >= m->limits.parallel_max_host ||
	    (m->limits.host_interval > 0 && h->next > at) ||
	    h->closed_until > at || h->probe == OUT ||
	    quota_ready_at(&h->quota, h->taken) > at ||
	    m->taken >= m->limits.parallel_max ||
	    (m->limits.interval > 0 && m->next > at))
		return -1;
	for (int i = 0; i < JOBS; i++)
		if (m->where[i] == WAITING && m->host[i] == host &&
		    m->jobs[i]->not_before <= at &&
		    (best < 0 || model_better(m, i, best)))
			best = i;
	return best;
}

static bool model_any(const struct model *m, msec at)
{
	for (int h = 0; h < HOSTS; h++)
		if (model_first(m, h, at) >= 0)
			return true;
	return false;
}

/* A forgotten host opens without a probe. */
static void model_wake(struct model *m, int i)
{
	struct model_host *h = &m->hosts[m->host[i]];

	m->asleep[i] = false;
	if (h->taken || h->closed_until > m->now ||
	    (m->limits.host_interval > 0 && h->next > m->now) ||
	    (h->quota.ratelimit.resets_at > m->now &&
	     quota_remaining(&h->quota) < m->limits.parallel_max_host))
		return;
	for (int k = 0; k < JOBS; k++)
		if (k != i && m->where[k] == WAITING && !m->asleep[k] &&
		    m->host[k] == m->host[i])
			return;
	h->probe = NONE;
	h->next = 0;
	h->quota = (struct quota){0};
}

static msec model_interval(msec next, msec now, msec interval)
{
	return (next > now - 2 ? next : now - 2) + interval;
}

static void model_start(struct model *m, int i)
{
	struct model_host *h = &m->hosts[m->host[i]];

	for (int k = 0; k < HOSTS; k++) {
		if (k == m->host[i] || model_first(m, k, m->now) < 0) {
			m->hosts[k].passed_over = 0;
			continue;
		}
		assert_true(++m->hosts[k].passed_over <= 2 * HOSTS);
	}
	m->where[i] = FETCHING;
	m->started[i] = ++m->starts;
	if (h->probe == NEXT)
		h->probe = OUT;
	quota_on_start(&h->quota, h->taken);
	h->taken++;
	m->taken++;
	h->next = model_interval(h->next, m->now, m->limits.host_interval);
	m->next = model_interval(m->next, m->now, m->limits.interval);
}

static int model_find(const struct model *m, const struct job *job)
{
	for (int i = 0; i < JOBS; i++)
		if (m->jobs[i] == job)
			return i;
	fail_msg("a job that nobody has added");
	return -1;
}

static void model_next(struct model *m)
{
	msec wait = -1;
	struct job *job = schedule_next(m->s, m->now, &wait);

	for (int i = 0; i < JOBS; i++)
		if (m->where[i] == WAITING && m->asleep[i] &&
		    m->jobs[i]->not_before <= m->now)
			model_wake(m, i);
	if (job) {
		const int i = model_find(m, job);

		assert_int_equal(model_first(m, m->host[i], m->now), i);
		assert_true(job->host_permit && job->run_permit);
		model_start(m, i);
		return;
	}
	assert_false(model_any(m, m->now));
	assert_true(wait > 0);
	/* Nothing may start before that time, because a run would sleep until
	 * then. */
	if (wait == MSEC_NEVER)
		assert_false(model_any(m, 1e12));
	else
		assert_false(model_any(m, m->now + wait * 0.999));
}

static void model_add(struct model *m, int i, bool again)
{
	struct job *job = m->jobs[i];

	if (!job) {
		char url[] = "http://a/";

		url[7] = (char)(url[7] + m->host[i]);
		job = m->jobs[i] = job_new();
		assert_int_equal(url_parse(&job->hop.url, url, 9, NULL), 0);
		job->req.priority = (int)random_below(&m->seed, 3);
	}
	job->again = again;
	job->not_before = 0;
	if (random_below(&m->seed, 3) == 0)
		job->not_before = m->now + random_below(&m->seed, 300);
	m->taken -= again;
	m->order[i] = ++m->count;
	m->where[i] = WAITING;
	m->asleep[i] = job->not_before > m->now;
	if (!m->asleep[i])
		model_wake(m, i);
	schedule_add(m->s, job, m->now);
}

/* One host in three has a quota, and declares it in some responses only. */
static void model_quota(struct model *m, int i, enum outcome answer)
{
	struct model_host *h = &m->hosts[m->host[i]];
	struct ratelimit_info *info = &m->jobs[i]->res.ratelimit;

	*info = (struct ratelimit_info){0};
	if (m->host[i] % 3 || random_below(&m->seed, 4) == 0) {
		quota_no_news(&h->quota, answer == OUTCOME_NONE, m->starts,
			     m->now);
		return;
	}
	info->remaining = random_below(&m->seed, 6);
	info->resets_at = m->now + random_below(&m->seed, 6000) / 10.0;
	info->probe_at = info->resets_at;
	if (random_below(&m->seed, 4) == 0)
		info->probe_at = m->now + 50;
	quota_update(&h->quota, info, m->started[i], m->starts, m->now);
}

static void model_fetched(struct model *m, int i)
{
	struct model_host *h = &m->hosts[m->host[i]];
	const enum outcome answer = random_below(&m->seed, 2) ? OUTCOME_OK
							      : OUTCOME_NONE;

	model_quota(m, i, answer);
	schedule_fetched(m->s, m->jobs[i], answer, m->now);
	m->where[i] = PARSING;
	h->taken--;
	if (h->probe != OUT || m->started[i] <= h->closed_at)
		return;
	h->probe = NONE;
	h->next = m->now + m->limits.host_interval;
}

static void model_close(struct model *m, int host)
{
	const char name = (char)('a' + host);
	const msec until = m->now + random_below(&m->seed, 200);
	struct model_host *h = &m->hosts[host];

	schedule_pause_host(m->s, (struct slice){&name, 1}, m->now, until);
	if (until <= m->now || until <= h->closed_until)
		return;
	h->closed_until = until;
	h->closed_at = m->starts;
	h->probe = NEXT;
}

static void model_done(struct model *m, int i)
{
	schedule_done(m->s, m->jobs[i]);
	m->taken--;
	job_free(m->jobs[i]);
	m->jobs[i] = NULL;
	m->where[i] = NOWHERE;
}

static void model_step(struct model *m)
{
	const int i = (int)random_below(&m->seed, JOBS);
	const int h = (int)random_below(&m->seed, HOSTS);

	if (random_below(&m->seed, 4) == 0)
		m->now += random_below(&m->seed, 4000) / 100.0;
	if (random_below(&m->seed, 60) == 0)
		model_close(m, h);
	switch (m->where[i]) {
	case NOWHERE:
		m->host[i] = h;
		model_add(m, i, false);
		break;
	case WAITING:
		model_next(m);
		break;
	case FETCHING:
		model_fetched(m, i);
		break;
	case PARSING:
		if (random_below(&m->seed, 3) == 0)
			model_add(m, i, true);
		else
			model_done(m, i);
	}
	assert_int_equal(schedule_in_flight(m->s), m->taken);
}

static void model_finish(struct model *m, int i)
{
	if (m->where[i] == FETCHING)
		model_fetched(m, i);
	if (m->where[i] == PARSING)
		model_done(m, i);
}

/* Checks that every job is started in the end. */
static void model_drain(struct model *m)
{
	for (int rounds = 0; schedule_waiting(m->s); rounds++) {
		assert_true(rounds < 100000);
		m->now += 5;
		model_next(m);
		for (int i = 0; i < JOBS; i++)
			model_finish(m, i);
	}
	for (int i = 0; i < JOBS; i++) {
		model_finish(m, i);
		assert_int_equal(m->where[i], NOWHERE);
	}
}

static void schedule_agrees_with_a_slow_model(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 60; seed++) {
		struct model m = {.seed = seed, .now = 1000};

		m.limits.parallel_max = 1 + random_below(&m.seed, 12);
		m.limits.parallel_max_host = 1 + random_below(&m.seed, 4);
		if (random_below(&m.seed, 2))
			m.limits.interval = 1 + random_below(&m.seed, 20);
		if (random_below(&m.seed, 2))
			m.limits.host_interval = 1 + random_below(&m.seed, 90);
		m.s = schedule_new(&m.limits);
		for (int i = 0; i < 4000; i++)
			model_step(&m);
		model_drain(&m);
		assert_int_equal(schedule_in_flight(m.s), 0);
		schedule_free(m.s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(schedule_agrees_with_a_slow_model),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
