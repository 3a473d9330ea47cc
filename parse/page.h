/* An HTML page: its title and its links, as a browser sees them. */
#ifndef PARSE_PAGE_H
#define PARSE_PAGE_H

#include <stdbool.h>

#include "base/url.h"
#include "parse/record.h"

/*
 * Reads a text (clean UTF-8) as HTML and fills in is_html, title and
 * links_count, and, if asked, links: resolved against the <base>, or against
 * final_url (NULL: unknown, relative ones stay as they are). Contents of a
 * <template> do not count: browsers keep them out of the document.
 *
 * Returns NULL, or what is wrong with the page (static); page is as it was
 * then.
 */
const char *page_read(struct page *page, struct slice text,
		      const char *final_url, bool links);

#endif
