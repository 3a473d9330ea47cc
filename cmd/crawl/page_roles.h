/*
 * The roles of a crawl's pages: which pages have a record in the output, and
 * which fields a link carries to its page.
 *
 * Within a host, pages of a role that was named later are requested first:
 * detail pages before further pages of a list, so that their rows come early
 * and few pages wait.
 */
#ifndef CMD_CRAWL_PAGE_ROLES_H
#define CMD_CRAWL_PAGE_ROLES_H

#include <stdbool.h>

#include "crawl/frontier.h"
#include "crawl/link_list.h"
#include "parse/extract/roles.h"

/* Checks that a resumed crawl has the same roles as before, or stores the roles
 * of a new crawl. roles NULL: the crawl has no roles. Returns 0, or an exit
 * code after logging the reason. */
int page_roles_check(const struct roles *roles, struct frontier *f,
		     const char *folder);

/* Sets the role, the priority and the carried fields of the page that a link
 * leads to. The fields are allocated. Returns false if the link is not possible
 * with these roles: links may come from a process that is not trusted. */
bool page_roles_set(struct frontier_page *page, const struct roles *roles,
		    const struct page_link *link);

/*
 * Remembers from pages of which roles links were read, and to which roles these
 * links lead, so that the end of a crawl can name the selectors without any
 * link. roles is borrowed; NULL: page_links_new() returns NULL, which all
 * functions accept. A link to a role that does not exist is ignored.
 */
struct page_links;
struct page_links *page_links_new(const struct roles *roles);
void page_links_free(struct page_links *l);
void page_links_note_page(struct page_links *l, unsigned role);
void page_links_note_link(struct page_links *l, unsigned from, unsigned to);

/* Logs the selectors that found no link, of roles with pages. */
void page_links_warn(struct page_links *l);

/* Returns true if links of the page are followed. */
bool page_roles_have_links(const struct roles *roles,
			   const struct frontier_page *page);

/* Returns true if the record of the page is to be written. */
bool page_roles_have_row(const struct roles *roles,
			 const struct frontier_page *page);

#endif
