/*
 * Buckets hold changes, not levels: a request costs one addition at the start
 * and one at the end of each phase, not one per bucket that it spans. Of ten
 * thousand requests that wait for a limit, most would span most buckets.
 */
#include "cmd/stats/timeline.h"

#include <string.h>

/* The first step, in msec: a run of a tenth of a second is shown to the
 * millisecond. */
#define FIRST_STEP 1.0

/* Latest time in msec (300,000 years); later times count as this one. */
#define LATEST 1e16

const char *phase_name(enum phase phase)
{
	static const char *const names[PHASE_COUNT] = {
		"wait", "dns", "connect", "tls", "first_byte", "body",
		"queue", "parse", "output",
	};

	return names[phase];
}

/* Merges the buckets a and b into one of twice the step. Requests that are in a
 * phase from the start of b on (b->more) are in it for half of the new bucket
 * and for all of the next one, whose `before` is increased by them. */
static void merge_buckets(struct timeline_bucket *to,
			  const struct timeline_bucket *a,
			  const struct timeline_bucket *b,
			  const int64_t *before, msec step)
{
	struct timeline_bucket both = {
		.finished = a->finished + b->finished,
		.errors = a->errors + b->errors,
	};

	for (size_t i = 0; i < PHASE_COUNT; i++) {
		both.part[i] = a->part[i] + b->part[i] +
			       step * (double)b->more[i];
		both.more[i] = a->more[i] + before[i];
	}
	*to = both;
}

static void double_step(struct timeline *t)
{
	const size_t half = TIMELINE_BUCKETS / 2;
	const size_t rest = TIMELINE_BUCKETS + 1 - half;
	int64_t before[PHASE_COUNT] = {0}, odd[PHASE_COUNT];
	struct timeline_bucket after;

	for (size_t i = 0; i < half; i++) {
		const struct timeline_bucket *pair = &t->buckets[2 * i];

		memcpy(odd, pair[1].more, sizeof(odd));
		merge_buckets(&t->buckets[i], &pair[0], &pair[1], before,
			      t->step);
		memcpy(before, odd, sizeof(before));
	}
	after = t->buckets[TIMELINE_BUCKETS];
	memset(&t->buckets[half], 0, rest * sizeof(t->buckets[0]));
	for (size_t i = 0; i < PHASE_COUNT; i++)
		t->buckets[half].more[i] = after.more[i] + before[i];
	t->step *= 2;
	t->used = (t->used + 1) / 2;
}

/* Returns the bucket of a time; doubles the step until there is one. */
static size_t bucket_at(struct timeline *t, msec at)
{
	size_t i;

	while (at >= t->step * TIMELINE_BUCKETS)
		double_step(t);
	i = (size_t)(at / t->step);
	if (t->used <= i)
		t->used = i + 1;
	return i;
}

/* Adds `more` requests (may be negative) to the phase from the time `at` on. */
static void add_edge(struct timeline *t, size_t bucket, msec at,
		     size_t phase, int64_t more)
{
	struct timeline_bucket *b = &t->buckets[bucket];

	b[0].part[phase] +=
		(double)more * ((double)(bucket + 1) * t->step - at);
	b[1].more[phase] += more;
}

/* Limits a time to the range 0 to most; NaN becomes 0. */
static msec clamp_time(msec time, msec most)
{
	if (!(time > 0))
		return 0;
	return time < most ? time : most;
}

void timeline_add(struct timeline *t, msec ended,
		  const msec phases[PHASE_COUNT], bool error)
{
	msec length[PHASE_COUNT], sum = 0, at;
	size_t bucket;

	if (t->step <= 0)
		t->step = FIRST_STEP;
	for (size_t i = 0; i < PHASE_COUNT; i++)
		sum += length[i] = clamp_time(phases[i], LATEST / PHASE_COUNT);
	/* Clocks that are read one after the other differ a little. A request
	 * that seems to begin before the run is moved to the start of the run,
	 * so that none of its time is lost. */
	at = clamp_time(ended - sum, LATEST);
	bucket = bucket_at(t, at + sum);
	t->buckets[bucket].finished++;
	t->buckets[bucket].errors += error;
	bucket = bucket_at(t, at);
	for (size_t i = 0; i < PHASE_COUNT; i++) {
		if (length[i] <= 0)
			continue;
		t->total[i] += length[i];
		add_edge(t, bucket, at, i, 1);
		at += length[i];
		bucket = bucket_at(t, at);
		add_edge(t, bucket, at, i, -1);
	}
}

void timeline_change(struct timeline *t, msec then, enum phase phase,
		     int64_t more)
{
	const msec at = clamp_time(then, LATEST);

	if (t->step <= 0)
		t->step = FIRST_STEP;
	add_edge(t, bucket_at(t, at), at, phase, more);
	t->total[phase] -= (double)more * at;
}

void timeline_average(const struct timeline *t, enum phase phase,
		      double average[TIMELINE_BUCKETS])
{
	int64_t level = 0;	/* requests that are in the phase for the whole
				 * bucket */

	for (size_t i = 0; i < t->used; i++) {
		const struct timeline_bucket *b = &t->buckets[i];

		level += b->more[phase];
		average[i] = fmax((double)level + b->part[phase] / t->step, 0);
	}
}
