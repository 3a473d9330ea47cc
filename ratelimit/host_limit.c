/* Combines the limiter, the pace and the quota of one host. The host is ready
 * at the latest of the times that they give. */
#include "ratelimit/host_limit.h"

#include "base/job/job.h"

/* Time in msec for which an idle host's learnt pace is kept: longer than gaps
 * in a list of URLs, and longer than the servers' own limits usually remember a
 * client. */
#define MEMORY 30e3

static msec later(msec a, msec b)
{
	return a > b ? a : b;
}

/* A time between two starts that is shorter than this (msec) counts as none. */
#define FREE 1.0

/* Returns the time between two starts that response_share and the host's
 * response time require. */
static msec response_interval(const struct host_limit *l)
{
	const msec interval = l->response_share * l->response;

	return interval < FREE ? 0 : interval;
}

/* Applies a changed interval, also to the next start, whose time follows from
 * the last start. */
static void apply_interval(struct host_limit *l)
{
	l->limiter.interval = later(pace_interval(&l->pace),
				    response_interval(l));
	if (l->started > 0)
		l->limiter.next = later(l->limiter.next,
					l->started + l->limiter.interval);
}

/* Returns true if the host was paused after the job had started, so that the
 * job's result says nothing new. */
static bool is_old(const struct host_limit *l, const struct job *job)
{
	return job->seq <= l->paused_after;
}

static void learn(struct host_limit *l, const struct job *job,
		  enum outcome outcome, bool waiting, uint64_t starts, msec now)
{
	struct pace *p = &l->pace;

	if (outcome == OUTCOME_THROTTLED) {
		if (is_old(l, job))
			return;
		pace_on_429(p);
		l->probe = PROBE_NEXT;
		l->paused_after = starts;
		return;
	}
	if (l->probe == PROBE_OUT && !is_old(l, job)) {
		l->probe = PROBE_NONE;
		pace_on_reopened(p, now);
		/* The next start must be an interval from now: the probe
		 * started before the interval was known. */
		l->limiter.next = now + pace_interval(p);
	}
	if (outcome == OUTCOME_OK)
		pace_on_success(p, waiting &&
				response_interval(l) <= pace_interval(p), now);
	l->limiter.interval = later(pace_interval(p), response_interval(l));
}

/* Updates the average response time. The newest response counts half. */
static void measure(struct host_limit *l, const struct job *job, msec now)
{
	const msec took = now - job->hop.started;

	if (l->response_share <= 0 || job->hop.started <= 0)
		return;
	l->response = l->response > 0 ? (l->response + took) / 2 : took;
	apply_interval(l);
}

static bool quota_holds(const struct host_limit *l, msec now)
{
	return quota_ready_at(&l->quota, l->limiter.taken) > now;
}

/* Returns true if the quota allows fewer concurrent requests than the
 * limiter. */
static bool quota_matters(const struct host_limit *l)
{
	const unsigned permits = l->limiter.permits;

	return !permits || quota_remaining(&l->quota) < permits;
}

void host_limit_init(struct host_limit *l, unsigned permits, msec interval,
		     double response_share)
{
	*l = (struct host_limit){0};
	l->limiter.permits = permits;
	l->interval = interval;
	l->response_share = response_share;
	l->pace.min_interval = interval;
	l->limiter.interval = pace_interval(&l->pace);
}

static void set_least(struct host_limit *l)
{
	l->pace.min_interval = later(l->interval, l->crawl_delay);
	apply_interval(l);
}

void host_limit_slow_down(struct host_limit *l, msec interval)
{
	l->limiter.permits = 1;
	if (interval <= l->crawl_delay)
		return;
	l->crawl_delay = interval;
	set_least(l);
}

bool host_limit_set_interval(struct host_limit *l, msec interval)
{
	if (l->interval == interval)
		return false;
	l->interval = interval;
	set_least(l);
	return true;
}

/* Returns true if a job must return before another one may start. */
static bool is_busy(const struct host_limit *l)
{
	const struct limiter *limiter = &l->limiter;

	return l->probe == PROBE_OUT ||
	       (limiter->permits && limiter->taken >= limiter->permits);
}

msec host_limit_ready_at(const struct host_limit *l)
{
	const struct limiter *limiter = &l->limiter;
	msec at = l->paused_until;

	if (is_busy(l))
		return MSEC_NEVER;
	if (limiter->interval > 0)
		at = later(at, limiter->next);
	return later(at, quota_ready_at(&l->quota, limiter->taken));
}

msec host_limit_expires_at(const struct host_limit *l, msec now)
{
	msec at = later(host_limit_ready_at(l), now + response_interval(l));

	if (pace_has_learnt(&l->pace))
		at = later(at, now) + MEMORY;
	return quota_matters(l) ? later(at, l->quota.ratelimit.resets_at) : at;
}

enum held_by host_limit_reason(const struct host_limit *l)
{
	if (response_interval(l) > pace_interval(&l->pace))
		return HELD_BY_RATE;
	if (l->pace.learnt > l->pace.min_interval)
		return HELD_BY_429;
	return l->crawl_delay > l->interval ? HELD_BY_ROBOTS : HELD_BY_RATE;
}

bool host_limit_has_interval(const struct host_limit *l)
{
	const msec interval = pace_interval(&l->pace);

	return interval > 0 && interval >= response_interval(l);
}

/* Returns the time at which the host's pause has ended and its quota allows
 * requests. */
static msec opens_at(const struct host_limit *l)
{
	return later(l->paused_until,
		     quota_ready_at(&l->quota, l->limiter.taken));
}

msec host_limit_pause_left(const struct host_limit *l, msec now)
{
	const msec at = opens_at(l);

	return at > now && at < MSEC_NEVER ? at - now : 0;
}

static msec sooner(msec a, msec b)
{
	return a < b ? a : b;
}

void host_limit_note(const struct host_limit *l, struct job *job, msec now)
{
	struct host_notes *notes = &job->host_notes;
	msec from = later(job->queued_at, later(l->started, l->freed));

	from = host_notes_hold(notes, HELD_BY_429, from,
			       sooner(opens_at(l), now));
	/* The first Crawl-delay counts from the request for robots.txt. */
	if (job->host_interval > 0)
		from = host_notes_hold(notes, HELD_BY_ROBOTS, from,
				       sooner(job->not_before, now));
	if (l->limiter.interval > 0)
		host_notes_hold(notes, host_limit_reason(l), from,
				sooner(l->limiter.next, now));
}

void host_limit_acquire(struct host_limit *l, msec now)
{
	quota_on_start(&l->quota, l->limiter.taken);
	limiter_acquire(&l->limiter, now);
	l->started = now;
	pace_on_start(&l->pace, now);
	if (l->probe == PROBE_NEXT)
		l->probe = PROBE_OUT;
}

void host_limit_release(struct host_limit *l, const struct job *job,
			enum outcome outcome, bool waiting, uint64_t starts,
			msec now)
{
	const struct ratelimit_info *info = &job->res.ratelimit;

	if (is_busy(l))
		l->freed = now;
	learn(l, job, outcome, waiting && !quota_holds(l, now), starts, now);
	measure(l, job, now);
	if (info->resets_at > 0)
		quota_update(&l->quota, info, job->seq, starts, now);
	else
		quota_no_news(&l->quota, outcome == OUTCOME_NONE, starts, now);
	limiter_release(&l->limiter);
}

void host_limit_pause(struct host_limit *l, uint64_t starts, msec until)
{
	if (l->paused_until >= until)
		return;
	l->paused_until = until;
	l->paused_after = starts;
	l->probe = PROBE_NEXT;
}

msec host_limit_backoff(const struct host_limit *l, const struct job *job,
			msec now)
{
	if (!is_old(l, job))
		return pace_backoff(&l->pace);
	return l->paused_until > now ? l->paused_until - now : 0;
}
