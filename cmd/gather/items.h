/*
 * Runs the filters that extract items from a body or values from a result.
 *
 * Many servers send null where an empty list is meant, and jq's .[] fails on
 * null. If the list that the filter begins with (".users" of ".users[] | .id")
 * exists and is null, there are no items. A missing list stays an error,
 * because its name is more likely misspelt.
 */
#ifndef CMD_GATHER_ITEMS_H
#define CMD_GATHER_ITEMS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/gather/filter_cache.h"

/* Works like filter_cache_run(), except that a list that is null has no
 * items. */
int gather_items_run(struct filter_cache *c, const char *filter,
		     struct slice json,
		     bool (*on_item)(void *ctx, struct slice json), void *ctx,
		     struct buf *why);

/* Returns true if the list that the filter begins with exists in json and is
 * null. */
bool gather_items_are_null(const char *filter, struct slice json);

#endif
