/*
 * One hop by a thread that waits for it: the fetch of threads mode.
 *
 * The classic model: as many threads as requests in flight, each with a
 * libcurl handle of its own, and so with connections of its own. What is to be
 * done with a response (parsing) is done in the same thread, as long as no
 * retry or redirect comes first.
 */
#ifndef FETCH_CURL_BLOCKING_STAGE_H
#define FETCH_CURL_BLOCKING_STAGE_H

#include "fetch/config.h"
#include "pool/loop.h"
#include "pool/stage.h"

/* Descriptors that a request may have open at once: two connections (RFC
 * 8305), one kept alive, and libcurl's own pair. */
enum { BLOCKING_DESCRIPTORS = 6 };

/* Up to config->parallel_max threads, started as jobs come in. then and its
 * config (borrowed) are run, in the thread, on each job whose verdict will be
 * "done"; whoever gets such a job back sees that by what then has done to it.
 * A running transfer is stopped within a second of being cancelled. NULL with a
 * message logged when there are no resources. */
struct stage *blocking_open(struct loop *loop,
			    const struct fetch_config *config,
			    const struct work *then, const void *then_config);

#endif
