/*
 * Histogram of durations in fixed memory (20 KB), for any number of values.
 * Bucket widths grow with the value, HISTOGRAM_STEPS buckets per doubling, as
 * in HdrHistogram. A value read back is the middle of its bucket, so its error
 * is at most 1 / (2 * HISTOGRAM_STEPS): 0.8 %. The smallest and the largest
 * value are kept exactly. Zero is a valid empty histogram.
 */
#ifndef CMD_STATS_HISTOGRAM_H
#define CMD_STATS_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"

enum {
	HISTOGRAM_STEPS = 64,
	/* The range is 2^-11 msec (half a microsecond) to 2^28 msec (three
	 * days). Values outside of the range count as its nearest end. */
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

/* Adds a value. NaN and negative values count as 0. */
void histogram_add(struct histogram *h, msec value);

/* Joins the buckets from the smallest to the largest value into at most
 * HISTOGRAM_GROUPS groups of equally many buckets. Returns the number of
 * groups; 0 if the histogram is empty. */
enum { HISTOGRAM_GROUPS = 60 };
struct histogram_group {
	msec upper;		/* upper bound, exclusive; the lower bound is
				 * the upper bound of the group before */
	uint64_t count;
};
size_t histogram_groups(const struct histogram *h,
			struct histogram_group groups[HISTOGRAM_GROUPS]);

/* Returns a quantile: the smallest value that at least a share (0 to 1) of all
 * values do not exceed. Returns 0 if the histogram is empty. */
msec histogram_at(const struct histogram *h, double share);

#endif
