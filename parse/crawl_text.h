/* The visible text of a page, by which a crawl recognises pages that are alike
 * (crawl/traps/page_text.h). */
#ifndef PARSE_CRAWL_TEXT_H
#define PARSE_CRAWL_TEXT_H

#include <libxml/tree.h>

#include "crawl/traps/page_text.h"
#include "parse/html/html.h"

/* Begins the text of a document. url is the page's URL, or NULL if unknown. */
void crawl_text_begin(struct page_text_reader *r, const char *url);

/* Returns the sink that adds a document's text to r, while an outline of the
 * document is built. */
struct html_text_sink crawl_text_sink(struct page_text_reader *r);

/* Adds a node of the document, if it is text or an image. The title, scripts
 * and style sheets are left out. Call this with all nodes in their order, then
 * page_text_end(). */
void crawl_text_visit(struct page_text_reader *r, const xmlNode *n);

#endif
