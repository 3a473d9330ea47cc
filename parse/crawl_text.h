/* The visible text of a page, by which a crawl recognises pages that are alike
 * (crawl/traps/page_text.h). */
#ifndef PARSE_CRAWL_TEXT_H
#define PARSE_CRAWL_TEXT_H

#include <libxml/tree.h>

#include "crawl/traps/page_text.h"

/* Begins the text of a document. url is the page's URL, or NULL if unknown. */
void crawl_text_begin(struct page_text_reader *r, const char *url);

/* Adds a piece of the document's text: the on_text() of a struct
 * html_text_sink. r is a struct page_text_reader. */
void crawl_text_on_text(void *r, const char *p, size_t len, bool goes_on);

/* Adds a node of the document, if it is text or an image. The title, scripts
 * and style sheets are left out. Call this with all nodes in their order, then
 * page_text_end(). */
void crawl_text_visit(struct page_text_reader *r, const xmlNode *n);

#endif
