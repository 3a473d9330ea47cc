/*
 * Decides when the next request to a host may start: concurrency and rate
 * (limiter), the pace learnt from its 429s, its response time, its reported
 * quota, and pauses.
 * After a pause, one request goes first, the probe; the others follow when the
 * probe has returned without a 429.
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
	msec freed;			/* when a job returned without which
					 * none could start; 0: none */
	msec interval;			/* as configured */
	double response_share;		/* of the response time, between two
					 * starts; 0: none */
	msec response;			/* average response time; 0: unknown */
	msec crawl_delay;		/* see host_limit_slow_down() */
};

/* permits 0: no limit on concurrency. interval: between two starts.
 * response_share: the interval is at least this share of the host's response
 * time. */
void host_limit_init(struct host_limit *l, unsigned permits, msec interval,
		     double response_share);

/* Starts jobs one at a time from now on, at least an interval apart. Never
 * shortens the interval. */
void host_limit_slow_down(struct host_limit *l, msec interval);

/* Changes the interval of host_limit_init(). Returns true if it was another
 * one. */
bool host_limit_set_interval(struct host_limit *l, msec interval);

/* Returns the time at which the next job may start; MSEC_NEVER if a job has to
 * return first. */
msec host_limit_ready_at(const struct host_limit *l);

/* Returns the time until which a host without jobs should be remembered. */
msec host_limit_expires_at(const struct host_limit *l, msec now);

/* Returns why the host may not start two jobs at once: the reason for the
 * interval between them. */
enum held_by host_limit_reason(const struct host_limit *l);

/* Returns true if there is an interval between two starts, other than that which
 * follows from the response time. */
bool host_limit_has_interval(const struct host_limit *l);

/* Returns how long the host will be paused, or has no quota left; 0: it is
 * open. */
msec host_limit_pause_left(const struct host_limit *l, msec now);

/* Notes why the job, which starts now, could not start before: since it was
 * queued, since the last start of its host, or since the host had a permit
 * again, whatever was last. Call this before host_limit_acquire(). */
void host_limit_note(const struct host_limit *l, struct job *job, msec now);

/* Records the start of a job. */
void host_limit_acquire(struct host_limit *l, msec now);

/* Records the return of a job, with its outcome and the quota in its response.
 * waiting: time alone kept another job from starting. starts: the number of the
 * last start. */
void host_limit_release(struct host_limit *l, const struct job *job,
			enum outcome outcome, bool waiting, uint64_t starts,
			msec now);

/* Pauses the host until the given time. Never shortens a pause. starts: the
 * number of the last start. */
void host_limit_pause(struct host_limit *l, uint64_t starts, msec until);

/* See schedule_backoff(). */
msec host_limit_backoff(const struct host_limit *l, const struct job *job,
			msec now);

#endif
