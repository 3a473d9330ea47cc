/*
 * Names that may be given once each: the members of one JSON object. Kept in
 * one piece and sorted when all are there, because an object may have a
 * million of them. Zero is none.
 */
#ifndef BASE_JSON_KEYS_H
#define BASE_JSON_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

struct key_set {
	struct buf text;
	struct name_place { uint32_t at, len; } *places;
	size_t len, cap;
};

/* At most 4 GB in all. */
void key_set_add(struct key_set *n, struct slice name);

/* When all are there. False when *twice (borrowed) was added twice. */
bool key_set_sort(struct key_set *n, struct slice *twice);

/* After key_set_sort(). */
bool key_set_have(const struct key_set *n, struct slice name);

void key_set_release(struct key_set *n);

#endif
