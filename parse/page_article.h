/* Reads the article of a page, and its Markdown, for --article and
 * --markdown. */
#ifndef PARSE_PAGE_ARTICLE_H
#define PARSE_PAGE_ARTICLE_H

#include <libxml/tree.h>

#include "base/url/url.h"
#include "parse/page.h"
#include "parse/record.h"

/* Fills in article and markdown of the page, as far as they are wanted, from a
 * whole HTML tree. final_url and base may be NULL. */
void page_article_read(struct page *page, const xmlDoc *doc,
		       const char *final_url, const struct url *base,
		       const struct page_wants *wants);

#endif
