/*
 * How often which duration was seen, in fixed memory (20 KB) whatever their
 * number: a row of buckets that grow with the value, HISTOGRAM_STEPS to each
 * doubling, as HdrHistogram has them. What is read back is the middle of a
 * bucket, so it is off by at most 1 / (2 * HISTOGRAM_STEPS): 0.8 %. The
 * smallest and the largest are kept exactly. Zero is an empty one.
 */
#ifndef CMD_STATS_HISTOGRAM_H
#define CMD_STATS_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"

enum {
	HISTOGRAM_STEPS = 64,
	/* From 2^-11 msec (half a microsecond) to 2^28 (three days). Beyond,
	 * values count as the nearest. */
	HISTOGRAM_LOW = -10,
	HISTOGRAM_HIGH = 28,
	HISTOGRAM_BUCKETS =
		(HISTOGRAM_HIGH - HISTOGRAM_LOW + 1) * HISTOGRAM_STEPS
};

struct histogram {
	uint64_t count;
	msec min, max;
	uint64_t buckets[HISTOGRAM_BUCKETS];
};

/* Not-a-number and negative values count as 0. */
void histogram_add(struct histogram *h, msec value);

/* At most so many neighbours, each of several buckets, from the smallest value
 * to the largest: how many values are below upper, and not below the one
 * before. Returns their number; 0 when nothing was added. */
enum { HISTOGRAM_GROUPS = 60 };
struct histogram_group {
	msec upper;
	uint64_t count;
};
size_t histogram_groups(const struct histogram *h,
			struct histogram_group groups[HISTOGRAM_GROUPS]);

/* The smallest value that at least share (0 to 1) of all do not exceed; 0
 * when there is none. */
msec histogram_at(const struct histogram *h, double share);

#endif
