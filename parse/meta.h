/* What a page says about itself: --meta. */
#ifndef PARSE_META_H
#define PARSE_META_H

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/url.h"

/* Appends a JSON object: description, canonical, language, robots, favicon,
 * feeds, opengraph, twitter, json_ld (values), microdata; each present always,
 * null or empty where the page has none. URLs are resolved against base (NULL:
 * unknown). */
void meta_read(struct buf *out, const xmlDoc *doc, const struct url *base);

#endif
