/* Computes the interval between requests to a host from its 429s and successes.
 * The rules are in pace.h; the constants and their reasons are in this file. */
#include "ratelimit/pace.h"

/* Number of served requests between two back-offs from which on the back-offs
 * are not "in a row". */
enum { ENOUGH = 10 };

/* FREE: a shorter interval (msec) counts as none. SLOWEST: the longest
 * interval. It is ten seconds, so that the program notices soon when the host
 * has lifted a limit. */
#define FREE 1.0
#define SLOWEST 10e3

/*
 * Each success shortens the interval by its square divided by QUICK (msec). The
 * rate then grows exponentially in time: it doubles every 0.7 * QUICK, half a
 * second. The rate then exceeds the limit of a server with a small burst by
 * little more than half of the limit.
 */
#define QUICK 700.0

/*
 * For this time (msec) after a 429 that came at a learnt pace, successes
 * shorten the interval less, in proportion to the time passed since. Going from
 * half of the limit to the limit then takes ten seconds; going from 1 to 1,000
 * requests a second, if there is no limit, takes thirty.
 */
#define CAREFUL 100e3

/* After a 429 that came at a learnt pace, a success shortens the interval by at
 * most 1/STEP. On slow servers, going from half of the limit to the limit then
 * takes more requests than ENOUGH; otherwise all back-offs would count as in a
 * row. */
#define STEP 20

static msec longer(msec a, msec b)
{
	return a > b ? a : b;
}

static msec shorter(msec a, msec b)
{
	return a < b ? a : b;
}

/* Returns the average time per served request, the back-off included: the host
 * has accepted this pace, whatever its rules are. */
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
	/* A single 429, or a host that has not served any request, is not
	 * enough to conclude that the pace must be very slow. */
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
		return;	/* the request started before the back-off */
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
