/*
 * Learns a host's pace from its 429s (too many requests): how long to back off,
 * and the interval between the starts of requests after that.
 *
 * The first 429 sets the interval to the average at which the host has served
 * so far. Each further 429 doubles the interval (or sets it to the average
 * again, if that is slower and the 429s come in a row). Each served request
 * shortens the interval: quickly at first, slowly for a while after a 429 that
 * came at a learnt pace. Each back-off lasts twice as long as the previous one,
 * from 1 s to 60 s, unless the host has served ten requests between the two
 * back-offs.
 *
 * The caller reports three events: a 429, the reopening after the back-off, and
 * each success. The schedule enforces the back-off. Pure: time is an argument.
 * In a struct pace that is all zero, nothing has been learnt.
 */
#ifndef RATELIMIT_PACE_H
#define RATELIMIT_PACE_H

#include <stdbool.h>

#include "base/clock.h"

#define PACE_BACKOFF_BASE 1000.0	/* msec */
#define PACE_BACKOFF_MAX 60000.0

struct pace {
	msec min_interval;	/* configured interval (--host-rate) */
	msec learnt;		/* interval learnt from 429s; 0: none */
	msec since;		/* time of the first request, or of the end of
				 * the last back-off */
	unsigned served;	/* number of requests served after that time */
	unsigned backoffs;	/* number of back-offs in a row */
	bool slow_down;		/* adjust the interval when the back-off ends */
	bool careful;		/* the host has sent a 429 at a learnt pace, so
				 * the interval is shortened slowly */
};

/* Returns true if something learnt about the host must be remembered. */
static inline bool pace_has_learnt(const struct pace *p)
{
	return p->learnt > 0 || p->backoffs > 0;
}

/* Returns the interval between two starts; 0: none. */
static inline msec pace_interval(const struct pace *p)
{
	return p->learnt > p->min_interval ? p->learnt : p->min_interval;
}

static inline void pace_on_start(struct pace *p, msec now)
{
	if (p->since <= 0)
		p->since = now;
}

/* Returns how long the next back-off lasts, for a response without
 * Retry-After. */
msec pace_backoff(const struct pace *p);

/* Records a 429. Call it once for the 429s of requests that were in flight
 * together: they cause one back-off. */
void pace_on_429(struct pace *p);

/* Records that the back-off has ended and the first request after it was not
 * answered with a 429. */
void pace_on_reopened(struct pace *p, msec now);

/* Records a served request. waiting: another request was ready and waited only
 * for the interval; a faster pace is worth trying only then. */
void pace_on_success(struct pace *p, bool waiting, msec now);

#endif
