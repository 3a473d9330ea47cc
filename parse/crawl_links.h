/* The links of a page that a crawl may follow: a and area, link rel=next,
 * frames, and meta refresh. */
#ifndef PARSE_CRAWL_LINKS_H
#define PARSE_CRAWL_LINKS_H

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/url/url.h"
#include "crawl/link_list.h"

struct crawl_link {
	struct slice href;	/* value of the attribute as written in the
				 * page; borrowed from the document */
	bool nofollow;
	bool is_anchor;		/* of an a or area element */
	size_t place, length;	/* the resolved URL in the list, if it is there
				 * as a whole; length 0: it is not. Only with
				 * keep_places */
};

/*
 * Collects the links of a document, of any scheme. Zero the struct, and set
 * agent to the robot's name in lower case: a <meta> with this name is obeyed
 * like one with the name "robots". Then call crawl_links_visit() with all
 * elements of the document in their order.
 */
struct crawl_links {
	const char *agent;
	bool is_nofollow;		/* a meta element forbids following any
					 * link */
	bool keep_places;		/* crawl_links_write() sets `place` and
					 * `length` of the links; set by the
					 * caller */
	struct crawl_link *links;
	size_t count, cap;
};

void crawl_links_visit(struct crawl_links *c, const xmlNode *element);

/* Appends the links to a list (crawl/link_list.h), without fragments. base is
 * the document's base URL; with NULL, relative links are left out. */
void crawl_links_write(struct crawl_links *c, struct buf *list,
		       const struct url *base);

void crawl_links_release(struct crawl_links *c);

/* Writes links to a list. Initialise list and base, and set count to zero. */
struct link_writer {
	struct buf *list;
	const struct url *base;		/* base URL of the document, or NULL */
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
