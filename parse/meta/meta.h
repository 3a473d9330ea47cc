/* Collects a page's metadata, for --meta. */
#ifndef PARSE_META_META_H
#define PARSE_META_META_H

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/url/url.h"

/* Appends a JSON object: description, canonical, language, robots, favicon,
 * feeds, opengraph, twitter, json_ld (values), json_ld_invalid (number of
 * scripts that are not JSON), microdata. Every member is always present: null,
 * empty or 0 if the page has none. URLs are resolved against base (NULL:
 * unknown). */
void meta_read(struct buf *out, const xmlDoc *doc, const struct url *base);

#endif
