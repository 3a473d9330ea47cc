/*
 * Time per phase and the slowest requests, for --summary and --report. Part of
 * cmd/stats/stats.h.
 */
#ifndef CMD_STATS_BREAKDOWN_H
#define CMD_STATS_BREAKDOWN_H

#include <jansson.h>

#include "base/job/job.h"
#include "cmd/stats/histogram.h"
#include "cmd/stats/timeline.h"

enum { SLOWEST_MAX = 10, SLOWEST_URL_MAX = 2048 };

struct breakdown {
	struct timeline timeline;
	struct slow {
		char *url;	/* URL without its secrets, cut to
				 * SLOWEST_URL_MAX bytes */
		int status;
		enum err err;
		msec total;	/* time on the network */
		msec took;	/* time in all phases except PHASE_WAIT */
		msec phases[PHASE_COUNT];
	} slowest[SLOWEST_MAX];	/* longest first */
	size_t slow;		/* entries in slowest */
	uint64_t unwritten;	/* number of records that the output still
				 * holds */
};

/* Adds a finished request, whose record goes to the output. started is the time
 * at which the run began. */
void breakdown_add(struct breakdown *d, const struct job *job, msec started);

/* Adds a record without a request of its own, which goes to the output. then is
 * the time since the run began. */
void breakdown_copied(struct breakdown *d, msec then);

/* Counts records as written; then is the time since the run began. */
void breakdown_written(struct breakdown *d, msec then, uint64_t records);

/* Ends the run; then is the time since it began. Records not written by then
 * have waited until then. */
void breakdown_end(struct breakdown *d, msec then);

/* Adds timeline, distribution, slowest and phases to the summary; distribution
 * is that of latency. */
void breakdown_to_json(const struct breakdown *d,
		       const struct histogram *latency, json_t *summary);

/* Adds cpu and peak_memory of the process up to now to the summary; cpu
 * includes children that have ended. */
void breakdown_add_usage(json_t *summary);

void breakdown_release(struct breakdown *d);

#endif
