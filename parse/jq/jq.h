/*
 * jq filters by libjq 1.6, one compiled state a worker (13 ms each).
 *
 * Numbers are doubles there: integers beyond 2^53 lose digits, what is larger
 * than a double becomes 1.7976931348623157e+308, and NaN null.
 *
 * Filters read their input and nothing else: no modules, no ~/.jq, no further
 * inputs; `debug` and `stderr` print nothing. $ENV is there. `halt` ends a run
 * like any other end.
 *
 * A filter may ask for any time and memory. At JQ_MAX_BYTES or the end of what
 * its page may have, at values that are nested too deep for the stack
 * (thousands of levels), at assertions of libjq, and when told by jq_stop(), it
 * is stopped, all that it had is freed, and it is compiled again for the next
 * document (parse/jq/sandbox.h). What it cannot be stopped in is a regular
 * expression that backtracks.
 */
#ifndef PARSE_JQ_JQ_H
#define PARSE_JQ_JQ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

/* Of each filter and each input; together they have what the page may have
 * (base/memory_budget.h). */
#define JQ_MAX_BYTES ((size_t)1 << 30)
#define JQ_TOO_MUCH "jq needs more than 1 GB of memory"
enum { JQ_MAX_LENGTH = 64 << 10 };	/* of a filter, in bytes */

struct jq;

/* NULL: it does not compile; why is appended to why (one line). For the thread
 * that calls it only. */
struct jq *jq_open(const char *filter, size_t len, struct buf *why);

/* A filter that jq_open() has compiled before, for another thread. Never NULL:
 * if it cannot be compiled now, for lack of memory, jq_run() tries again and
 * says why it fails. */
struct jq *jq_new(const char *filter, size_t len);
void jq_close(struct jq *jq);

/* A JSON text, or several one after the other (any number, with white space
 * between them), parsed once for several filters; NULL: libjq cannot read it
 * (not JSON, too deep for it, too large), and why says so until the next one is
 * read in the thread. */
struct jq_input;
struct jq_input *jq_input_new(struct slice json, const char **why);
void jq_input_free(struct jq_input *input);

/*
 * Runs the filter on each value of the input in turn, until there is an error
 * or it halts. on_output gets each output as JSON text without white space,
 * as records want it (C0, DEL, C1 escaped), and returns whether it wants more.
 * NULL; or the filter's error on this document, or that it was stopped; good
 * until the next call. Outputs before an error have been given.
 */
const char *jq_run(struct jq *jq, const struct jq_input *input,
		   bool (*on_output)(void *ctx, struct slice json), void *ctx);

/* From another thread: the jq_run() that is running returns soon, or else the
 * next one. */
void jq_stop(struct jq *jq);

#endif
