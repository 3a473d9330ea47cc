/*
 * What a summary and a report tell beyond counts: where the time went, and
 * which requests took longest. Part of cmd/stats.
 */
#ifndef CMD_DETAILS_H
#define CMD_DETAILS_H

#include <jansson.h>

#include "base/job.h"
#include "cmd/histogram.h"
#include "cmd/timeline.h"

enum { SLOWEST_MAX = 10, SLOWEST_URL_MAX = 2048 };

struct details {
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
};

/* A request is finished; the run began at started. */
void details_add(struct details *d, const struct job *job, msec started);

/* Adds timeline, distribution, slowest and phases to the summary; latency is
 * what the distribution is of. */
void details_to_json(const struct details *d, const struct histogram *latency,
		     json_t *summary);

/* The process's cpu and peak_memory, so far. */
void details_add_usage(json_t *summary);

void details_release(struct details *d);

#endif
