/*
 * Filters that are paths, evaluated on JSON text without libjq. "Paths" are:
 *
 *	. .name ."any name" .["any name"] [3] [-1] []	each also with "?"
 *	a | b    a , b    a // b    (a)    (a)?
 *	{name, "any name", name: a}    [a]
 *	null true false "text" 17 -17 [] {} empty
 *
 * Strings in the filter must not have escapes. All other filters need libjq.
 *
 * Outputs, their order and the errors are those of libjq 1.6, except that
 * numbers keep their digits. An unusual rule of jq 1.6 is kept, too: in (a)?|b,
 * the "?" also suppresses errors of b.
 *
 * The input is a text written by json_compact(), or several such texts, each on
 * a line of its own. Any other bytes are safe, but give meaningless outputs.
 * The outputs are parts of the input where that is possible, so nothing is
 * copied.
 */
#ifndef PARSE_JQ_PATH_FILTER_H
#define PARSE_JQ_PATH_FILTER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

struct path_filter;

/* Compiles a filter. Returns NULL if the filter is not a path, or if its
 * outputs could be very many times as large as the input. Several threads may
 * run a filter at once, but not while it is added to a plan. */
struct path_filter *path_filter_compile(const char *text, size_t len);
void path_filter_free(struct path_filter *filter);	/* NULL is fine */

/* Returns true if the filter takes time in proportion to the input. Other
 * filters, such as {a: .[], b: .[]}, or {a: .[], b: "a long text"}, may have
 * outputs of any size for a short input, so they must run where they can be
 * stopped. */
bool path_filter_is_bounded(const struct path_filter *filter);

/*
 * The values of several filters in the same input, found in one pass over it. A
 * plan is made of the filters once; the values are found for each input:
 *
 *	path_plan_add(plan, filter);		for each filter
 *	...
 *	path_plan_find(plan, json, &values);
 *	path_filter_run(filter, json, values.data ...)
 */
struct path_plan;

struct path_plan *path_plan_new(void);
void path_plan_free(struct path_plan *plan);	/* NULL is fine */

/* Adds the paths with which the filter begins. A filter can be added to one
 * plan only. */
void path_plan_add(struct path_plan *plan, struct path_filter *filter);

/* Finds the values of all paths of the plan in one JSON text, and replaces the
 * contents of found with them. */
void path_plan_find(const struct path_plan *plan, struct slice json,
		    struct buf *found);

/* Parameters of a run. Members that are zero are valid; with stopped NULL the
 * run cannot be stopped. */
struct path_run {
	bool (*on_output)(void *ctx, struct slice json);
	void *ctx;
	const atomic_bool *stopped;	/* true: stop the run; or NULL */
	const struct buf *found;	/* result of path_plan_find() for the
					 * input, or NULL */
	struct buf *out;		/* scratch buffer of the caller */
	struct buf *error;		/* becomes the error message, or
					 * empty */
};

/* Runs the filter on each value of the text in turn, until an error. on_output
 * gets each output and returns true to go on; the text is valid during the call
 * only. Returns true; or false after an error, with its message in
 * run->error. */
bool path_filter_run(const struct path_filter *filter, struct slice json,
		     const struct path_run *run);

#endif
