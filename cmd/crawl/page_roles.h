/*
 * The roles of a crawl's pages: which pages have a row, and what links carry.
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

/* Checks that a resumed crawl has the roles that it had before, and stores those
 * of a new one; roles NULL: it has none. Returns 0, or an exit code after
 * logging the reason. */
int page_roles_check(const struct roles *roles, struct frontier *f,
		     const char *folder);

/* Sets the role, priority and carried fields of a page behind a link. Returns
 * false if the link cannot be one of such roles: it may come from a process that
 * is not trusted. The fields are allocated. */
bool page_roles_set(struct frontier_page *page, const struct roles *roles,
		    const struct page_link *link);

/* Returns true if links of the page are followed. */
bool page_roles_have_links(const struct roles *roles,
			   const struct frontier_page *page);

/* Returns true if the record of the page is to be written. */
bool page_roles_have_row(const struct roles *roles,
			 const struct frontier_page *page);

#endif
