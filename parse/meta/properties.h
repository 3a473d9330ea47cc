/* A table of names, each with the values added to it, in the order of first
 * appearance. Values are JSON. NULL is an empty table. */
#ifndef PARSE_META_PROPERTIES_H
#define PARSE_META_PROPERTIES_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

struct property;

/* Returns the buffer to append one more value of that name to. */
struct buf *properties_add(struct property **table, struct slice name);

/* Appends the table as a JSON object and empties it. arrays: writes every value
 * in an array, not only several values. */
void properties_write(struct buf *out, struct property **table, bool arrays);

#endif
