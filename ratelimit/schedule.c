/*
 * DESIGN
 *
 * A host with jobs is in one of two heaps, or in none:
 * - ready: it may start a job now. Ordered by `turn`, the number of the host's
 *   last start (round robin). A new host gets the current number, as if it had
 *   just started; so an endless stream of new hosts cannot delay the second job
 *   of an old one.
 * - later: it may start at a known time. Ordered by that time.
 * - none: all its permits are in use, or its probe is in flight.
 *   schedule_fetched() puts it into a heap again.
 * The host's limit (ratelimit/host_limit.h) computes that time. A host without
 * jobs and permits in use is remembered in a third heap (idle), only until its
 * interval and its pause have ended and its learnt pace has expired.
 *
 * A host moves from later to ready once per start, so schedule_next() is
 * O(log n), amortised.
 */
#include "ratelimit/schedule.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/heap.h"
#include "base/job/job.h"
#include "base/mem.h"
#include "ratelimit/host_limit.h"
#include "ratelimit/limiter.h"
#include "ratelimit/schedule_parts.h"

/* Idle hosts that are checked for expiry when a host is added: more than one,
 * so that expired hosts get fewer; few, so that no call takes long. */
enum { SWEEP = 4 };

static struct host *host_of(const struct heap_node *n)
{
	return heap_entry(n, struct host, node);
}

static struct job *job_of(const struct heap_node *n)
{
	return heap_entry(n, struct job, node);
}

static bool longer_ago(const struct heap_node *a, const struct heap_node *b)
{
	return host_of(a)->turn < host_of(b)->turn;
}

static bool sooner(const struct heap_node *a, const struct heap_node *b)
{
	return host_of(a)->at < host_of(b)->at;
}

static bool job_sooner(const struct heap_node *a, const struct heap_node *b)
{
	return job_of(a)->not_before < job_of(b)->not_before;
}

static bool job_before(const struct heap_node *na, const struct heap_node *nb)
{
	const struct job *a = job_of(na), *b = job_of(nb);

	if (a->again != b->again)
		return a->again;
	if (a->req.priority != b->req.priority)
		return a->req.priority > b->req.priority;
	return a->seq < b->seq;
}

static void host_forget(struct schedule *s, struct host *h)
{
	if (h->in)
		heap_remove(h->in, &h->node);
	HASH_DEL(s->hosts, h);
	heap_release(&h->jobs);
	free(h);
}

static void sweep(struct schedule *s, msec now)
{
	for (int i = 0; i < SWEEP; i++) {
		struct heap_node *n = heap_first(&s->idle);

		if (!n || host_of(n)->at > now)
			break;
		host_forget(s, host_of(n));
	}
}

void schedule_place_host(struct schedule *s, struct host *h, msec now)
{
	struct heap *in = NULL;

	h->at = host_limit_ready_at(&h->limit);
	if (h->jobs.len) {
		if (h->at <= now)
			in = &s->ready;
		else if (h->at < MSEC_NEVER)
			in = &s->later;
	} else if (!h->limit.limiter.taken) {
		h->at = host_limit_expires_at(&h->limit, now);
		if (h->at <= now) {
			host_forget(s, h);
			return;
		}
		in = &s->idle;
	}
	if (in && in == h->in) {
		heap_moved(in, &h->node);
		return;
	}
	if (h->in)
		heap_remove(h->in, &h->node);
	h->in = in;
	if (in)
		heap_push(in, &h->node);
}

static msec interval_of(const struct schedule *s, bool is_private)
{
	const struct schedule_config *c = &s->config;

	return is_private || c->host_interval > c->public_interval
		? c->host_interval : c->public_interval;
}

static void host_set_limits(const struct schedule *s, struct host *h)
{
	const struct schedule_config *c = &s->config;
	const struct slice name = {h->name, h->len};
	unsigned parallel_max = c->parallel_max_host;
	msec interval = interval_of(s, false);

	if (c->limit_host)
		h->has_interval = c->limit_host(c->limit_ctx, name, &interval,
						&parallel_max);
	host_limit_init(&h->limit, parallel_max, interval,
			h->has_interval ? 0 : c->response_share);
}

/* Fits the interval to the host's address. Returns true if it has changed. */
static bool host_note_address(const struct schedule *s, struct host *h,
			      bool is_private)
{
	return !h->has_interval &&
	       host_limit_set_interval(&h->limit, interval_of(s, is_private));
}

struct host *schedule_get_host(struct schedule *s, struct slice name, msec now)
{
	struct host *h;

	if (name.len > 1 && name.p[name.len - 1] == '.')
		name.len--;
	HASH_FIND(hh, s->hosts, name.p, name.len, h);
	if (h && (h->in != &s->idle || h->at > now))
		return h;
	if (h)
		host_forget(s, h);
	sweep(s, now);
	h = xcalloc(1, sizeof(*h) + name.len + 1);
	h->jobs.before = job_before;
	h->turn = ++s->turn;
	h->len = name.len;
	if (name.len)
		memcpy(h->name, name.p, name.len);
	host_set_limits(s, h);
	HASH_ADD_KEYPTR(hh, s->hosts, h->name, h->len, h);
	return h;
}

static void host_add(struct schedule *s, struct job *job, msec now)
{
	struct host *h = schedule_get_host(s, url_host(&job->hop.url), now);

	if (job->host_interval > 0)
		host_limit_slow_down(&h->limit, job->host_interval);
	job->host = h;
	heap_push(&h->jobs, &job->node);
	const bool changed = job->hop.is_private &&
			     host_note_address(s, h, true);
	/* A host that already has other jobs keeps its place in its heap. */
	if (changed || h->jobs.len == 1 || job->host_interval > 0)
		schedule_place_host(s, h, now);
}

/* Moves jobs that are due to their hosts, and hosts that are due to `ready`. */
static void wake_due(struct schedule *s, msec now)
{
	struct heap_node *n;

	while ((n = heap_first(&s->waiting)) && job_of(n)->not_before <= now) {
		heap_remove(&s->waiting, n);
		host_add(s, job_of(n), now);
	}
	while ((n = heap_first(&s->later)) && host_of(n)->at <= now)
		schedule_place_host(s, host_of(n), now);
	sweep(s, now);
}

static msec time_to_next(const struct schedule *s, msec now)
{
	const struct heap_node *host = heap_first(&s->later);
	const struct heap_node *job = heap_first(&s->waiting);
	const msec run = limiter_wait(&s->run, now);
	msec at = MSEC_NEVER;

	if (heap_first(&s->ready))
		return run;
	if (host)
		at = host_of(host)->at;
	if (job && job_of(job)->not_before < at)
		at = job_of(job)->not_before;
	return at - now > run ? at - now : run;
}

static struct job *start_job(struct schedule *s, struct host *h, msec now)
{
	struct job *job = job_of(heap_pop(&h->jobs));

	TAILQ_REMOVE(&s->jobs, job, link);
	s->n_jobs--;
	limiter_acquire(&s->run, now);
	host_limit_note(&h->limit, job, now);
	host_limit_acquire(&h->limit, now);
	job->run_permit = true;
	job->host_permit = true;
	job->time.wait += now - job->queued_at;
	h->turn = ++s->turn;
	job->seq = h->turn;
	schedule_place_host(s, h, now);
	return job;
}

struct schedule *schedule_new(const struct schedule_config *config)
{
	struct schedule *s = xcalloc(1, sizeof(*s));

	s->config = *config;
	s->run.permits = config->parallel_max;
	s->run.interval = config->interval;
	s->ready.before = longer_ago;
	s->later.before = sooner;
	s->idle.before = sooner;
	s->waiting.before = job_sooner;
	TAILQ_INIT(&s->jobs);
	return s;
}

void schedule_free(struct schedule *s)
{
	struct host *h, *next;
	struct job *job;

	if (!s)
		return;
	assert(s->run.taken == 0);
	while ((job = schedule_take(s)))
		job_free(job);
	HASH_ITER(hh, s->hosts, h, next) {
		assert(h->limit.limiter.taken == 0);
		host_forget(s, h);
	}
	heap_release(&s->ready);
	heap_release(&s->later);
	heap_release(&s->idle);
	heap_release(&s->waiting);
	free(s);
}

void schedule_add(struct schedule *s, struct job *job, msec now)
{
	assert(!job->host_permit);
	schedule_done(s, job);
	job->queued_at = now;
	job->seq = ++s->seq;
	TAILQ_INSERT_TAIL(&s->jobs, job, link);
	s->n_jobs++;
	if (job->not_before > now)
		heap_push(&s->waiting, &job->node);
	else
		host_add(s, job, now);
}

struct job *schedule_next(struct schedule *s, msec now, msec *wait)
{
	struct heap_node *first;

	wake_due(s, now);
	first = heap_first(&s->ready);
	if (first && limiter_wait(&s->run, now) <= 0)
		return start_job(s, host_of(first), now);
	if (wait)
		*wait = time_to_next(s, now);
	return NULL;
}

bool schedule_resolved(struct schedule *s, struct job *job, msec now)
{
	const bool unknown = job->err == ERR_DNS && !job->temporary;
	struct host *h = job->host;

	assert(job->host_permit);
	if (!host_note_address(s, h, job->hop.is_private || unknown))
		return false;
	schedule_place_host(s, h, now);
	return true;
}

msec schedule_backoff(const struct job *job, msec now)
{
	assert(job->host_permit);
	return host_limit_backoff(&job->host->limit, job, now);
}

msec schedule_fetched(struct schedule *s, struct job *job, enum outcome outcome,
		      msec now)
{
	struct host *h = job->host;
	const bool was_throttled = h->limit.pace.slow_down;
	msec interval = 0;

	assert(job->host_permit);
	host_limit_release(&h->limit, job, outcome, h->in == &s->later, s->turn,
			   now);
	job->host_permit = false;
	job->host = NULL;
	if (was_throttled && !h->limit.pace.slow_down)
		interval = h->limit.limiter.interval;
	schedule_place_host(s, h, now);
	return interval;
}

void schedule_done(struct schedule *s, struct job *job)
{
	assert(!job->host_permit);
	if (!job->run_permit)
		return;
	job->run_permit = false;
	limiter_release(&s->run);
}

void schedule_pause_host(struct schedule *s, struct slice host, msec now,
			 msec until)
{
	struct host *h;

	if (until <= now)
		return;
	h = schedule_get_host(s, host, now);
	host_limit_pause(&h->limit, s->turn, until);
	schedule_place_host(s, h, now);
}

void schedule_remove(struct schedule *s, struct job *job)
{
	struct host *h = job->host;

	TAILQ_REMOVE(&s->jobs, job, link);
	s->n_jobs--;
	job->host = NULL;
	heap_remove(h ? &h->jobs : &s->waiting, &job->node);
	/* The current time is not an argument here, so the host cannot be
	 * placed exactly: it leaves the ready hosts, and is checked again when
	 * it is next due. */
	if (h && !h->jobs.len && h->in) {
		heap_remove(h->in, &h->node);
		h->in = h->limit.limiter.taken ? NULL : &s->idle;
		if (h->in)
			heap_push(h->in, &h->node);
	}
}

struct job *schedule_take(struct schedule *s)
{
	struct job *job = TAILQ_FIRST(&s->jobs);

	if (job)
		schedule_remove(s, job);
	return job;
}

size_t schedule_waiting(const struct schedule *s)
{
	return s->n_jobs;
}

size_t schedule_hosts(const struct schedule *s)
{
	return HASH_COUNT(s->hosts);
}

unsigned schedule_in_flight(const struct schedule *s)
{
	return s->run.taken;
}
