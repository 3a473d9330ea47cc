/*
 * Decides when the next request to a host may start. This depends on
 * concurrency and rate (limiter), the pace learnt from the host's 429s, its
 * response time, its reported quota, and pauses. After a pause, one request is
 * sent first, the probe; the others follow when the probe has returned without
 * a 429.
 *
 * Starts are numbered. A job in flight carries the number of its start (seq); a
 * job that started before the host was paused says nothing new about the host.
 */
#ifndef RATELIMIT_HOST_LIMIT_H
#define RATELIMIT_HOST_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/job/host_notes.h"
#include "ratelimit/limiter.h"
#include "ratelimit/pace.h"
#include "ratelimit/quota.h"
#include "ratelimit/schedule.h"

/* State of the first request after a pause. */
enum probe {
	PROBE_NONE,
	PROBE_NEXT,	/* the next start is the probe */
	PROBE_OUT,	/* the probe is in flight */
};

struct host_limit {
	struct limiter limiter;
	struct pace pace;
	struct quota quota;
	enum probe probe;
	uint64_t paused_after;		/* number of the last start before the
					 * pause */
	msec paused_until;
	msec started;			/* time of the last start; 0: none */
	msec freed;			/* time at which a job returned while no
					 * other could start; 0: none */
	msec interval;			/* interval between two starts as
					 * configured */
	double response_share;		/* the interval is at least this share
					 * of the response time; 0: not used */
	msec response;			/* average response time; 0: unknown */
	msec crawl_delay;		/* interval set by
					 * host_limit_slow_down() */
};

/* Sets up the limits of a host. permits: maximum number of concurrent requests;
 * 0: no maximum. interval: time between two starts. response_share: the
 * interval is at least this share of the host's response time. */
void host_limit_init(struct host_limit *l, unsigned permits, msec interval,
		     double response_share);

/* From now on, jobs start one at a time, at least an interval apart. Never
 * shortens the interval. */
void host_limit_slow_down(struct host_limit *l, msec interval);

/* Changes the interval given to host_limit_init(). Returns true if the new
 * value differs from the old one. */
bool host_limit_set_interval(struct host_limit *l, msec interval);

/* Returns the time at which the next job may start; MSEC_NEVER if a job has to
 * return before. */
msec host_limit_ready_at(const struct host_limit *l);

/* Returns the time until which a host without jobs should be remembered. */
msec host_limit_expires_at(const struct host_limit *l, msec now);

/* Returns the reason why the host may not start two jobs at once: the limit
 * that sets the interval between them. */
enum held_by host_limit_reason(const struct host_limit *l);

/* Returns true if there is an interval between two starts, not counting the
 * interval that follows from the response time. */
bool host_limit_has_interval(const struct host_limit *l);

/* Returns for how long the host is still paused or without quota; 0: it is
 * open. */
msec host_limit_pause_left(const struct host_limit *l, msec now);

/* Records in the job, which starts now, why it could not start before. The time
 * considered begins when the job was queued, when the host last started a job,
 * or when the host had a permit again, whichever was last. Call this before
 * host_limit_acquire(). */
void host_limit_note(const struct host_limit *l, struct job *job, msec now);

/* Records the start of a job. */
void host_limit_acquire(struct host_limit *l, msec now);

/* Records the return of a job, with its outcome and the quota in its response.
 * waiting: another job of the host was ready and waited only for its start
 * time. starts: number of the last start in the run; a host compares it with
 * job->seq, the number of the job's start. */
void host_limit_release(struct host_limit *l, const struct job *job,
			enum outcome outcome, bool waiting, uint64_t starts,
			msec now);

/* Pauses the host until the given time. Never shortens a pause. starts: number
 * of the last start in the run. */
void host_limit_pause(struct host_limit *l, uint64_t starts, msec until);

/* Returns how long to pause the host: see schedule_backoff(). */
msec host_limit_backoff(const struct host_limit *l, const struct job *job,
			msec now);

#endif
