/*
 * HTML text to a tree of libxml2 nodes, as browsers build it (parse/html/). No
 * page is refused for its markup.
 *
 * What the tree is, besides what libxml2 says, is in parse/html/page.h: the
 * namespace of an element and its name are html_space() and html_name().
 */
#ifndef PARSE_HTML_HTML_H
#define PARSE_HTML_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

#include "parse/html/nodes/document.h"

/* Once in each thread that parses: trees of XML are built in an arena then.
 * Not needed for anything but speed; pairs may be nested. */
void html_open(void);
void html_close(void);

/*
 * The tree of len bytes of clean UTF-8 at s, for html_free(). The text is
 * overwritten, and must live as long as the tree; s[len] is NUL. An empty text
 * has the three elements that every page has. NULL: the text has over 2 GB, or
 * the tree is over 1 GB or what the page may have (base/memory_budget.h), and
 * *why says which (static). Adds nothing to the tree.
 */
xmlDoc *html_parse(char *s, size_t len, const char **why);

/*
 * What a page says about itself, without a tree: title, links, base, and with
 * meta what --meta asks for, as in parse/html/page.h. The text is overwritten
 * only where there are CRs, and *len changes then. NULL: nothing was lost, and
 * html_parse() has to be asked.
 */
xmlDoc *html_outline(char *s, size_t *len, bool meta);

/* In the same thread. NULL is fine. Never xmlFreeDoc(). */
void html_free(xmlDoc *doc);

/* The node after n in document order; NULL at the end. Not those inside a
 * <template>: browsers keep them out of the document. */
const xmlNode *html_next_node(const xmlNode *n);

#endif
