/*
 * How many requests a host still takes, from the fields that say so. None of
 * them is a standard; read are
 * - X-RateLimit-Remaining and -Reset (GitHub and most others),
 * - X-Rate-Limit-... (Twitter, Okta),
 * - RateLimit-... (draft-ietf-httpapi-ratelimit-headers, up to 06),
 * - RateLimit: limit=100, remaining=50, reset=30 (draft 07),
 * - RateLimit: "default";r=50;t=30 (drafts 08 and later).
 * Of several the tightest counts. One without a number of requests and the end
 * of its window says nothing, nor does a response from somebody's cache (Age).
 */
#ifndef FETCH_RATELIMIT_HEADERS_H
#define FETCH_RATELIMIT_HEADERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/job/job.h"

/* For how long a quota is believed at most. */
#define RATELIMIT_WINDOW_MAX 3600e3

/* A first look at a header line as it comes, for most have nothing to do with
 * it: whether its name begins with "ra" or "x-ra". */
static inline bool ratelimit_header_is_candidate(const char *line, size_t len)
{
	if (len < sizeof("ratelimit:"))
		return false;
	if ((line[0] | 32) == 'x')
		line += 2;
	return (line[0] | 32) == 'r' && (line[1] | 32) == 'a';
}

/*
 * until is 0 when there is none. unix_now: in seconds, for a response without a
 * Date. patience: nobody waits for a window that ends later than that from now;
 * requests are then tried one at a time (BUSY_PAUSE), as after a Retry-After
 * that is too long.
 */
struct grant ratelimit_headers_read(const struct buf *headers, msec now,
				    int64_t unix_now, msec patience);

#endif
