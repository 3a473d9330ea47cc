/*
 * A semaphore and a token bucket: limits concurrency and rate.
 *
 * Pure: time is an argument, there is no lock, no sleep and no clock. A struct
 * limiter that is all zero limits nothing.
 */
#ifndef RATELIMIT_LIMITER_H
#define RATELIMIT_LIMITER_H

#include <stdbool.h>

#include "base/clock.h"

struct limiter {
	unsigned permits;	/* maximum number of permits in use; 0: no limit
				 * on concurrency */
	msec interval;		/* time between two starts; 0: no limit on the
				 * rate */
	unsigned taken;		/* number of permits in use */
	msec next;		/* time at which the next start is due */
};

/* Returns the time to wait before limiter_acquire() may be called: 0 if it may
 * be called now, MSEC_NEVER if a permit must be released first. */
msec limiter_wait(const struct limiter *l, msec now);

/* Takes a permit and starts the interval. limiter_wait() must have returned
 * 0. */
void limiter_acquire(struct limiter *l, msec now);

/* Gives a permit back. */
void limiter_release(struct limiter *l);

#endif
