/*
 * Set of names that detects duplicates: the member names of one JSON object.
 * The names are stored in one buffer and sorted once all are added, because an
 * object may have a million members. Zero is the empty set.
 */
#ifndef BASE_JSON_KEYS_H
#define BASE_JSON_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

struct key_set {
	struct buf text;
	struct name_span { uint32_t at, len; } *spans;
	size_t len, cap;
};

/* Adds a copy of the name. All names together must be under 4 GB. */
void key_set_add(struct key_set *n, struct slice name);

/* Call when all names are added. Returns false if *duplicate (borrowed) was
 * added twice. */
bool key_set_sort(struct key_set *n, struct slice *duplicate);

/* Returns true if the set has the name. Call after key_set_sort(). */
bool key_set_has(const struct key_set *n, struct slice name);

void key_set_release(struct key_set *n);

#endif
