#include "ratelimit/limiter.h"

#include <assert.h>

/*
 * How much lateness is made up for. A timer fires up to a millisecond late,
 * and at 1,000 starts a second that would halve the rate if the next interval
 * always began at the late start. So the interval begins when the start was
 * due, as long as that is no more than this ago. A start therefore comes at
 * most this much less than an interval after the one before, and after an
 * idle time there is no burst.
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
