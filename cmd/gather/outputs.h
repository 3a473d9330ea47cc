/*
 * The outputs of a filter on a page: its items.
 *
 * Most outputs are parts of the page's text, and are kept as positions in this
 * text, which is borrowed and must outlive the outputs. Other outputs are
 * copied. So --stream writes most items without copying the page.
 */
#ifndef CMD_GATHER_OUTPUTS_H
#define CMD_GATHER_OUTPUTS_H

#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

/* Initialise with {.text = ...}: an empty list of outputs. */
struct outputs {
	struct slice text;	/* borrowed */
	struct buf list;	/* array of positions of outputs
				 * (cmd/gather/outputs.c) */
	struct buf copies;
	size_t count;
};

void outputs_add(struct outputs *o, struct slice json);

/* Returns an output, valid until the next one is added. */
struct slice outputs_get(const struct outputs *o, size_t index);

/* Appends the outputs to out, with commas between them. */
void outputs_join(const struct outputs *o, struct buf *out);

/* Removes all outputs, but keeps the allocated memory for new ones. */
void outputs_clear(struct outputs *o);
void outputs_release(struct outputs *o);

#endif
