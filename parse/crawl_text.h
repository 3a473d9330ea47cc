/* The visible text of a page, by which a crawl recognises pages that are alike
 * (crawl/traps/page_text.h). */
#ifndef PARSE_CRAWL_TEXT_H
#define PARSE_CRAWL_TEXT_H

#include <libxml/tree.h>

#include "base/job/page_text.h"

/* Reads the text of a document, without the title, scripts and style sheets.
 * url is the page's URL, or NULL if unknown. */
struct page_text crawl_text_read(xmlDoc *doc, const char *url);

#endif
