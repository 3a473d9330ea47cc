/*
 * Which records have been put: the lowest index of which there was none, and,
 * when order is kept, the records that wait for it.
 *
 * Rings over the distance between the oldest and the newest, a bit (and a
 * buffer, in order) for each index. Zero is one that keeps no order and where
 * nothing was put.
 */
#ifndef CMD_OUTPUT_REORDER_H
#define CMD_OUTPUT_REORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct reorder {
	bool ordered;		/* set once */
	uint64_t oldest;	/* the lowest that was not put, or not taken */
	uint64_t end;		/* one past the highest put */
	size_t cap;		/* of the rings, in indexes; a power of two */
	uint64_t *put;		/* bits */
	struct buf *held;	/* NULL unless ordered */
};

/* Each index once. Takes the record when order is kept, else leaves it. */
void reorder_put(struct reorder *s, uint64_t index, struct buf *record);

/* In order: moves the record of s->oldest out; false when it was not put. */
bool reorder_take(struct reorder *s, struct buf *record);

/* The same, but passes over what was not put; false at the end. */
bool reorder_take_any(struct reorder *s, struct buf *record);

void reorder_release(struct reorder *s);

#endif
