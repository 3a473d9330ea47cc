/*
 * Converts microdata (HTML Standard, 5) to JSON: an array of the page's
 * top-level items in the standard's form, {"type": [...], "id": "...",
 * "properties": {"name": [values]}}, where a value is a string or an item.
 */
#ifndef PARSE_META_MICRODATA_H
#define PARSE_META_MICRODATA_H

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/url/url.h"

/* Appends the array. URLs are resolved against base (NULL: unknown). */
void microdata_read(struct buf *out, const xmlDoc *doc,
		    const struct url *base);

#endif
