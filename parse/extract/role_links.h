/*
 * Finds the links that a crawl follows from a page, as the page's role says.
 *
 * If the role has items (`each`), its selectors are searched in each item, as
 * its fields are. A selector that matches in no item of the page is searched in
 * the whole page. On a page without items this is done only for selectors that
 * lead to pages of the same role: inside an item, "a" is the link to the item's
 * page; elsewhere, "a" would be any link.
 */
#ifndef PARSE_EXTRACT_ROLE_LINKS_H
#define PARSE_EXTRACT_ROLE_LINKS_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

#include "base/slice.h"
#include "parse/extract/roles.h"
#include "parse/extract/schema.h"

#define ROLE_NO_ITEM ((size_t)-1)

struct role_link {
	const xmlNode *element;	/* the element that has the URL */
	struct slice url;	/* the URL as written; valid during the call */
	unsigned to;		/* number of the role of the page behind the
				 * link */
	size_t item;		/* index of the item that contains the link, or
				 * ROLE_NO_ITEM */
};

/* Calls on_link for each link, in the order of the selectors and then of the
 * document, until on_link returns false. html: the document follows HTML's
 * rules. x: the fields of the role, or NULL. Returns NULL, or the reason why
 * the search was given up (static). */
const char *role_links_find(const struct role *role, unsigned number,
			    const struct schema *x, xmlDoc *doc, bool html,
			    bool (*on_link)(void *ctx,
					    const struct role_link *link),
			    void *ctx);

#endif
