/* The exponent and the first bits of the fraction (frexp()) of a value select
 * its bucket. */
#include "cmd/stats/histogram.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* Returns the bucket of value = fraction * 2^exponent, 0.5 <= fraction < 1. */
static size_t bucket_of(msec value)
{
	int exponent;
	const double fraction = frexp(value, &exponent);

	if (value <= 0 || exponent < HISTOGRAM_LOW)
		return 0;
	if (exponent > HISTOGRAM_HIGH || isinf(value))
		return HISTOGRAM_BUCKETS - 1;
	return (size_t)(exponent - HISTOGRAM_LOW) * HISTOGRAM_STEPS +
	       (size_t)((fraction - 0.5) * 2 * HISTOGRAM_STEPS);
}

static msec middle_of(size_t bucket)
{
	const double step = (double)(bucket % HISTOGRAM_STEPS) + 0.5;
	const int exponent = (int)(bucket / HISTOGRAM_STEPS) + HISTOGRAM_LOW;

	return ldexp(0.5 + step / (2 * HISTOGRAM_STEPS), exponent);
}

void histogram_add(struct histogram *h, msec value)
{
	if (!(value > 0))
		value = 0;
	if (!h->count || value < h->min)
		h->min = value;
	if (!h->count || value > h->max)
		h->max = value;
	h->count++;
	h->buckets[bucket_of(value)]++;
}

/* Returns the lower bound of a bucket, which is the upper bound of the previous
 * bucket. */
static msec start_of(size_t bucket)
{
	const double step = (double)(bucket % HISTOGRAM_STEPS);
	const int exponent = (int)(bucket / HISTOGRAM_STEPS) + HISTOGRAM_LOW;

	return ldexp(0.5 + step / (2 * HISTOGRAM_STEPS), exponent);
}

size_t histogram_groups(const struct histogram *h,
			struct histogram_group groups[HISTOGRAM_GROUPS])
{
	const size_t first = bucket_of(h->min), last = bucket_of(h->max);
	size_t width = 1;

	if (!h->count)
		return 0;
	/* The group width is a power of two, like HISTOGRAM_STEPS, so that each
	 * doubling is divided into equal groups. */
	while (last / width - first / width >= HISTOGRAM_GROUPS)
		width *= 2;
	memset(groups, 0, HISTOGRAM_GROUPS * sizeof(*groups));
	for (size_t i = first; i <= last; i++) {
		struct histogram_group *g = &groups[i / width - first / width];

		g->upper = start_of((i / width + 1) * width);
		g->count += h->buckets[i];
	}
	return last / width - first / width + 1;
}

msec histogram_at(const struct histogram *h, double share)
{
	const double rank = ceil(share * (double)h->count);
	uint64_t seen = 0;
	size_t i = 0;

	/* min and max are exact; the middle of a bucket would not be. */
	if (rank <= 1)
		return h->min;
	if (rank >= (double)h->count)
		return h->max;
	while (i < HISTOGRAM_BUCKETS - 1) {
		seen += h->buckets[i];
		if ((double)seen >= rank)
			break;
		i++;
	}
	return fmin(fmax(middle_of(i), h->min), h->max);
}
