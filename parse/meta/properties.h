/* A table of property names, in the order of first appearance, each with its
 * values as JSON. NULL is an empty table. */
#ifndef PARSE_META_PROPERTIES_H
#define PARSE_META_PROPERTIES_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

struct property;

/* Returns the buffer to which one more value for that name is to be
 * appended. */
struct buf *properties_add(struct property **table, struct slice name);

/* Appends the table as a JSON object and empties it. arrays: write a single
 * value as an array, too, not only several values. */
void properties_write(struct buf *out, struct property **table, bool arrays);

#endif
