/*
 * A semaphore and a token bucket: how many at once, and how often.
 *
 * Pure: time is an argument, there is no lock, no sleep and no clock. Zero is
 * a limiter that limits nothing.
 */
#ifndef RATELIMIT_LIMITER_H
#define RATELIMIT_LIMITER_H

#include <stdbool.h>

#include "base/clock.h"

struct limiter {
	unsigned permits;	/* 0: any number at once */
	msec interval;		/* between two starts; 0: none */
	unsigned taken;
	msec next;		/* the next start is due then */
};

/* How long until limiter_acquire() would succeed: 0 for now, MSEC_NEVER when it
 * takes somebody giving a permit back. */
msec limiter_wait(const struct limiter *l, msec now);

/* Takes a permit and starts the interval. limiter_wait() must have said 0. */
void limiter_acquire(struct limiter *l, msec now);

/* Gives a permit back. */
void limiter_release(struct limiter *l);

#endif
