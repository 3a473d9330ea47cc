/* Combines the quotas that responses report, in whatever order the responses
 * arrive. The rules are in quota.h. All times are in msec. */
#include "ratelimit/quota.h"

/* Largest difference between the ends that two responses report for the same
 * window. There is a difference because they give the end in whole seconds,
 * counted from different times. */
#define SAME 1000.0

/* Time between two failed probes while nothing remains of the quota. */
#define PAUSE 1000.0

/* A window whose reported end is further in the future than this has not ended
 * yet, even considering the rounding at both ends and the time that the
 * response took. */
#define LATE 3000.0

static msec later(msec a, msec b)
{
	return a > b ? a : b;
}

static msec sooner(msec a, msec b)
{
	return a < b ? a : b;
}

unsigned quota_remaining(const struct quota *q)
{
	const unsigned remaining = q->ratelimit.remaining;

	return remaining > q->lost ? remaining - q->lost : 0;
}

msec quota_ready_at(const struct quota *q, unsigned in_flight)
{
	if (!quota_is_known(q) || in_flight < quota_remaining(q))
		return 0;
	return q->ratelimit.probe_at;
}

void quota_on_start(struct quota *q, unsigned in_flight)
{
	if (quota_is_known(q) && in_flight >= quota_remaining(q))
		q->ratelimit.probe_at = MSEC_NEVER;
}

/* Updates the end of the window. Each response reports the latest possible end
 * of its window. So the earlier of two ends counts for the same window; if the
 * ends may be of different windows, the later one counts. */
static void set_end(struct ratelimit_info *own,
		    const struct ratelimit_info *info, msec now)
{
	const bool asking = own->probe_at >= MSEC_NEVER;

	if (own->resets_at > now + LATE) {
		own->resets_at = sooner(own->resets_at, info->resets_at);
		own->probe_at = sooner(own->probe_at, info->probe_at);
	} else if (info->resets_at > own->resets_at || asking) {
		own->resets_at = later(own->resets_at, info->resets_at);
		own->probe_at = info->probe_at;
	}
}

/* Sets the number of remaining requests. starts: number of the last start so
 * far. */
static void set_remaining(struct quota *q, unsigned left, uint64_t starts)
{
	q->ratelimit.remaining = left;
	q->known_at = starts;
	q->passed_at = 0;
}

/* Stores a reported number that arrived too late to be used now: it may be of a
 * window that has begun in the meantime. */
static void pass_over(struct quota *q, unsigned left, uint64_t starts)
{
	if (!q->passed_at || left < q->passed_over)
		q->passed_over = left;
	q->passed_at = starts;
}

/* Returns the number of remaining requests after the response to request number
 * seq reported `left`. Responses that were passed over may be newer, so their
 * lowest number counts if it is lower. */
static unsigned least_left(const struct quota *q, unsigned left, uint64_t seq)
{
	if (seq <= q->passed_at && q->passed_over < left)
		return q->passed_over;
	return left;
}

void quota_update(struct quota *q, const struct ratelimit_info *info,
		  uint64_t seq, uint64_t starts, msec now)
{
	struct ratelimit_info *own = &q->ratelimit;
	const bool is_news = seq > q->known_at;

	/* The reported number already includes requests that failed before this
	 * one started. */
	if (is_news)
		q->lost = 0;
	if (now >= own->resets_at ||
	    (is_news && (info->remaining > own->remaining ||
			 info->resets_at > own->resets_at + SAME))) {
		own->resets_at = info->resets_at;
		own->probe_at = info->probe_at;
		set_remaining(q, least_left(q, info->remaining, seq), starts);
		return;
	}
	if (is_news || info->remaining < own->remaining)
		set_remaining(q, info->remaining, starts);
	else
		pass_over(q, info->remaining, starts);
	set_end(own, info, now);
}

void quota_no_news(struct quota *q, bool lost, uint64_t starts, msec now)
{
	if (!quota_is_known(q))
		return;
	if (!lost && now >= q->ratelimit.resets_at) {
		*q = (struct quota){0};
		return;
	}
	if (lost) {
		q->lost++;
		set_remaining(q, q->ratelimit.remaining, starts);
	}
	/* The request may have been the probe. */
	if (q->ratelimit.probe_at >= MSEC_NEVER)
		q->ratelimit.probe_at = now + PAUSE;
}
