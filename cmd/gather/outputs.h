/*
 * The outputs of a filter on a page: its items.
 *
 * Items are mostly parts of the page's text, and are then kept as positions in
 * it; only others are copied. So a page whose items are streamed is not copied.
 * The text is borrowed and must outlive the outputs.
 */
#ifndef CMD_GATHER_OUTPUTS_H
#define CMD_GATHER_OUTPUTS_H

#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

/* {.text = ...} is the empty list. */
struct outputs {
	struct slice text;	/* borrowed */
	struct buf list;	/* array of positions */
	struct buf copies;
	size_t count;
};

void outputs_add(struct outputs *o, struct slice json);

/* Returns an output, valid until the next one is added. */
struct slice outputs_get(const struct outputs *o, size_t index);

/* Appends the outputs to out, with commas between them. */
void outputs_join(const struct outputs *o, struct buf *out);

/* Removes all outputs. Keeps the memory. */
void outputs_clear(struct outputs *o);
void outputs_release(struct outputs *o);

#endif
