/*
 * What a schedule knows about a host, in a form that another schedule can take
 * over, also in another process or on another machine. So times are durations,
 * counted from the moment of the description.
 *
 * Pure, like the schedule.
 */
#ifndef RATELIMIT_HOST_MEMORY_H
#define RATELIMIT_HOST_MEMORY_H

#include <stdbool.h>

#include "base/clock.h"
#include "base/slice.h"

struct schedule;

/* Zero: nothing is known. */
struct host_memory {
	msec ready;		/* time until the next request may start */
	msec paused;		/* rest of the pause (Retry-After, 429) */
	msec interval;		/* time between two starts; not taken over,
				 * because it follows from the rest */
	unsigned in_flight;	/* requests in flight; not taken over either */
	msec crawl_delay;	/* interval set by job->host_interval */
	msec response;		/* average response time */
	bool is_probed;		/* the next request goes alone */

	/* The pace (ratelimit/pace.h). */
	msec learnt;
	msec served_for;	/* time since the first of the served
				 * requests */
	unsigned served, backoffs;
	bool slow_down, careful;

	/* The quota (ratelimit/quota.h); resets 0: none is known. */
	unsigned remaining;
	msec resets, probe;
};

/* Describes the host. Requests in flight count as made. */
void schedule_describe_host(const struct schedule *s, struct slice host,
			    msec now, struct host_memory *memory);

/* Takes over a description. Never shortens a pause or an interval that this
 * schedule knows already. */
void schedule_recall_host(struct schedule *s, struct slice host, msec now,
			  const struct host_memory *memory);

#endif
