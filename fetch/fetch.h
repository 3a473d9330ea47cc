/*
 * Requests over the network. libcurl and c-ares live in this folder only.
 *
 * A job's way here: fetch_prepare() once, then per hop the resolve stage and
 * the multi stage, then fetch_verdict(), which is pure and says what the
 * finished transfer means. Redirects are followed by us, hop by hop, so that
 * limits, the resolver and the address policy see each host.
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

/* Once, before any thread. Returns 0, or -1 when libcurl cannot start. */
int fetch_global_init(void);
void fetch_global_cleanup(void);

/* Parses the request's URL and sets up its first hop. Fails the job (url,
 * blocked) when there is nothing to fetch. */
void fetch_prepare(struct job *job, const struct fetch_config *config);

/* An attempt begins (after schedule_next): counts it and sets its deadline,
 * unless the job is between two hops of one. */
void fetch_begin(struct job *job, const struct fetch_config *config, msec now);

enum verdict {
	VERDICT_DONE,	/* go on to parse; job->err may be set */
	VERDICT_AGAIN,	/* a retry (job->not_before) or the next hop (job->hop)
			 * is set up: back into the schedule */
};

/* What a verdict needs to know of the world, so that it is pure. */
struct verdict_context {
	msec now;
	int64_t unix_now;	/* seconds; for a Retry-After that is a date */
	double random;		/* in [0, 1): the jitter of a back-off */
	msec throttle_pause;		/* of a host that says 429 and no more */
};

/* A host on which nothing is to be started until then (Retry-After, 429). */
struct host_pause {
	char *host;		/* NULL: none; to be freed by the caller */
	msec until;
};

/* Whether the verdict on a hop that came back will be "done", whatever the
 * context. False is "perhaps". Any thread. */
bool fetch_is_final(const struct job *job, const struct fetch_config *config);

/* What the hop that came back means. */
enum verdict fetch_verdict(struct job *job, const struct fetch_config *config,
			   const struct verdict_context *context,
			   struct host_pause *pause);

/*
 * The name of job->hop.url to addresses (job->hop.addresses), by c-ares: one
 * channel on the loop, one query in flight per name, answers and failures kept
 * for their TTL. Literal addresses, localhost, names given by --resolve, and
 * requests that go through a proxy pass without a query. Fails the job with
 * dns or timeout. job->time.dns grows by the time it took; time.total of jobs
 * that fail, too.
 * NULL with a message logged when the configuration cannot work.
 */
struct stage *resolve_open(struct loop *loop, const struct fetch_config *);

/* A connection may try two addresses at once (RFC 8305). */
enum { MULTI_DESCRIPTORS = 2 };

/* One hop by libcurl's multi interface, on the loop. NULL: as above. */
struct stage *multi_open(struct loop *loop, const struct fetch_config *);

/* Why the configuration cannot work (a CA file that cannot be read, a bad
 * --resolve or proxy), as a message to be freed; NULL when it can. For use
 * before anything is fetched. */
char *fetch_check(const struct fetch_config *config);

#endif
