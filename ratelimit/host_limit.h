/*
 * When a host may be asked next, whatever there is to ask: so many at once, so
 * often (limiter), at the pace that its 429s have taught, within its quota,
 * and not while it is closed. When it has been closed one goes first, the
 * probe; the others follow when that is back without a 429.
 *
 * Starts are numbered: a job that is out carries its number (seq), and one
 * that was started before the host was closed says nothing new about it.
 */
#ifndef RATELIMIT_HOST_LIMIT_H
#define RATELIMIT_HOST_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "ratelimit/limiter.h"
#include "ratelimit/pace.h"
#include "ratelimit/quota.h"
#include "ratelimit/schedule.h"

/* After a host was closed. */
enum probe {
	PROBE_NONE,
	PROBE_NEXT,	/* the next start is one */
	PROBE_OUT,
};

struct host_limit {
	struct limiter limiter;
	struct pace pace;
	struct quota quota;
	enum probe probe;
	uint64_t closed_at;		/* the last start before that */
	msec closed_until;
};

/* permits 0: any number at once. interval: between two starts. */
void host_limit_init(struct host_limit *d, unsigned permits, msec interval);

/* When the next job may start; MSEC_NEVER: when one has come back. */
msec host_limit_ready_at(const struct host_limit *d);

/* Until when a host without jobs is to be remembered. */
msec host_limit_expires_at(const struct host_limit *d, msec now);

/* A job starts. */
void host_limit_acquire(struct host_limit *d, msec now);

/* It is back, with its answer and its grant. waiting: another one could have
 * been started if time had not been against it. starts: the number of the last
 * start. */
void host_limit_release(struct host_limit *d, const struct job *job,
			enum outcome answer, bool waiting, uint64_t starts,
			msec now);

/* Never shortens. */
void host_limit_pause(struct host_limit *d, uint64_t starts, msec until);

/* As schedule_backoff(). */
msec host_limit_backoff(const struct host_limit *d, const struct job *job,
			msec now);

#endif
