/*
 * Makes rows unique by a key. The key of a table is the run and the index of a
 * record (and the item), so that a request which a resumed run makes again has
 * no second row. With --upsert the key is the url. With --upsert and --items, a
 * url has many rows: they are removed before new rows are added, and the key is
 * the run, the index and the item.
 */
#ifndef CMD_OUTPUT_POSTGRES_KEY_H
#define CMD_OUTPUT_POSTGRES_KEY_H

#include <stdbool.h>

#include "cmd/output/postgres_table.h"

/* Sets t->key, and makes the unique index if it does not exist. Call inside a
 * transaction. Returns 0 or -1. */
int postgres_key_prepare(struct postgres_table *t);

/* Returns true if the key is the url: a new row replaces the row with its
 * url. */
bool postgres_key_is_url(const struct postgres_table *t);

#endif
