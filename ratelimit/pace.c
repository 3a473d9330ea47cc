#include "ratelimit/pace.h"

/* Served between two holds that are not in a row. */
enum { ENOUGH = 10 };

/* A pace this fast is none. The slowest one is ten seconds, so that a host
 * that has changed its mind is not found out too late. */
#define FREE 1.0
#define SLOWEST 10e3

/*
 * Intervals shrink by their square over this, which is an exponential growth
 * in time: the pace doubles every 0.7 of it. Doubling in half a second
 * overshoots what a server with a small burst allows by little more than half
 * of it.
 */
#define QUICK 700.0

/* Once the limit has been met it is that quick after so long without a 429,
 * and slower in proportion before: from half of the limit to the limit takes
 * ten seconds, from one a second to a thousand, if there is none, thirty. */
#define CAREFUL 100e3

/* Slow servers: from half of the limit to the limit takes more requests than
 * ENOUGH, or each hold would be in a row with the one before. */
#define STEP 20

static msec longer(msec a, msec b)
{
	return a > b ? a : b;
}

static msec shorter(msec a, msec b)
{
	return a < b ? a : b;
}

/* Between two that were served, the hold included: it has done this much
 * whatever its rules are. */
static msec average(const struct pace *p, msec now)
{
	return (now - p->since) / (p->served > 0 ? p->served : 1);
}

msec pace_backoff(const struct pace *p)
{
	msec hold = PACE_BACKOFF_BASE;

	for (unsigned i = 0; i < p->backoffs && hold < PACE_BACKOFF_MAX; i++)
		hold *= 2;
	return shorter(hold, PACE_BACKOFF_MAX);
}

void pace_on_429(struct pace *p)
{
	p->backoffs++;
	p->slow_down = true;
}

void pace_on_reopened(struct pace *p, msec now)
{
	if (!p->slow_down)
		return;
	p->careful = p->learnt > 0;
	p->learnt = p->careful ? 2 * pace_interval(p) : average(p, now);
	/* It was too fast by far: the probe was told so, too, or those that
	 * came after it. */
	if (p->backoffs > 1)
		p->learnt = longer(p->learnt, average(p, now));
	/* One accident, or a host that is not up yet, says little. */
	if (!p->careful && (p->backoffs == 1 || p->served == 0))
		p->learnt = shorter(p->learnt, PACE_BACKOFF_BASE);
	p->learnt = shorter(p->learnt, SLOWEST);
	p->slow_down = false;
	p->served = 0;
	p->since = now;
}

void pace_on_success(struct pace *p, bool waiting, msec now)
{
	msec less, most;

	p->served++;
	if (p->slow_down)
		return;	/* started before the hold */
	if (p->served >= ENOUGH)
		p->backoffs = 0;
	if (!waiting || p->learnt <= 0)
		return;
	less = p->learnt * p->learnt / QUICK;
	most = p->learnt / 2;
	if (p->careful) {
		less *= shorter((now - p->since) / CAREFUL, 1);
		most = p->learnt / STEP;
	}
	p->learnt -= shorter(less, most);
	if (p->learnt < FREE || p->learnt <= p->min_interval) {
		p->learnt = 0;
		p->careful = false;
	}
}
