/* The value that replaces a placeholder in a template. */
#ifndef CMD_GATHER_TEMPLATE_VALUE_H
#define CMD_GATHER_TEMPLATE_VALUE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/gather/template/template.h"

/* Returns the member of value that the placeholder {name} stands for, borrowed;
 * or NULL after adding to why. */
const json_t *template_look_up(const json_t *value, struct slice name,
			       struct buf *why);

/* Appends a value as text. whole is true for the placeholder {}. Returns NULL
 * on success. Otherwise returns the reason (static), a text that follows
 * template_add_placeholder() in the message. */
const char *template_add_value(struct buf *out, enum template_use use,
			       const json_t *value, bool whole);

/* Adds "{name} " to a message. */
void template_add_placeholder(struct buf *why, struct slice name);

#endif
