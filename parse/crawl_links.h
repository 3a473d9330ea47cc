/* The links of a page that a crawl may follow: a and area, link rel=next,
 * frames, and meta refresh. */
#ifndef PARSE_CRAWL_LINKS_H
#define PARSE_CRAWL_LINKS_H

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/url/url.h"

/* Appends the links of a document, of any scheme, to a list
 * (crawl/link_list.h), without fragments. base: of the document; NULL: unknown,
 * and relative links are left out. */
void crawl_links_read(struct buf *list, xmlDoc *doc, const struct url *base);

#endif
