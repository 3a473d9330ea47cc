/*
 * Decides which job may start now.
 *
 * The schedule is a heap of hosts that have jobs, ordered by the time at which
 * each host may start its next job. A host is a limiter (concurrency and rate),
 * an optional pause, and its jobs by priority. Another limiter is for the whole
 * run. Jobs that wait for their own not_before are in a heap of their own. So
 * waiting costs a heap entry, never a permit: ten thousand slow hosts delay no
 * other host.
 *
 * - Between hosts: of those that may start now, the one whose last start is
 *   longest ago is next (round robin when all may start).
 * - Inside a host: jobs that are in the run already (job->again: retries,
 *   redirects) before new ones, then higher priority, then first come, first
 *   served.
 * - A host is the lower-case host of job->hop.url, whatever its port and
 *   scheme. It is forgotten when it has no jobs, no permits in use, no interval
 *   running and is not paused, so memory does not grow with the list. A host
 *   that has sent a 429 lately is remembered for half a minute more; one whose
 *   quota is smaller than its concurrency limit, until its window ends.
 * - After a pause a host starts one job, the probe. The others follow only when
 *   the probe has returned without a 429, at the pace learnt from the host's
 *   429s (ratelimit/pace.h). Several 429s to jobs that were in flight together
 *   count once.
 * - A host that reports a quota (job->res.ratelimit) gets no more requests than
 *   that until its window ends (ratelimit/quota.h).
 *
 * - A host counts as public until its address is known, so one job goes first
 *   to a private host with a name, and the others follow as soon as that name
 *   is resolved.
 *
 * Pure: time is an argument; no lock, no sleep, no clock. The schedule owns the
 * jobs it holds. A job returned by schedule_next() holds a host permit, given
 * back by schedule_fetched(), and a run permit, given back by schedule_done().
 */
#ifndef RATELIMIT_SCHEDULE_H
#define RATELIMIT_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/job/host_notes.h"
#include "base/slice.h"

struct job;
struct schedule;

struct schedule_config {
	unsigned parallel_max;		/* number of run permits */
	unsigned parallel_max_host;	/* number of permits of each host */
	msec interval;			/* time between two starts in the run;
					 * 0: none */
	msec host_interval;		/* time between two starts of one host;
					 * 0: none */
	msec public_interval;		/* time between two starts of a host
					 * that is not known to be private
					 * (job->hop.is_private), if it is
					 * longer than host_interval */
	/* The time between two starts of one host is at least this share of the
	 * host's average response time, which is measured from job->hop.started
	 * to schedule_fetched(); 0: not used. */
	double response_share;
	/* Sets the limits of a host that has its own; before, they are those of
	 * the other hosts. Returns true if the host has its own interval: it
	 * then depends neither on its address nor on its response time. NULL:
	 * no host has its own limits. */
	bool (*limit_host)(const void *ctx, struct slice host, msec *interval,
			   unsigned *parallel_max);
	const void *limit_ctx;		/* borrowed */
};

struct schedule *schedule_new(const struct schedule_config *config);

/* Frees the schedule and the jobs that still wait. No permit may be in use
 * (asserted). */
void schedule_free(struct schedule *s);

/* Takes ownership of the job, which waits until its not_before, its host and
 * the run let it start. A run permit that the job still has is given back. The
 * job must not have a host permit. */
void schedule_add(struct schedule *s, struct job *job, msec now);

/* Returns a job that may start now. The job has both permits, and its time in
 * the schedule was added to job->time.wait. If no job may start, returns NULL
 * and sets *wait (if wait is not NULL) to the time until one may: MSEC_NEVER if
 * a permit must be given back or a job added before. */
struct job *schedule_next(struct schedule *s, msec now, msec *wait);

/* Call when the address of a host that has a job in flight becomes known: the
 * interval of the host follows job->hop.is_private from now on. A host whose
 * name has no address (job->err) needs no interval: nothing is sent to it.
 * Returns true if the interval has changed. */
bool schedule_resolved(struct schedule *s, struct job *job, msec now);

/* The kind of answer of a host to a job. */
enum outcome {
	OUTCOME_NONE,		/* an error of the host or of the network */
	OUTCOME_OK,
	OUTCOME_THROTTLED,	/* 429; the caller still has to pause the
				 * host */
};

/* Returns how long to pause the host of a job in flight that got a 429 without
 * a Retry-After. If the host was paused after the job had started, returns the
 * rest of that pause, or 0 if the pause has ended. */
msec schedule_backoff(const struct job *job, msec now);

/* Call when the transfer has ended: gives the host permit back and adapts the
 * host's pace and quota to the outcome and to job->res.ratelimit. If the job
 * was the first that the host has served after 429s, and a pace was learnt from
 * these, returns the interval between two starts; otherwise returns 0. */
msec schedule_fetched(struct schedule *s, struct job *job, enum outcome outcome,
		      msec now);

/* Call when the job is finished: gives the run permit back. Does nothing for a
 * job that has no run permit, because it failed before it was scheduled. */
void schedule_done(struct schedule *s, struct job *job);

/* Starts no job on that host before `until` (Retry-After, 429). The host may be
 * one without jobs. Never shortens a pause. */
void schedule_pause_host(struct schedule *s, struct slice host, msec now,
			 msec until);

/* Removes a waiting job, which the caller then owns. */
void schedule_remove(struct schedule *s, struct job *job);

/* Removes and returns the waiting job that was added first; NULL if there is
 * none. For the end of an interrupted run. */
struct job *schedule_take(struct schedule *s);

/* The reason why no further job is started at present, if all waiting jobs are
 * for the same host. */
struct schedule_hold {
	struct slice host;	/* borrowed */
	enum held_by reason;
	msec wait;		/* time until the pause of the host ends; 0: it
				 * is not paused */
	msec interval;		/* time between two starts of the host */
	bool after_429;		/* the pause follows a 429 */
};

/* Returns true if all waiting jobs are for one host, and that host is paused or
 * has an interval between two starts (other than one that follows from its
 * response time). Then fills in the hold. */
bool schedule_is_held(const struct schedule *s, msec now,
		      struct schedule_hold *hold);

/* The times that the waiting jobs still have to wait. */
struct schedule_outlook {
	msec pause;	/* time until the next job may start; 0 if one may
			 * start already, or if a job is in flight */
	msec least;	/* time until the last job starts, if no job that comes
			 * back delays its host */
	struct schedule_hold hold;	/* the host that needs this time; its
					 * name is empty if there is none */
	bool is_retry;	/* the host is open, but its last job may not start
			 * before */
};

/* Looks at all waiting jobs and their hosts, so that the call takes time: it is
 * for a line that is drawn twice a second. */
void schedule_look(const struct schedule *s, msec now,
		   struct schedule_outlook *out);

size_t schedule_waiting(const struct schedule *s);	/* number of waiting
							 * jobs */
size_t schedule_hosts(const struct schedule *s);
unsigned schedule_in_flight(const struct schedule *s);	/* number of run permits
							 * in use */

#endif
