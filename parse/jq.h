/*
 * jq filters by libjq 1.6, one compiled state a worker (13 ms each).
 *
 * Numbers are doubles there: integers beyond 2^53 lose digits.
 *
 * A filter may ask for any time and memory. libjq's allocator (jv_mem_alloc()
 * and its friends, which this program defines in its place) counts a thread's
 * bytes, and stops the filter at JQ_MAX_BYTES. jq_stop() ends one that never
 * allocates.
 */
#ifndef PARSE_JQ_H
#define PARSE_JQ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/url.h"

#define JQ_MAX_BYTES ((size_t)1 << 30)
enum { JQ_MAX_LENGTH = 64 << 10 };	/* of a filter, in bytes */

struct jq;

/* NULL: it does not compile; why is appended to why (one line). For the thread
 * that calls it only. */
struct jq *jq_open(const char *filter, size_t len, struct buf *why);
void jq_close(struct jq *jq);

/* A JSON text, parsed once for several filters; NULL: libjq cannot read it (not
 * JSON, too deep for it, too large), and why says so. */
struct jq_input;
struct jq_input *jq_input_new(struct slice json, const char **why);
void jq_input_free(struct jq_input *input);

/*
 * Runs the filter. on_output gets each output as JSON text without white space,
 * as records want it (C0, DEL, C1 escaped), and returns whether it wants more.
 * NULL; or the filter's error on this document, or that it was stopped; good
 * until the next call. Outputs before an error have been given.
 */
const char *jq_run(struct jq *jq, const struct jq_input *input,
		   bool (*on_output)(void *ctx, struct slice json), void *ctx);

/* From another thread: jq_run() of jq, if it is running, is to return soon. */
void jq_stop(struct jq *jq);

#endif
