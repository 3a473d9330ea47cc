/*
 * Fetch stage of threads mode: a thread makes one hop and blocks until it is
 * finished.
 *
 * This is the classic model: as many threads as requests in flight, each with
 * its own libcurl handle and therefore its own connections. The thread also
 * does the next piece of work on the response (parsing), unless a retry or
 * redirect comes first.
 */
#ifndef FETCH_CURL_BLOCKING_STAGE_H
#define FETCH_CURL_BLOCKING_STAGE_H

#include "fetch/config.h"
#include "pool/loop.h"
#include "pool/stage.h"

/* Descriptors that a request may have open at once: two connections (RFC 8305),
 * an idle one, and libcurl's own socket pair. */
enum { BLOCKING_DESCRIPTORS = 6 };

/*
 * Starts up to config->parallel_max threads as jobs come in. Each thread runs
 * `then` (with then_config, borrowed) on jobs whose verdict will be
 * VERDICT_DONE; the caller recognises such a job by the results of `then` in
 * it. A cancelled transfer stops within a second. Returns NULL, with a message
 * logged, if there are no resources.
 */
struct stage *blocking_open(struct loop *loop,
			    const struct fetch_config *config,
			    const struct work *then, const void *then_config);

#endif
