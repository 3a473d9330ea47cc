/*
 * Fetches over the network. libcurl and c-ares are used in this folder only.
 *
 * A job calls fetch_prepare() once. Each hop then passes through the resolve
 * stage and the multi stage, and fetch_verdict(), which is pure, decides what
 * the finished hop means. Redirects are followed hop by hop through the
 * schedule, so that limits, the resolver and the address policy apply to each
 * host.
 */
#ifndef FETCH_FETCH_H
#define FETCH_FETCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/job/job.h"
#include "fetch/config.h"
#include "pool/loop.h"
#include "pool/stage.h"

/* Call once, before any thread is started. Returns 0, or -1 if libcurl cannot
 * start. */
int fetch_global_init(void);
void fetch_global_cleanup(void);

/* Parses the request's URL and sets up its first hop. Fails the job (url,
 * blocked) if it cannot be fetched. */
void fetch_prepare(struct job *job, const struct fetch_config *config);

/* Begins a hop after schedule_next(). If the hop is the first of an attempt,
 * counts the attempt and sets its deadline; after a redirect, continues the
 * deadline of the attempt. */
void fetch_begin(struct job *job, const struct fetch_config *config, msec now);

enum verdict {
	VERDICT_DONE,	/* continue with parsing; job->err may be set */
	VERDICT_AGAIN,	/* back into the schedule: a retry (job->not_before) or
			 * the next hop (job->hop) is set up */
};

/* Clock and randomness for a verdict, passed in so that it is pure. */
struct verdict_context {
	msec now;
	int64_t unix_now;	/* seconds; for a Retry-After with a date */
	double random;		/* in [0, 1): jitter of the back-off */
	msec throttle_backoff;	/* for a 429 without Retry-After */
};

/* Tells the schedule to start no request to host before `until` (Retry-After,
 * 429). */
struct host_pause {
	char *host;		/* NULL: no pause; freed by the caller */
	msec until;
};

/* Returns true if the verdict on a finished hop will be VERDICT_DONE, whatever
 * the context. False means "perhaps not". Any thread. */
bool fetch_is_final(const struct job *job, const struct fetch_config *config);

/* Returns true if fetch_verdict() will follow a redirect, and sets *to to its
 * target, which the caller releases. */
bool fetch_redirect_target(const struct job *job,
			   const struct fetch_config *config, struct url *to);

/* Decides what a finished hop means: see enum verdict. Fills *pause. */
enum verdict fetch_verdict(struct job *job, const struct fetch_config *config,
			   const struct verdict_context *context,
			   struct host_pause *pause);

/*
 * Opens the stage that resolves the host of job->hop.url into
 * job->hop.addresses with c-ares: one channel on the loop, one query in flight
 * per name, answers and failures cached for their TTL. Literal addresses,
 * localhost, names given by --resolve, and requests through a proxy need no
 * query. Fails the job with dns or timeout. Adds the time taken to
 * job->time.dns, and to time.total for jobs that fail.
 *
 * Returns NULL, with a message logged, if the configuration cannot work.
 */
struct stage *resolve_open(struct loop *loop, const struct fetch_config *);

/* Descriptors per request: a connection may try two addresses at once (RFC
 * 8305). */
enum { MULTI_DESCRIPTORS = 2 };

/* Opens the stage that makes one hop with libcurl's multi interface, on the
 * loop. Returns NULL, with a message logged, on failure. */
struct stage *multi_open(struct loop *loop, const struct fetch_config *);

/* Checks the configuration before anything is fetched. Returns NULL, or a
 * message (freed by the caller) that says why it cannot work: a CA file that
 * cannot be read, a bad --resolve or --proxy. */
char *fetch_check(const struct fetch_config *config);

#endif
