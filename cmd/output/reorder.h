/*
 * Reorder buffer: tracks which indices have been put, and which is the lowest
 * index that has not been put. With `ordered`, it also holds the records that
 * wait for that one.
 *
 * It is a ring over the indices from the oldest to the newest, with one bit
 * (and, with `ordered`, one buffer) per index. Zero is a valid empty value that
 * does not keep order.
 */
#ifndef CMD_OUTPUT_REORDER_H
#define CMD_OUTPUT_REORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct reorder {
	bool ordered;		/* set before the first put */
	uint64_t oldest;	/* lowest index that was not put; if ordered,
				 * that was not taken */
	uint64_t end;		/* one past the highest index put */
	size_t cap;		/* slots in each ring; a power of two */
	uint64_t *put;		/* ring of bits: 1 = put */
	struct buf *held;	/* ring of records; NULL unless ordered */
};

/* Marks an index as put; each index may be put once. Takes the record if
 * ordered, else leaves it to the caller. */
void reorder_put(struct reorder *s, uint64_t index, struct buf *record);

/* Ordered only: moves the record of s->oldest out and goes to the next index.
 * Returns false if that index has not been put. */
bool reorder_take(struct reorder *s, struct buf *record);

/* Takes the next record that was put, skipping indices that were not put.
 * Returns false if no record is left. */
bool reorder_take_any(struct reorder *s, struct buf *record);

void reorder_release(struct reorder *s);

#endif
