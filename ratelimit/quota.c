#include "ratelimit/quota.h"

/* The ends of one window, in whole seconds from different moments, differ by
 * up to this. */
#define SAME 1000.0

/* Between two that are tried with nothing left and come to nothing. */
#define PAUSE 1000.0

/* A window that is said to end later than in this time is not over yet, for
 * all the rounding at both ends and the time the answer took. */
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

msec quota_ready_at(const struct quota *q, unsigned out)
{
	if (!quota_is_known(q) || out < quota_remaining(q))
		return 0;
	return q->ratelimit.probe_at;
}

void quota_on_start(struct quota *q, unsigned out)
{
	if (quota_is_known(q) && out >= quota_remaining(q))
		q->ratelimit.probe_at = MSEC_NEVER;
}

/* Each grant says when its window is over at the latest; if they may be of two
 * windows, the later one counts. */
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

/* All that is known by now. */
static void know(struct quota *q, unsigned left, uint64_t starts)
{
	q->ratelimit.remaining = left;
	q->known_at = starts;
	q->passed_at = 0;
}

/* It may be of a window that has begun in the meantime. */
static void pass_over(struct quota *q, unsigned left, uint64_t starts)
{
	if (!q->passed_at || left < q->passed_over)
		q->passed_over = left;
	q->passed_at = starts;
}

/* What is left according to a request that was overtaken, perhaps, by those
 * that were passed over. */
static unsigned left_by(const struct quota *q, unsigned left, uint64_t seq)
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

	/* Those that were lost before it was started are counted in it. */
	if (is_news)
		q->lost = 0;
	if (now >= own->resets_at ||
	    (is_news && (info->remaining > own->remaining ||
			 info->resets_at > own->resets_at + SAME))) {
		own->resets_at = info->resets_at;
		own->probe_at = info->probe_at;
		know(q, left_by(q, info->remaining, seq), starts);
		return;
	}
	if (is_news || info->remaining < own->remaining)
		know(q, info->remaining, starts);
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
		know(q, q->ratelimit.remaining, starts);
	}
	/* It may have been the one that was to find out. */
	if (q->ratelimit.probe_at >= MSEC_NEVER)
		q->ratelimit.probe_at = now + PAUSE;
}
