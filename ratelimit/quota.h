/*
 * What a host still takes from us before its window is over (RateLimit-*
 * fields): so many requests, those included that are out.
 *
 * Answers come out of order. The least that was said holds, less the requests
 * that came to nothing, for nobody knows whether those were counted; it holds
 * until a request says otherwise that was started after all of that was known.
 * Everything else that is out is taken for not counted yet. So a server that
 * counts to N in a window never has to refuse one once it has said so,
 * whichever way the requests in flight overtake each other.
 *
 * When the window is over a new one begins with the first request, and how
 * many that takes is not known: no more are out at once than were left of the
 * old one, and one at least, until there is an answer.
 *
 * Starts are numbered, as the schedule does. Pure: time is an argument. Zero
 * is a host that says nothing.
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
	uint64_t known_at;	/* the last start before what follows: */
	unsigned lost;		/* came to nothing since then */
	unsigned passed_over;	/* the least that came too late to be news */
	uint64_t passed_at;	/* the last start before that; 0: none */
};

static inline bool quota_is_known(const struct quota *q)
{
	return q->ratelimit.resets_at > 0;
}

/* Requests that may be out together. */
unsigned quota_remaining(const struct quota *q);

/* When another one may start; 0: at once. */
msec quota_ready_at(const struct quota *q, unsigned out);

/* Another one starts. */
void quota_on_start(struct quota *q, unsigned out);

/* The one that was start number seq came back with that; starts: the number of
 * the last one. */
void quota_update(struct quota *q, const struct ratelimit_info *info,
		  uint64_t seq, uint64_t starts, msec now);

/* One came back that said nothing of it; lost: because it failed. */
void quota_no_news(struct quota *q, bool lost, uint64_t starts, msec now);

#endif
