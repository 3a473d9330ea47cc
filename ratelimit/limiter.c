/* Counts the permits in use. Instead of a number of tokens, stores the time at
 * which the next start is due. */
#include "ratelimit/limiter.h"

#include <assert.h>

/*
 * The largest delay of a start, in msec, that the next start makes up for.
 * Timers fire up to a millisecond late; at 1,000 starts a second that would
 * halve the rate if each interval began at the late start. So the interval
 * begins at the time when the start was due, unless that is more than SLACK
 * ago. Two starts are therefore at least an interval minus SLACK apart, and
 * there is no burst after an idle time.
 */
#define SLACK 2.0

msec limiter_wait(const struct limiter *l, msec now)
{
	if (l->permits && l->taken >= l->permits)
		return MSEC_NEVER;
	return l->interval > 0 && l->next > now ? l->next - now : 0;
}

void limiter_acquire(struct limiter *l, msec now)
{
	assert(!l->permits || l->taken < l->permits);
	assert(l->interval <= 0 || l->next <= now);
	l->taken++;
	if (l->interval > 0) {
		const msec due = l->next > now - SLACK ? l->next : now - SLACK;

		l->next = due + l->interval;
	}
}

void limiter_release(struct limiter *l)
{
	assert(l->taken > 0);
	l->taken--;
}
