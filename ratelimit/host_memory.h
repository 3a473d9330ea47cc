/*
 * The state of a host in a schedule, in a form that another schedule can take
 * over, even in another process or on another machine. So times are durations,
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

/* State of a host. A zeroed struct means that nothing is known of the host. */
struct host_memory {
	msec ready;		/* time until the next request may start */
	msec paused;		/* remaining time of the pause (Retry-After,
				 * 429) */
	msec interval;		/* time between two starts; not restored,
				 * because it follows from the other members */
	unsigned in_flight;	/* requests in flight; not restored */
	msec crawl_delay;	/* the interval that job->host_interval has
				 * set */
	msec response;		/* average response time */
	bool is_probed;		/* the next request must be the only one in
				 * flight */

	/* Members for the pace (ratelimit/pace.h): */
	msec learnt;
	msec served_for;	/* time since the first of the `served`
				 * requests */
	unsigned served, backoffs;
	bool slow_down, careful;

	/* Members for the quota (ratelimit/quota.h); resets is 0 if no quota is
	 * known. */
	unsigned remaining;
	msec resets, probe;
};

/* Fills in the description of a host. Requests in flight count as made. */
void schedule_describe_host(const struct schedule *s, struct slice host,
			    msec now, struct host_memory *memory);

/* Takes over a description. Does not shorten a pause or an interval that this
 * schedule knows already. */
void schedule_recall_host(struct schedule *s, struct slice host, msec now,
			  const struct host_memory *memory);

#endif
