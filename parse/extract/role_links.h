/*
 * Finds the links of a page that its role follows.
 *
 * Where the role has items (`each`), its selectors are looked for in each item,
 * as its fields are. A selector that finds nothing in any item of the page is
 * looked for in the whole page; but on a page without items only if it leads to
 * pages of the same role: "a" in an item is a link to its page, and elsewhere
 * any link.
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
	const xmlNode *element;	/* that has the URL */
	struct slice url;	/* as written; valid during the call */
	unsigned to;		/* role of the page behind the link */
	size_t item;		/* index of the item that it is in, or
				 * ROLE_NO_ITEM */
};

/* Calls on_link for the links, in the order of the selectors and then of the
 * document, until it returns false. html: by HTML's rules. x: the fields of the
 * role, or NULL. Returns NULL, or why the search was given up (static). */
const char *role_links_find(const struct role *role, unsigned number,
			    const struct schema *x, xmlDoc *doc, bool html,
			    bool (*on_link)(void *ctx,
					    const struct role_link *link),
			    void *ctx);

#endif
