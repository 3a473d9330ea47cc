/*
 * Tracks the quota that a host reports (RateLimit-* fields): how many requests,
 * including those in flight, the host still accepts in the current window.
 *
 * Responses arrive out of order, so the lowest number that was reported is
 * used. The requests that failed are subtracted from it, because it is unknown
 * whether the host counted them. The number is used until another one is
 * reported by the response to a request that started after the number became
 * known. All other requests in flight are assumed not to be counted by the host
 * yet. So a host that allows N requests in a window never has to refuse a
 * request once it has reported its quota, in whatever order the requests in
 * flight reach it.
 *
 * When the window ends, the first request begins a new one, whose quota is not
 * known. Until a response arrives, at most as many requests are in flight as
 * remained of the old quota, and at least one.
 *
 * Starts are numbered by the schedule. Pure: time is an argument. A struct
 * quota that is all zero is for a host that reports no quota.
 */
#ifndef RATELIMIT_QUOTA_H
#define RATELIMIT_QUOTA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/job/job.h"

struct quota {
	struct ratelimit_info ratelimit; /* probe_at is MSEC_NEVER while the
					  * probe is in flight */
	uint64_t known_at;	/* sequence number of the last request that
				 * started before `remaining` was reported */
	unsigned lost;		/* number of requests that have failed since
				 * then */
	unsigned passed_over;	/* the lowest number in the responses that were
				 * ignored because they arrived too late */
	uint64_t passed_at;	/* number of the last start before the latest of
				 * the ignored responses; 0: none */
};

static inline bool quota_is_known(const struct quota *q)
{
	return q->ratelimit.resets_at > 0;
}

/* Returns how many requests may be in flight together. */
unsigned quota_remaining(const struct quota *q);

/* Returns the time at which another request may start; 0: at once. in_flight:
 * number of requests in flight now. */
msec quota_ready_at(const struct quota *q, unsigned in_flight);

/* Records the start of a request. in_flight: number of requests in flight
 * before it. */
void quota_on_start(struct quota *q, unsigned in_flight);

/* Records the quota in the response to the request with start number seq.
 * starts: number of the last start in the run. */
void quota_update(struct quota *q, const struct ratelimit_info *info,
		  uint64_t seq, uint64_t starts, msec now);

/* Records the return of a request whose response reports no quota. lost: the
 * request has failed. */
void quota_no_news(struct quota *q, bool lost, uint64_t starts, msec now);

#endif
