/*
 * What the progress line says, apart from where it is drawn: pure, the time
 * is an argument.
 *
 *	  1,234 done  456/s  64 in flight  2 errors  3 bad status  ETA 0:12
 *
 * and at the end, to stay:
 *
 *	  6,706 done in 0:15  447/s  12.3 MB  2 errors  3 bad status
 */
#ifndef CMD_STATS_PROGRESS_LINE_H
#define CMD_STATS_PROGRESS_LINE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"

/* How fast a counter grows, over the last METER_SPAN samples: five seconds,
 * when one is taken twice a second. Zero is one that was never sampled. */
enum { METER_SPAN = 10 };
struct meter_rate {
	struct meter_sample {
		msec at;
		uint64_t done;
	} samples[METER_SPAN + 1];
	size_t len, next;
};

void meter_rate_add(struct meter_rate *r, msec now, uint64_t done);

/* Per second; 0 as long as no time has passed. */
double meter_rate_get(const struct meter_rate *r);

struct meter_view {
	uint64_t done, errors;
	uint64_t bad;		/* no error, but a status >= 400 */
	uint64_t total;		/* 0: unknown, then there is no ETA */
	unsigned in_flight;
	double rate;		/* per second */
};

/* Appends the line, without a line end, cut to less than columns (a full one
 * would make some terminals scroll). */
void meter_line(struct buf *out, const struct meter_view *view,
		unsigned columns);

struct meter_totals {
	uint64_t done, errors, bad, bytes;
	msec duration;
};

/* Appends what a run came to; whole: it is not drawn over. */
void meter_totals(struct buf *out, const struct meter_totals *totals);

#endif
