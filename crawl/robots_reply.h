/*
 * Says what the answer to a request for /robots.txt means (RFC 9309, 2.3.1),
 * and how long it is valid (2.4). Pure.
 *
 *	2xx				the rules in the body
 *	3xx that is not followed	everything is allowed: more than five
 *					redirects, or one without a target or
 *					to where the policy forbids
 *	4xx				everything is allowed
 *	429, 5xx, no answer		nothing is allowed until the file has
 *					been requested again
 */
#ifndef CRAWL_ROBOTS_REPLY_H
#define CRAWL_ROBOTS_REPLY_H

#include "base/clock.h"
#include "base/job/err.h"
#include "base/job/headers.h"
#include "base/job/job.h"

enum robots_reply {
	ROBOTS_RULES,
	ROBOTS_ALLOW_ALL,
	ROBOTS_UNREACHABLE,
};

/* After more redirects than this, the origin counts as having no file. */
enum { ROBOTS_REDIRECTS = 5 };

/* Returns the requests that the response allows. status 0: there was no
 * response, and err is the reason. */
enum robots_reply robots_reply_of(enum err err, int status);

/* Returns why a file cannot be read (ROBOTS_UNREACHABLE, or its body cannot be
 * decoded), to be freed. */
char *robots_reply_reason(const struct job *job);

/* Returns how long the answer is valid: 24 h, or the max-age of Cache-Control
 * if that is shorter, but at least 5 minutes. headers: base/job/headers.h. */
msec robots_reply_lifetime(const struct buf *headers);

/* Returns the time until the next request for a file that could not be reached:
 * a minute, then twice the previous time, up to an hour. before: the time
 * returned last; 0 at first. */
msec robots_reply_retry_after(msec before);

#endif
