/* The links of a page that a crawl may follow: a and area, link rel=next,
 * frames, and meta refresh. */
#ifndef PARSE_CRAWL_LINKS_H
#define PARSE_CRAWL_LINKS_H

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/url/url.h"
#include "crawl/link_list.h"

/* Appends the links of a document, of any scheme, to a list
 * (crawl/link_list.h), without fragments. base is the document's base URL; with
 * NULL, relative links are left out. agent is the robot's name, in lower case;
 * meta elements with this name are obeyed like those with the name "robots". */
void crawl_links_read(struct buf *list, xmlDoc *doc, const struct url *base,
		      const char *agent);

/* Writes links to a list. Set list and base, and the other members to zero. The
 * user releases url in the end. */
struct link_writer {
	struct buf *list;
	const struct url *base;		/* base URL of the document, or NULL */
	struct buf url;			/* URL of the current link */
	unsigned count;
};

/* Resolves href against the base and adds the link with the resulting URL, in
 * place of link->url. Returns false if the list is full. */
bool link_writer_add(struct link_writer *w, struct slice href,
		     const struct page_link *link);

/* crawl_links_is_nofollow() returns true if a link has rel=nofollow;
 * crawl_links_is_nofollow_page() if a meta element for this robot forbids
 * following any link of the page. */
bool crawl_links_is_nofollow(const xmlNode *element);
bool crawl_links_is_nofollow_page(xmlDoc *doc, const char *agent);

#endif
