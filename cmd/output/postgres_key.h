/*
 * What keeps rows unique. The key of a table is the run and the index of a
 * record (and the item), so that a request which a resumed run makes again has
 * no second row. With --upsert it is the url; but then a page of items has many
 * rows, which are removed before new ones are added, so the key is as usual.
 */
#ifndef CMD_OUTPUT_POSTGRES_KEY_H
#define CMD_OUTPUT_POSTGRES_KEY_H

#include <stdbool.h>

#include "cmd/output/postgres_table.h"

/* Sets t->key, and makes the index if there is none. Call in a transaction. */
int postgres_key_prepare(struct postgres_table *t);

/* Returns true if a row replaces the one with its url. */
bool postgres_key_is_url(const struct postgres_table *t);

#endif
