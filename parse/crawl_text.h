/* The visible text of a page, for telling pages apart (crawl/traps/page_text.h). */
#ifndef PARSE_CRAWL_TEXT_H
#define PARSE_CRAWL_TEXT_H

#include <libxml/tree.h>

#include "base/job/page_text.h"

/* Reads the text of a document without title, scripts and style sheets. url: of
 * the page; NULL: unknown. */
struct page_text crawl_text_read(xmlDoc *doc, const char *url);

#endif
