/*
 * Reads from response headers how many requests a host still accepts. None of
 * these fields is a standard:
 *
 * - X-RateLimit-Remaining and -Reset (GitHub and most others),
 * - X-Rate-Limit-... (Twitter, Okta),
 * - RateLimit-... (draft-ietf-httpapi-ratelimit-headers, up to 06),
 * - RateLimit: limit=100, remaining=50, reset=30 (draft 07),
 * - RateLimit: "default";r=50;t=30 (drafts 08 and later).
 *
 * If there are several, the tightest one counts. Fields without both a number
 * of requests and the end of its window are ignored, and so are all fields of a
 * response from a shared cache (Age).
 */
#ifndef FETCH_RATELIMIT_HEADERS_H
#define FETCH_RATELIMIT_HEADERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/job/job.h"

/* Longest time for which a reported quota is believed, in msec. */
#define RATELIMIT_WINDOW_MAX 3600e3

/* Returns true if the name of a header line begins with "ra" or "x-ra". A cheap
 * check before the line is parsed, because most lines have nothing to do with
 * rate limits. */
static inline bool ratelimit_header_is_candidate(const char *line, size_t len)
{
	if (len < sizeof("ratelimit:"))
		return false;
	if ((line[0] | 32) == 'x')
		line += 2;
	return (line[0] | 32) == 'r' && (line[1] | 32) == 'a';
}

/*
 * Returns the quota that the headers report; resets_at is 0 if they report
 * none. unix_now (seconds since 1970) is used if there is no Date.
 *
 * patience, in msec: requests do not wait for a window that ends later than
 * that from now. They are tried one at a time instead (BUSY_PAUSE), as after a
 * Retry-After that is too long.
 */
struct ratelimit_info
ratelimit_headers_read(const struct buf *headers, msec now, int64_t unix_now,
		       msec patience);

#endif
