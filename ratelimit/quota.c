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

unsigned quota_left(const struct quota *q)
{
	return q->grant.left > q->lost ? q->grant.left - q->lost : 0;
}

msec quota_opens(const struct quota *q, unsigned out)
{
	if (!quota_is_known(q) || out < quota_left(q))
		return 0;
	return q->grant.ask_again;
}

void quota_start(struct quota *q, unsigned out)
{
	if (quota_is_known(q) && out >= quota_left(q))
		q->grant.ask_again = MSEC_NEVER;
}

/* Each grant says when its window is over at the latest; if they may be of two
 * windows, the later one counts. */
static void set_end(struct grant *own, const struct grant *grant, msec now)
{
	const bool asking = own->ask_again >= MSEC_NEVER;

	if (own->until > now + LATE) {
		own->until = sooner(own->until, grant->until);
		own->ask_again = sooner(own->ask_again, grant->ask_again);
	} else if (grant->until > own->until || asking) {
		own->until = later(own->until, grant->until);
		own->ask_again = grant->ask_again;
	}
}

/* All that is known by now. */
static void know(struct quota *q, unsigned left, uint64_t starts)
{
	q->grant.left = left;
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

void quota_update(struct quota *q, const struct grant *grant, uint64_t seq,
		uint64_t starts, msec now)
{
	struct grant *own = &q->grant;
	const bool is_news = seq > q->known_at;

	/* Those that were lost before it was started are counted in it. */
	if (is_news)
		q->lost = 0;
	if (now >= own->until ||
	    (is_news && (grant->left > own->left ||
			 grant->until > own->until + SAME))) {
		own->until = grant->until;
		own->ask_again = grant->ask_again;
		know(q, left_by(q, grant->left, seq), starts);
		return;
	}
	if (is_news || grant->left < own->left)
		know(q, grant->left, starts);
	else
		pass_over(q, grant->left, starts);
	set_end(own, grant, now);
}

void quota_no_news(struct quota *q, bool lost, uint64_t starts, msec now)
{
	if (!quota_is_known(q))
		return;
	if (!lost && now >= q->grant.until) {
		*q = (struct quota){0};
		return;
	}
	if (lost) {
		q->lost++;
		know(q, q->grant.left, starts);
	}
	/* It may have been the one that was to find out. */
	if (q->grant.ask_again >= MSEC_NEVER)
		q->grant.ask_again = now + PAUSE;
}
