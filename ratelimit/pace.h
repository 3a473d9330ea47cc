/*
 * Learns a host's pace from its 429s (too many requests): how long to back off,
 * and how far apart the requests start from then on.
 *
 * The first 429 sets the interval to the average at which the host has served
 * so far. Each further 429 doubles the interval (or sets it to the average
 * again, if that is slower and the 429s come in a row). Each served request
 * shortens the interval: quickly at first, slowly for a while after a 429 that
 * came at a learnt pace. Each back-off lasts twice as long as the previous one,
 * from 1 s to 60 s, unless the host has served ten requests between the two.
 *
 * The caller reports three events: a 429, the reopening after the back-off, and
 * each success. The schedule enforces the back-off. Pure: time is an argument.
 * Zero is a host about which nothing has been learnt.
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
	msec since;		/* time of the first request, or of the end of the
				 * last back-off */
	unsigned served;	/* requests served since then */
	unsigned backoffs;	/* in a row */
	bool slow_down;		/* adjust the interval on reopening */
	bool careful;		/* the host has sent a 429 at a learnt pace */
};

/* Returns true if there is anything to remember about the host. */
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

/* Returns how long the next back-off lasts, unless the host says so itself. */
msec pace_backoff(const struct pace *p);

/* Records a 429. Call it once for the 429s of requests that were in flight
 * together: they cause one back-off. */
void pace_on_429(struct pace *p);

/* Records that the back-off has ended and the first request after it was not
 * answered with a 429. */
void pace_on_reopened(struct pace *p, msec now);

/* Records a served request. waiting: only the interval kept another request
 * from starting; only then is a faster pace worth trying. */
void pace_on_success(struct pace *p, bool waiting, msec now);

#endif
