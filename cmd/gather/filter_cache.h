/*
 * jq filters, each compiled once (13 ms), and run under a watchdog: one that
 * takes too long is stopped, which is an error like any other.
 *
 * All in one thread.
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

/* limit of each run; 0: none. */
struct filter_cache *filter_cache_new(msec limit);
void filter_cache_free(struct filter_cache *c);	/* NULL is fine */

/*
 * Runs a filter on a JSON text. on_output gets each output as JSON text and
 * returns whether it wants more. 0; or -1 and has added to why; outputs before
 * an error have been given.
 */
int filter_cache_run(struct filter_cache *c, const char *filter,
		     struct slice json,
		     bool (*on_output)(void *ctx, struct slice json), void *ctx,
		     struct buf *why);

/* gather_pages_on_page() under the same watchdog; filters are those of s. */
int filter_cache_pages(struct filter_cache *c, struct gather_pages_state *s,
		       const struct gather_pages *pages,
		       struct gather_filters *filters, unsigned long number,
		       const struct page_reply *reply,
		       struct page_request **next, size_t *count,
		       struct buf *why);

/*
 * Whether a filter on an array gives what it gives on each of its elements, one
 * after the other, so that it may be run before the array is complete: ".[]",
 * a path behind it, and whatever follows a "|". NULL is ".[]". Some that it
 * would be true of are not seen.
 */
bool filter_is_itemwise(const char *filter);

#endif
