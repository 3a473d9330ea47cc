/*
 * Runs jq filters: paths on the text itself (parse/jq/path_filter.h), all
 * others with libjq 1.6. libjq takes 13 ms to compile a filter. Each worker
 * needs a compiled filter of its own; a filter is compiled when it is first
 * run, except that the first worker uses what jq_open() has compiled
 * (parse/jq/spare.h). The rest of this comment is about filters of libjq.
 *
 * Numbers are doubles in libjq: integers beyond 2^53 lose digits, numbers too
 * large for a double become 1.7976931348623157e+308, and NaN becomes null.
 *
 * Filters read nothing but their input: no modules, no ~/.jq, no further
 * inputs; `debug` and `stderr` print nothing. $ENV is available. `halt` ends a
 * run like any other end.
 *
 * A filter may use any amount of time and memory. It is stopped at JQ_MAX_BYTES
 * or at the limit of its page's memory, at values nested too deep for the stack
 * (thousands of levels), at failed assertions in libjq, and by jq_stop(). Then
 * all memory of the filter is freed, and the filter is compiled again for the
 * next document (parse/jq/sandbox.h). A filter cannot be stopped inside a
 * regular expression that backtracks.
 */
#ifndef PARSE_JQ_JQ_H
#define PARSE_JQ_JQ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

/* Memory limit of each filter and of each input. The memory of all filters and
 * inputs together is limited by the page's memory (base/memory_budget.h). */
#define JQ_MAX_BYTES ((size_t)1 << 30)
#define JQ_TOO_MUCH "jq needs more than 1 GB of memory"
enum { JQ_MAX_LENGTH = 64 << 10 };	/* bytes of a filter */

struct jq;

/* Compiles a filter, to be used only by the calling thread. Returns NULL if the
 * filter is wrong; then the reason is appended to why (one line). */
struct jq *jq_open(const char *filter, size_t len, struct buf *why);

/* Creates a filter for another thread from a text that jq_open() has accepted.
 * Never returns NULL: a filter for libjq is compiled when it is first run, if
 * it has to be, and if that fails for lack of memory, jq_run() reports the
 * error. */
struct jq *jq_new(const char *filter, size_t len);
void jq_close(struct jq *jq);

/* Compiles a filter that jq_open() has accepted in another process, for the
 * processes that this one will fork. Does nothing for a filter that needs no
 * compiling, or if SPARES_MAX filters are compiled already. */
void jq_prepare(const char *filter, size_t len);

/* Logs, with -v, whether the filter runs without libjq. text: the filter as the
 * user wrote it. */
void jq_trace(const struct jq *jq, const char *text);

/* Returns true if the filter takes time in proportion to the input, so that it
 * needs no time limit. */
bool jq_is_bounded(const struct jq *jq);

/* A plan finds, in one pass over an input, the values of the paths with which
 * several filters begin. The filters are borrowed; each may be in one plan
 * only. */
struct jq_plan;
struct jq_plan *jq_plan_new(struct jq *const *filters, size_t count);
void jq_plan_free(struct jq_plan *plan);	/* NULL is fine */

/* Creates an input from a JSON text that json_compact() has written, or from
 * any number of such texts, each on a line of its own. libjq parses it once for
 * all its filters. The text and the plan are borrowed; plan may be NULL. */
struct jq_input;
struct jq_input *jq_input_new(struct slice json, const struct jq_plan *plan);
void jq_input_free(struct jq_input *input);	/* NULL is fine */

/*
 * Runs the filter on each value of the input in turn, until an error or `halt`.
 * on_output gets each output as JSON text without white space, escaped as in
 * records (C0, DEL, C1), and returns true to go on. Returns NULL or an error
 * message, valid until the next call: the filter's error on this document, that
 * the filter was stopped, or that libjq cannot read the input (too large).
 * Outputs before an error have been delivered.
 */
const char *jq_run(struct jq *jq, struct jq_input *input,
		   bool (*on_output)(void *ctx, struct slice json), void *ctx);

/* Makes the running jq_run(), or else the next one, return soon. Called in
 * another thread. */
void jq_stop(struct jq *jq);

#endif
