/*
 * Runs jq filters with libjq 1.6. Private to this folder: parse/jq/jq.c decides
 * which filters need libjq, and parse/jq/jq.h documents the limits of these
 * filters. Only parse/jq/libjq.c, libjq_input.c and sandbox.c call libjq.
 */
#ifndef PARSE_JQ_LIBJQ_H
#define PARSE_JQ_LIBJQ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

struct libjq;
struct libjq_input;

/* Returns true if the installed libjq can be used (parse/jq/sandbox.h). */
bool libjq_works(void);

/* Creates a filter for use in the calling thread, without compiling it. */
struct libjq *libjq_new(const char *filter, size_t len);
void libjq_close(struct libjq *jq);	/* NULL is fine */

/* Compiles the filter unless it is compiled (13 ms). Returns NULL or an error
 * message, valid until the next call. */
const char *libjq_compile(struct libjq *jq);

/* Returns true if the filter is compiled. */
bool libjq_is_compiled(const struct libjq *jq);

/* Returns true if the filter is compiled and has never run. Such a filter may
 * be run in any thread, if nothing is charged for it (libjq_settle()). */
bool libjq_is_unused(const struct libjq *jq);

/* Stops charging the compiled filter to the thread's account. */
void libjq_settle(struct libjq *jq);

bool libjq_has_same_text(const struct libjq *a, const struct libjq *b);

/* Returns true if the last error was that malloc() failed. */
bool libjq_had_no_memory(const struct libjq *jq);

/* Parses a JSON text, or a sequence of JSON texts. Returns NULL if libjq cannot
 * read the text; then *why is the error message, valid until the thread reads
 * the next text. */
struct libjq_input *libjq_input_new(struct slice json, const char **why);
void libjq_input_free(struct libjq_input *input);	/* NULL is fine */

/* Runs the filter on an input, with the arguments and result of jq_run().
 * Compiles the filter if necessary. */
const char *libjq_run(struct libjq *jq, const struct libjq_input *input,
		      bool (*on_output)(void *ctx, struct slice json),
		      void *ctx);

/* Makes libjq_run() of this filter return soon: the call that is running in
 * another thread, or otherwise the next call. */
void libjq_stop(struct libjq *jq);

/* Returns true if libjq_stop() was called and the filter has not run since. */
bool libjq_is_stopped(const struct libjq *jq);

/* Cancels libjq_stop(). */
void libjq_reset_stop(struct libjq *jq);

#endif
