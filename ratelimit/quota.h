/*
 * Tracks a host's reported quota: how many requests it still accepts in the
 * current window (RateLimit-* fields), those in flight included.
 *
 * Responses arrive out of order. The lowest number reported holds, less the
 * requests that failed, because nobody knows whether the host counted them. It
 * holds until a response to a request that started after all of this was known
 * reports another number. All other requests in flight are assumed not to be
 * counted yet. So a server that counts to N in a window never has to refuse a
 * request once it has reported its quota, however the requests in flight
 * overtake each other.
 *
 * When the window ends, the first request begins a new one, whose quota is not
 * known. Until a response arrives, at most as many requests are in flight as
 * remained of the old quota, and at least one.
 *
 * Starts are numbered by the schedule. Pure: time is an argument. Zero is a
 * host that reports no quota.
 */
#ifndef RATELIMIT_QUOTA_H
#define RATELIMIT_QUOTA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/job/job.h"

struct quota {
	struct ratelimit_info ratelimit; /* probe_at NEVER: the probe is in
					  * flight */
	uint64_t known_at;	/* sequence number of the last request that
				 * started before `remaining` was reported */
	unsigned lost;		/* requests that have failed since then */
	unsigned passed_over;	/* the lowest number in the responses that were
				 * ignored because they arrived too late */
	uint64_t passed_at;	/* number of the last start before the latest of
				 * those; 0: none */
};

static inline bool quota_is_known(const struct quota *q)
{
	return q->ratelimit.resets_at > 0;
}

/* Returns how many requests may be in flight together. */
unsigned quota_remaining(const struct quota *q);

/* Returns the time at which another request may start; 0: at once. in_flight:
 * requests in flight now. */
msec quota_ready_at(const struct quota *q, unsigned in_flight);

/* Records the start of a request. in_flight: requests in flight before it. */
void quota_on_start(struct quota *q, unsigned in_flight);

/* Records the quota in the response to start number seq. starts: the number of
 * the last start. */
void quota_update(struct quota *q, const struct ratelimit_info *info,
		  uint64_t seq, uint64_t starts, msec now);

/* Records the return of a request without a quota. lost: because it failed. */
void quota_no_news(struct quota *q, bool lost, uint64_t starts, msec now);

#endif
