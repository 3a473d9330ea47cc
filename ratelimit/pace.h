/*
 * What a host's 429s (too many requests) have taught: how long it is to be
 * left alone, and how far apart its requests start from then on.
 *
 * In two sentences: after a 429 the host gets the pace at which it has served
 * so far, after each further one half of its pace (or again what it served, if
 * that is slower and they come in a row), and what it serves speeds it up:
 * quickly at first, slowly for a while after a 429 that came at such a pace.
 * Each hold lasts twice as long as the one before, from 1 s to 60 s, unless
 * the host has served ten requests between the two.
 *
 * It learns in three steps: held, reopened, served. Pure: time is an argument.
 * Zero is a host that has taught nothing. What a hold keeps back is the
 * schedule's business.
 */
#ifndef RATELIMIT_PACE_H
#define RATELIMIT_PACE_H

#include <stdbool.h>

#include "base/clock.h"

#define PACE_BACKOFF_BASE 1000.0	/* msec */
#define PACE_BACKOFF_MAX 60000.0

struct pace {
	msec min_interval;	/* the interval it has anyway (--host-rate) */
	msec learnt;		/* ... because of its 429s; 0: none */
	msec since;		/* the first start, or the last reopening */
	unsigned served;	/* since then */
	unsigned backoffs;		/* in a row */
	bool slow_down;		/* when it reopens */
	bool careful;		/* it has said 429 at a pace of ours */
};

/* Whether forgetting it would make a difference. */
static inline bool pace_has_learnt(const struct pace *p)
{
	return p->learnt > 0 || p->backoffs > 0;
}

/* Between two starts; 0: none. */
static inline msec pace_interval(const struct pace *p)
{
	return p->learnt > p->min_interval ? p->learnt : p->min_interval;
}

static inline void pace_on_start(struct pace *p, msec now)
{
	if (p->since <= 0)
		p->since = now;
}

/* How long the next hold lasts, unless the host says so itself. */
msec pace_backoff(const struct pace *p);

/* It said 429. Requests that were out together are one hold. */
void pace_on_429(struct pace *p);

/* The hold is over, and the first request after it was not told 429. */
void pace_on_reopened(struct pace *p, msec now);

/* waiting: another request could have been started, were it not for the
 * interval. Only then does the answer say that a faster pace is worth a try. */
void pace_on_success(struct pace *p, bool waiting, msec now);

#endif
