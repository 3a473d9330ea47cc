/* The compiled jq filters of an endpoint's paging. One set serves all values of
 * the endpoint, because compiling takes 13 ms a filter. */
#ifndef CMD_GATHER_PAGING_FILTERS_H
#define CMD_GATHER_PAGING_FILTERS_H

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/gather/spec/spec.h"
#include "parse/jq/jq.h"

struct gather_filters {
	struct jq *filter, *more, *total;	/* NULL: the paging has no such
						 * filter */
};

/* Compiles the filters. Returns NULL if one does not compile, after adding its
 * name and the reason to why. For the calling thread only. */
struct gather_filters *gather_filters_open(const struct gather_pages *pages,
					   struct buf *why);
void gather_filters_close(struct gather_filters *f);

/* Makes a running filter return soon, with an error. May be called from another
 * thread. */
void gather_filters_stop(struct gather_filters *f);

/* Replaces the contents of out by the filter's first output as JSON text; by an
 * empty text if there is no output. Returns 0, or -1 after adding to why. */
int gather_filter_first(struct jq *jq, struct jq_input *input,
			struct buf *out, struct buf *why);

#endif
