/* What a page says about itself: --meta. */
#ifndef PARSE_META_META_H
#define PARSE_META_META_H

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/url/url.h"

/* Appends a JSON object: description, canonical, language, robots, favicon,
 * feeds, opengraph, twitter, json_ld (values), json_ld_invalid (scripts
 * that are not JSON), microdata; each present always, null, empty or 0 where
 * the page has none. URLs are resolved against base (NULL:
 * unknown). */
void meta_read(struct buf *out, const xmlDoc *doc, const struct url *base);

#endif
