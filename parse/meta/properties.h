/* Names with the values each was given, in the order of their first
 * appearance; values are JSON. NULL is none. */
#ifndef PARSE_META_PROPERTIES_H
#define PARSE_META_PROPERTIES_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

struct property;

/* Where to append one more value of that name. */
struct buf *properties_add(struct property **table, struct slice name);

/* Appends the object and forgets all. arrays: every value in an array;
 * otherwise only where there are several. */
void properties_write(struct buf *out, struct property **table, bool arrays);

#endif
