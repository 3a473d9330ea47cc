/*
 * Shared by the files that evaluate path filters only.
 *
 * Each node of the tree passes its outputs on, one by one, to what comes after
 * it: the next node of a pipe, the object that is being made, or the output of
 * the run. So nothing is collected, and outputs come in the order of jq, which
 * goes back to the last place where another output is possible.
 *
 * For the same reason (a)? suppresses errors of what comes after it, as in jq
 * 1.6: these errors come back through the node.
 */
#ifndef PARSE_JQ_PATH_EVAL_H
#define PARSE_JQ_PATH_EVAL_H

#include <stdbool.h>

#include "base/slice.h"
#include "parse/jq/path_filter.h"
#include "parse/jq/path_node.h"

enum flow {
	GO_ON,
	FAILED,		/* an error of the filter, in run->error */
	ENDED,		/* no further output is wanted, or the run cannot go
			 * on */
};

/* What comes after a node. */
struct next {
	enum flow (*take)(const struct path_run *run, const struct next *next,
			  struct slice value);
	const struct path_node *node;
	const struct next *then;
};

/* Evaluates a node on a value, which must not be empty. */
enum flow path_eval(const struct path_run *run, const struct path_node *node,
		    struct slice value, const struct next *next);

enum flow path_eval_object(const struct path_run *run,
			   const struct path_node *node, struct slice value,
			   const struct next *next);

/* Fails because the step cannot be taken in the value; or, if the step is
 * optional, goes on without an output. */
enum flow path_fail_step(const struct path_run *run,
			 const struct path_node *step, struct slice value);

static inline enum flow path_pass_on(const struct path_run *run,
				     const struct next *next,
				     struct slice value)
{
	return next->take(run, next, value);
}

static inline bool path_is_null(struct slice value)
{
	return value.p[0] == 'n';
}

static inline bool path_is_stopped(const struct path_run *run)
{
	return run->stopped &&
	       atomic_load_explicit(run->stopped, memory_order_relaxed);
}

#endif
