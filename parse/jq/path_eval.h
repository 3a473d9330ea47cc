/*
 * Functions for the files that evaluate path filters.
 *
 * Each node of the tree passes its outputs, one by one, to a consumer (struct
 * next): the next node of a pipe, an object that is being made, or the output
 * of the run. So no list of outputs is kept, and the outputs come in the order
 * of jq, which backtracks to the last node that can have another output.
 *
 * A consumer runs inside of the node that calls it, so its errors come back
 * through that node. This is why (a)? also suppresses errors of its consumers,
 * as in jq 1.6.
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

/* The consumer of a node's outputs. */
struct next {
	enum flow (*take)(const struct path_run *run, const struct next *next,
			  struct slice value);
	const struct path_node *node;
	const struct next *then;
};

/* Evaluates a node on a value, and passes the outputs to next. The slice of the
 * value must not be empty. */
enum flow path_eval(const struct path_run *run, const struct path_node *node,
		    struct slice value, const struct next *next);

enum flow path_eval_array(const struct path_run *run,
			  const struct path_node *node, struct slice value,
			  const struct next *next);

enum flow path_eval_object(const struct path_run *run,
			   const struct path_node *node, struct slice value,
			   const struct next *next);

/* Fails because the value does not allow the step (.name of an array, for
 * example); or, if the step is optional, goes on without an output. */
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
