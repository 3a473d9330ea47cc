#include "ratelimit/host_limit.h"

#include "base/job/job.h"

/* For so long what an idle host has taught is worth keeping: longer than
 * gaps in a list, and than most limits need to forget us. */
#define MEMORY 30e3

static msec later(msec a, msec b)
{
	return a > b ? a : b;
}

/* Whether its host was closed since the job was started. */
static bool is_old(const struct host_limit *d, const struct job *job)
{
	return job->seq <= d->closed_at;
}

static void learn(struct host_limit *d, const struct job *job,
		  enum outcome answer, bool waiting, uint64_t starts, msec now)
{
	struct pace *p = &d->pace;

	if (answer == OUTCOME_THROTTLED) {
		if (is_old(d, job))
			return;
		pace_on_429(p);
		d->probe = PROBE_NEXT;
		d->closed_at = starts;
		return;
	}
	if (d->probe == PROBE_OUT && !is_old(d, job)) {
		d->probe = PROBE_NONE;
		pace_on_reopened(p, now);
		/* It was started without that interval. */
		d->limiter.next = now + pace_interval(p);
	}
	if (answer == OUTCOME_OK)
		pace_on_success(p, waiting, now);
	d->limiter.interval = pace_interval(p);
}

static bool quota_holds(const struct host_limit *d, msec now)
{
	return quota_ready_at(&d->quota, d->limiter.taken) > now;
}

/* Without it the host would be sent more at once than it takes. */
static bool quota_matters(const struct host_limit *d)
{
	const unsigned permits = d->limiter.permits;

	return !permits || quota_remaining(&d->quota) < permits;
}

void host_limit_init(struct host_limit *d, unsigned permits, msec interval)
{
	*d = (struct host_limit){0};
	d->limiter.permits = permits;
	d->pace.min_interval = interval;
	d->limiter.interval = pace_interval(&d->pace);
}

msec host_limit_ready_at(const struct host_limit *d)
{
	const struct limiter *l = &d->limiter;
	msec at = d->closed_until;

	if (d->probe == PROBE_OUT || (l->permits && l->taken >= l->permits))
		return MSEC_NEVER;
	if (l->interval > 0)
		at = later(at, l->next);
	return later(at, quota_ready_at(&d->quota, l->taken));
}

msec host_limit_expires_at(const struct host_limit *d, msec now)
{
	msec at = host_limit_ready_at(d);

	if (pace_has_learnt(&d->pace))
		at = later(at, now) + MEMORY;
	return quota_matters(d) ? later(at, d->quota.ratelimit.resets_at) : at;
}

void host_limit_acquire(struct host_limit *d, msec now)
{
	quota_on_start(&d->quota, d->limiter.taken);
	limiter_acquire(&d->limiter, now);
	pace_on_start(&d->pace, now);
	if (d->probe == PROBE_NEXT)
		d->probe = PROBE_OUT;
}

void host_limit_release(struct host_limit *d, const struct job *job,
			enum outcome answer, bool waiting, uint64_t starts,
			msec now)
{
	const struct ratelimit_info *info = &job->res.ratelimit;

	learn(d, job, answer, waiting && !quota_holds(d, now), starts, now);
	if (info->resets_at > 0)
		quota_update(&d->quota, info, job->seq, starts, now);
	else
		quota_no_news(&d->quota, answer == OUTCOME_NONE, starts, now);
	limiter_release(&d->limiter);
}

void host_limit_pause(struct host_limit *d, uint64_t starts, msec until)
{
	if (d->closed_until >= until)
		return;
	d->closed_until = until;
	d->closed_at = starts;
	d->probe = PROBE_NEXT;
}

msec host_limit_backoff(const struct host_limit *d, const struct job *job,
			msec now)
{
	if (!is_old(d, job))
		return pace_backoff(&d->pace);
	return d->closed_until > now ? d->closed_until - now : 0;
}
