/*
 * Who may start now.
 *
 * A heap of hosts that have jobs, ordered by the moment each may start its
 * next one; a host is a limiter (so many at once, so often), perhaps closed
 * until a moment, and its jobs by priority. Above them one limiter for the
 * whole run. Jobs that wait for their own not_before lie in a heap of their
 * own. So waiting costs a heap entry, never a permit: ten thousand slow hosts
 * hold up nobody.
 *
 * - Fair between hosts: of those that may start now, the one that has waited
 *   longest since its last start is next (round robin when all can).
 * - Inside a host: jobs that are in the run already (job->again: retries,
 *   redirects) before new ones, then higher priority, then first come.
 * - A host is the lower-case host of job->hop.url, whatever port and scheme.
 *   It is forgotten when it has no jobs, no permits out, no interval running
 *   and is not closed, so memory does not grow with the list. One that has
 *   said 429 lately is remembered for half a minute more, one that takes
 *   fewer than we would send at once until its window is over.
 * - A host that was closed opens with one job, the probe: only when that is
 *   back without a 429 do others follow, at the pace that its 429s have
 *   taught (ratelimit/pace.h). Several 429s to jobs that were out together
 *   teach once.
 * - A host that says how many requests it still takes (job->res.grant) gets no
 *   more than that until its window is over (ratelimit/quota.h).
 *
 * Pure: time is an argument; no lock, no sleep, no clock. It owns the jobs it
 * holds. A job that left by schedule_next() holds a host permit, given back
 * by schedule_fetched(), and a run permit, given back by schedule_done().
 */
#ifndef RATELIMIT_SCHEDULE_H
#define RATELIMIT_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/slice.h"

struct job;
struct schedule;

struct schedule_config {
	unsigned parallel_max;		/* run permits */
	unsigned parallel_max_host;	/* host permits */
	msec interval;			/* between two starts of the run */
	msec host_interval;		/* ... of one host; 0: none */
};

struct schedule *schedule_new(const struct schedule_config *config);

/* Frees the jobs still waiting. All permits must be home (asserted). */
void schedule_free(struct schedule *s);

/* Takes the job. It waits until its not_before, its host and the run let it
 * start. A job that still has a run permit gives it back here; it must not
 * have a host permit. */
void schedule_add(struct schedule *s, struct job *job, msec now);

/* A job that may start at now, with both permits (time.wait grown by its time
 * in here); or NULL, and *wait (if given) is how long until there may be one
 * by the passing of time alone: MSEC_NEVER when it takes a permit or a job. */
struct job *schedule_next(struct schedule *s, msec now, msec *wait);

/* What a host made of a job. */
enum outcome {
	OUTCOME_NONE,		/* an error, its or the network's */
	OUTCOME_OK,
	OUTCOME_THROTTLED,	/* 429; it is still to be closed */
};

/* How long the host of a job that is out is to be closed if it has said 429
 * and no more; 0 when the host has opened since the job was started. */
msec schedule_backoff(const struct job *job, msec now);

/* The transfer is over: gives the host permit back, and the host is asked as
 * often as its answer and its grant allow. Returns whether that was
 * the host's first 429 (as far as it is remembered). */
bool schedule_fetched(struct schedule *s, struct job *job, enum outcome answer,
		      msec now);

/* The job is finished: gives the run permit back. Jobs that never had one
 * (failed before they were scheduled) are fine. */
void schedule_done(struct schedule *s, struct job *job);

/* Starts nothing on that host before until (Retry-After, 429). The host need
 * not be known. Never shortens. */
void schedule_pause_host(struct schedule *s, struct slice host, msec now,
			 msec until);

/* Takes out one that waits. */
void schedule_remove(struct schedule *s, struct job *job);

/* Takes out any job that waits, first come first; NULL when empty. For the
 * end of an interrupted run. */
struct job *schedule_take(struct schedule *s);

size_t schedule_waiting(const struct schedule *s);	/* jobs */
size_t schedule_hosts(const struct schedule *s);
unsigned schedule_in_flight(const struct schedule *s);	/* run permits out */

#endif
