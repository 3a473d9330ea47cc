/*
 * The items that a filter takes out of a body or a result.
 *
 * Many servers have null where a list without elements is meant, and jq's .[]
 * fails there. Where the list that the filter begins with, as ".users" of
 * ".users[] | .id", is there and is null, there are no items; a list that is not
 * there at all is more likely to be misspelt, and stays an error.
 */
#ifndef CMD_GATHER_ITEMS_H
#define CMD_GATHER_ITEMS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/gather/filter_cache.h"

/* As filter_cache_run(), but for that. */
int gather_items_run(struct filter_cache *c, const char *filter,
		     struct slice json,
		     bool (*on_item)(void *ctx, struct slice json), void *ctx,
		     struct buf *why);

/* Whether the list that the filter begins with is in json, and is null. */
bool gather_items_are_null(const char *filter, struct slice json);

#endif
