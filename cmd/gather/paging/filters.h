/*
 * The compiled jq filters of an endpoint's paging, one set for all the values
 * of its each: compiling takes 13 ms a filter.
 */
#ifndef CMD_GATHER_PAGING_FILTERS_H
#define CMD_GATHER_PAGING_FILTERS_H

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/gather/spec/spec.h"
#include "parse/jq/jq.h"

struct gather_filters {
	struct jq *filter, *more, *total;	/* NULL: pages has none */
};

/* NULL: one does not compile, and has added to why which and why. For the
 * thread that calls it only. */
struct gather_filters *gather_filters_open(const struct gather_pages *pages,
					   struct buf *why);
void gather_filters_close(struct gather_filters *f);

/* From another thread: what is running is to return soon, with an error. */
void gather_filters_stop(struct gather_filters *f);

/* The filter's first output, as JSON text, in place of what is in out; empty
 * when there is none. 0; or -1 and has added to why. */
int gather_filter_first(struct jq *jq, const struct jq_input *input,
			struct buf *out, struct buf *why);

#endif
