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

msec pace_hold(const struct pace *p)
{
	msec hold = HOLD_BASE;

	for (unsigned i = 0; i < p->holds && hold < HOLD_MAX; i++)
		hold *= 2;
	return shorter(hold, HOLD_MAX);
}

void pace_on_429(struct pace *p)
{
	p->holds++;
	p->slower = true;
}

void pace_reopened(struct pace *p, msec now)
{
	if (!p->slower)
		return;
	p->careful = p->taught > 0;
	p->taught = p->careful ? 2 * pace_interval(p) : average(p, now);
	/* It was too fast by far: the probe was told so, too, or those that
	 * came after it. */
	if (p->holds > 1)
		p->taught = longer(p->taught, average(p, now));
	/* One accident, or a host that is not up yet, says little. */
	if (!p->careful && (p->holds == 1 || p->served == 0))
		p->taught = shorter(p->taught, HOLD_BASE);
	p->taught = shorter(p->taught, SLOWEST);
	p->slower = false;
	p->served = 0;
	p->since = now;
}

void pace_on_success(struct pace *p, bool waiting, msec now)
{
	msec less, most;

	p->served++;
	if (p->slower)
		return;	/* started before the hold */
	if (p->served >= ENOUGH)
		p->holds = 0;
	if (!waiting || p->taught <= 0)
		return;
	less = p->taught * p->taught / QUICK;
	most = p->taught / 2;
	if (p->careful) {
		less *= shorter((now - p->since) / CAREFUL, 1);
		most = p->taught / STEP;
	}
	p->taught -= shorter(less, most);
	if (p->taught < FREE || p->taught <= p->least) {
		p->taught = 0;
		p->careful = false;
	}
}
