/*
 * What a summary and a report tell beyond counts: where the time went, and
 * which requests took longest. Part of cmd/stats.
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
		char *url;	/* as given, cut */
		int status;
		enum err err;
		msec total;	/* on the network */
		msec took;	/* all phases but waiting for a limit */
		msec phases[PHASE_COUNT];
	} slowest[SLOWEST_MAX];	/* longest first */
	size_t slow;
	uint64_t unwritten;	/* records with the output */
};

/* A request is finished, and its record goes to the output; the run began at
 * started. */
void breakdown_add(struct breakdown *d, const struct job *job, msec started);

/* So many of them were written, so long after the run began. */
void breakdown_written(struct breakdown *d, msec then, uint64_t records);

/* The run is over, so long after it began: what is not written is not waited
 * for any more. */
void breakdown_end(struct breakdown *d, msec then);

/* Adds timeline, distribution, slowest and phases to the summary; latency is
 * what the distribution is of. */
void breakdown_to_json(const struct breakdown *d,
		       const struct histogram *latency, json_t *summary);

/* The process's cpu and peak_memory, so far. */
void breakdown_add_usage(json_t *summary);

void breakdown_release(struct breakdown *d);

#endif
