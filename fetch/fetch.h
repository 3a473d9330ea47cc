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

/* Starts libcurl. Must be called once, before any thread is started. Returns 0,
 * or -1 if libcurl cannot start. */
int fetch_global_init(void);
void fetch_global_cleanup(void);

/* Parses the request's URL and sets up the first hop. If the URL cannot be
 * fetched, fails the job (error kind url or blocked). */
void fetch_prepare(struct job *job, const struct fetch_config *config);

/* Begins a hop of a job that schedule_next() has returned. If the hop is the
 * first of an attempt, counts the attempt and sets its deadline; after a
 * redirect, the deadline of the attempt stays. */
void fetch_begin(struct job *job, const struct fetch_config *config, msec now);

enum verdict {
	VERDICT_DONE,	/* the job goes on to parsing; job->err may be set */
	VERDICT_AGAIN,	/* the job goes back into the schedule: a retry
			 * (job->not_before) or the next hop (job->hop) is set
			 * up */
};

/* The data that a verdict needs besides the job: the time and a random number.
 * They are arguments, so that fetch_verdict() is pure. */
struct verdict_context {
	msec now;
	int64_t unix_now;	/* seconds since 1970; for a Retry-After with a
				 * date */
	double random;		/* in [0, 1); varies the back-off at random
				 * (jitter) */
	msec throttle_backoff;	/* back-off after a 429 without Retry-After */
};

/* A pause that the schedule should make: start no request to host before
 * `until` (because of Retry-After or 429). */
struct host_pause {
	char *host;		/* NULL: no pause; the caller frees it */
	msec until;
};

/* Returns true if the verdict on a finished hop will certainly be VERDICT_DONE,
 * whatever the context. Returns false if that is not certain. May be called in
 * any thread. */
bool fetch_is_final(const struct job *job, const struct fetch_config *config);

/* Returns true if the hop was refused with 401 although it had an access token,
 * and another token may help. The hop is then to be made again,
 * fetch_repeat_hop(). */
bool fetch_token_is_refused(const struct job *job);
void fetch_repeat_hop(struct job *job, msec now);

/* Ends the job with a redirect that its owner does not follow: the record names
 * the target as final_url. The job fails if the redirects form a loop: the
 * target is the URL of the current hop, or in the chain of redirects that has
 * led to it (as in struct hop). */
void fetch_end_redirect(struct job *job, const struct buf *chain,
			const struct url *to);

/* Appends the redirect of the job's hop to a chain. */
void fetch_add_to_chain(struct buf *chain, const struct job *job);

/* Returns true if fetch_verdict() will follow a redirect, and sets *to to its
 * target, which the caller releases. */
bool fetch_redirect_target(const struct job *job,
			   const struct fetch_config *config, struct url *to);

/* Decides how a job continues after a finished hop: see enum verdict. Fills
 * *pause. */
enum verdict fetch_verdict(struct job *job, const struct fetch_config *config,
			   const struct verdict_context *context,
			   struct host_pause *pause);

/*
 * Opens the stage that resolves the host of job->hop.url into
 * job->hop.addresses with c-ares: one channel on the loop, one query in flight
 * per name, answers and failures cached for their TTL. Literal addresses,
 * localhost, names given by --resolve, and requests through a proxy need no
 * query. The stage fails a job with the error kind dns or timeout. It adds the
 * time taken to job->time.dns and, for jobs that fail, to job->time.total.
 *
 * Returns NULL, with a message logged, if the configuration cannot work.
 */
struct stage *resolve_open(struct loop *loop, const struct fetch_config *);

/* Descriptors that a request may need: a connection may try two addresses at
 * once (RFC 8305). */
enum { MULTI_DESCRIPTORS = 2 };

/* Opens the stage that makes one hop with libcurl's multi interface, on the
 * loop. Returns NULL, with a message logged, on failure. */
struct stage *multi_open(struct loop *loop, const struct fetch_config *);

/* Checks the configuration before anything is fetched. Returns NULL, or a
 * message, which the caller frees, that says why the configuration cannot work:
 * a CA file that cannot be read, a bad --resolve or --proxy. */
char *fetch_check(const struct fetch_config *config);

#endif
