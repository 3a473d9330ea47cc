/*
 * How the interval between requests to a host follows its 429s and successes;
 * the rules are in pace.h, the constants and their reasons here.
 */
#include "ratelimit/pace.h"

/* Two back-offs with at least this many served requests between them are not
 * in a row. */
enum { ENOUGH = 10 };

/* A shorter interval than FREE counts as none. The longest one is ten seconds,
 * so that a limit that the host has lifted is noticed soon. */
#define FREE 1.0
#define SLOWEST 10e3

/*
 * Each success shortens the interval by its square divided by QUICK (msec).
 * The rate then grows exponentially in time: it doubles every 0.7 * QUICK, half
 * a second. That overshoots the limit of a server with a small burst by little
 * more than half of the limit.
 */
#define QUICK 700.0

/*
 * After a 429 at a learnt pace, the interval shrinks at full speed only after
 * this long (msec) without a 429, and before that in proportion to the time
 * passed. Going from half of the limit to the limit then takes ten seconds;
 * from 1 to 1,000 requests a second, if there is no limit, thirty.
 */
#define CAREFUL 100e3

/* After such a 429 a success shortens the interval by at most 1/STEP. On slow
 * servers, going from half of the limit to the limit then takes more requests
 * than ENOUGH; otherwise all back-offs would count as in a row. */
#define STEP 20

static msec longer(msec a, msec b)
{
	return a > b ? a : b;
}

static msec shorter(msec a, msec b)
{
	return a < b ? a : b;
}

/* Returns the average time between two served requests, the back-off included:
 * the host has kept this pace, whatever its rules are. */
static msec average(const struct pace *p, msec now)
{
	return (now - p->since) / (p->served > 0 ? p->served : 1);
}

msec pace_backoff(const struct pace *p)
{
	msec backoff = PACE_BACKOFF_BASE;

	for (unsigned i = 0; i < p->backoffs && backoff < PACE_BACKOFF_MAX; i++)
		backoff *= 2;
	return shorter(backoff, PACE_BACKOFF_MAX);
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
	/* The pace was far too fast: the probe, or the requests after it, got a
	 * 429 as well. */
	if (p->backoffs > 1)
		p->learnt = longer(p->learnt, average(p, now));
	/* A single 429, or a host that has served nothing yet, says little. */
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
		return;	/* started before the back-off */
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
