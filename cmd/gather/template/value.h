/* What takes the place of a hole in a template. */
#ifndef CMD_GATHER_TEMPLATE_VALUE_H
#define CMD_GATHER_TEMPLATE_VALUE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/gather/template/template.h"

/* What {name} stands for: borrowed from value; or NULL and why. */
const json_t *template_look_up(const json_t *value, struct slice name,
			       struct buf *why);

/* Appends it as text. whole: it is the value of {}. NULL; or what is wrong
 * (static), to follow template_add_placeholder(). */
const char *template_add_value(struct buf *out, enum template_use use,
			       const json_t *value, bool whole);

/* "{name} ", for a message. */
void template_add_placeholder(struct buf *why, struct slice name);

#endif
