/*
 * A cache of compiled jq filters (compiling takes 13 ms). Filters run under a
 * watchdog: one that takes too long is stopped, which is an error like any
 * other.
 *
 * For one thread only.
 */
#ifndef CMD_GATHER_FILTER_CACHE_H
#define CMD_GATHER_FILTER_CACHE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/slice.h"
#include "cmd/gather/paging/filters.h"
#include "cmd/gather/paging/paging.h"

struct filter_cache;

/* Creates a cache. limit is the time of each run in msec; 0: no limit. */
struct filter_cache *filter_cache_new(msec limit);
void filter_cache_free(struct filter_cache *c);	/* NULL is fine */

/* Runs a filter on a JSON text. on_output() gets each output as JSON text, and
 * returns true if it wants more. Returns 0, or -1 after adding to why; outputs
 * before an error have been passed on. */
int filter_cache_run(struct filter_cache *c, const char *filter,
		     struct slice json,
		     bool (*on_output)(void *ctx, struct slice json), void *ctx,
		     struct buf *why);

/* Calls gather_pages_on_page() under the watchdog; filters are the filters of
 * s. */
int filter_cache_pages(struct filter_cache *c, struct gather_pages_state *s,
		       const struct gather_pages *pages,
		       struct gather_filters *filters, unsigned long number,
		       const struct page_reply *reply,
		       struct page_request **next, size_t *count,
		       struct buf *why);

/* Returns true if running the filter on an array gives the same as running it
 * on each element in turn, so that it can run before the array is complete.
 * That holds for ".[]", followed by a path or by "|" and anything. NULL means
 * ".[]". Returns false also for some itemwise filters, which are not
 * recognised. */
bool filter_is_itemwise(const char *filter);

#endif
