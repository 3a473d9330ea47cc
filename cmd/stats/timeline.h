/*
 * Timeline of a run: how many requests were in each phase, how many finished
 * and how many had an error, in buckets of time.
 *
 * There are TIMELINE_BUCKETS buckets, however long the run is: when a request
 * ends after the last bucket, each pair of buckets is merged and the step
 * doubles. All sums stay the same.
 *
 * Only the lengths of a request's phases are known, not when they began. They
 * are laid end to end, and the last one ends with the request. So a request
 * that was redirected or retried is in each phase once, for the total time it
 * was in it.
 *
 * Pure: time is an argument, in msec since the run began. Zero is a valid empty
 * timeline.
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
	PHASE_BODY,		/* the rest of the time on the network */
	PHASE_QUEUE,		/* between the network and a worker, in both
				 * directions */
	PHASE_PARSE,
	PHASE_OUTPUT,		/* until the record is written */
	PHASE_COUNT
};

/* Returns the name of a phase: "wait", "dns", ... The name is that in a
 * record's `time`, if the phase is there. */
const char *phase_name(enum phase phase);

enum { TIMELINE_BUCKETS = 120 };

struct timeline {
	msec step;			/* length of a bucket in msec; 0:
					 * nothing was added */
	size_t used;			/* number of buckets up to the last
					 * change */
	msec total[PHASE_COUNT];
	struct timeline_bucket {
		/* Time from entering the phase to the end of the bucket, summed
		 * over the requests that enter the phase in this bucket; minus
		 * the same time of those that leave the phase. */
		msec part[PHASE_COUNT];
		/* Number of requests that are in the phase for the whole of
		 * this bucket, minus the same number for the bucket before. */
		int64_t more[PHASE_COUNT];
		uint64_t finished, errors;
	} buckets[TIMELINE_BUCKETS + 1];	/* the last one is for changes
						 * after the end */
};

/* Adds a request that ended at that time; phases is the time that it spent in
 * each phase. */
void timeline_add(struct timeline *t, msec ended,
		  const msec phases[PHASE_COUNT], bool error);

/* Changes the number of requests in the phase from that time on by `more`,
 * which may be negative: for requests that leave a phase together, or whose end
 * is not known yet. As long as a request has not left, the total of the phase
 * is too small by `then`. */
void timeline_change(struct timeline *t, msec then, enum phase phase,
		     int64_t more);

/* Writes the average number of requests in the phase, one per bucket, to
 * average[0 ... used - 1]. */
void timeline_average(const struct timeline *t, enum phase phase,
		      double average[TIMELINE_BUCKETS]);

#endif
