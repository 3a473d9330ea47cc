/* The links of a page that a crawl may follow: a and area, link rel=next,
 * frames, and meta refresh. */
#ifndef PARSE_CRAWL_LINKS_H
#define PARSE_CRAWL_LINKS_H

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/url/url.h"
#include "crawl/link_list.h"

/* Appends the links of a document, of any scheme, to a list
 * (crawl/link_list.h), without fragments. base: of the document; NULL: unknown,
 * and relative links are left out. agent: the robot's name, in lower case; meta
 * elements with this name are obeyed like those with the name "robots". */
void crawl_links_read(struct buf *list, xmlDoc *doc, const struct url *base,
		      const char *agent);

/* Writes links to a list; zero but for list and base. url is to be released. */
struct link_writer {
	struct buf *list;
	const struct url *base;		/* as above */
	struct buf url;			/* of the current link */
	unsigned count;
};

/* Resolves href and adds the link, with this as its URL. Returns false if the
 * list is full. */
bool link_writer_add(struct link_writer *w, struct slice href,
		     const struct page_link *link);

/* Return true if a link has rel=nofollow, or if a meta element of the page for
 * this robot says so for all links. */
bool crawl_links_is_nofollow(const xmlNode *element);
bool crawl_links_is_nofollow_page(xmlDoc *doc, const char *agent);

#endif
