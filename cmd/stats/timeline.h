/*
 * Where the time of a run's requests went: how many were in which phase, how
 * many were finished and how many had an error, in buckets of time.
 *
 * There are TIMELINE_BUCKETS of them, whatever the run's length: when a
 * request ends beyond the last, each two become one and the step doubles.
 * That loses no sum.
 *
 * A request's phases are known as lengths, not moments: they are laid end to
 * end, the last one ending when the request did. So one that was redirected or
 * tried again is seen in each phase once, for as long as it was in it.
 *
 * Pure: time is an argument, in msec since the run began. Zero is an empty one.
 */
#ifndef CMD_STATS_TIMELINE_H
#define CMD_STATS_TIMELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"

enum phase {
	PHASE_WAIT,		/* held back by a limit or a back-off */
	PHASE_DNS,
	PHASE_CONNECT,
	PHASE_TLS,
	PHASE_FIRST_BYTE,
	PHASE_BODY,		/* the network's rest */
	PHASE_QUEUE,		/* until a worker has it, and back */
	PHASE_PARSE,
	PHASE_OUTPUT,		/* until the record is written */
	PHASE_COUNT
};

/* "wait", "dns", ...: as the record's time has them, where it has. */
const char *phase_name(enum phase phase);

enum { TIMELINE_BUCKETS = 120 };

struct timeline {
	msec step;			/* of a bucket; 0: nothing was added */
	size_t used;			/* buckets up to the last edge */
	msec total[PHASE_COUNT];
	struct timeline_bucket {
		/* Time in the phase of requests that entered or left it
		 * here (those that left it count less than nothing)... */
		msec part[PHASE_COUNT];
		/* ...and how many more are in it, from here on, all along. */
		int64_t more[PHASE_COUNT];
		uint64_t finished, errors;
	} buckets[TIMELINE_BUCKETS + 1];	/* one for what begins after */
};

/* A request ended then; phases is how long it was in each. */
void timeline_add(struct timeline *t, msec ended,
		  const msec phases[PHASE_COUNT], bool error);

/* So many more requests were in the phase from then on (or fewer): for those
 * that leave it together, or whose end is not known yet. Until they have left,
 * the phase's total is short of then for each of them. */
void timeline_change(struct timeline *t, msec then, enum phase phase,
		     int64_t more);

/* How many requests were in that phase on average, in each bucket that is
 * used: to average[0 ... used - 1]. */
void timeline_average(const struct timeline *t, enum phase phase,
		      double average[TIMELINE_BUCKETS]);

#endif
