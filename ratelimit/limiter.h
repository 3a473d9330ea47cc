/*
 * A semaphore and a token bucket: limits concurrency and rate.
 *
 * Pure: time is an argument, there is no lock, no sleep and no clock. Zero is
 * a limiter that limits nothing.
 */
#ifndef RATELIMIT_LIMITER_H
#define RATELIMIT_LIMITER_H

#include <stdbool.h>

#include "base/clock.h"

struct limiter {
	unsigned permits;	/* 0: no limit on concurrency */
	msec interval;		/* between two starts; 0: none */
	unsigned taken;		/* permits in use */
	msec next;		/* time at which the next start is due */
};

/* Returns how long to wait before limiter_acquire(): 0 if it may be called now,
 * MSEC_NEVER if a permit must be released first. */
msec limiter_wait(const struct limiter *l, msec now);

/* Takes a permit and starts the interval. limiter_wait() must have returned
 * 0. */
void limiter_acquire(struct limiter *l, msec now);

/* Returns a permit. */
void limiter_release(struct limiter *l);

#endif
