/*
 * Parses HTML text into a tree of libxml2 nodes, as browsers do. Invalid markup
 * is never an error.
 *
 * parse/html/page.h says how the tree differs from libxml2's; html_space() and
 * html_name() return an element's namespace and name.
 */
#ifndef PARSE_HTML_HTML_H
#define PARSE_HTML_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

#include "parse/html/nodes/document.h"

/* Optional, for speed: if each thread that parses calls this once, XML trees
 * are built in an arena. Calls may be nested; each needs an html_close(). */
void html_open(void);
void html_close(void);

/*
 * Parses len bytes of valid UTF-8 at s into a tree, to be freed with
 * html_free(). The text is overwritten and must live as long as the tree;
 * s[len] must be NUL. An empty text yields html, head and body. Returns NULL if
 * the text is over 2 GB, the tree is over 1 GB, or the page exceeds its memory
 * limit (base/memory_budget.h); *why says which (static).
 */
xmlDoc *html_parse(char *s, size_t len, const char **why);

/*
 * Returns an outline: a document that has only the elements with information
 * about the page, such as title, links and base, built without the tree.
 * html_page_outline() in parse/html/page.h says which elements each kind of
 * outline has. sink: gets the page's text; or NULL. Only CRs in the text are
 * overwritten, which changes *len. Returns NULL if a tree is needed. The text
 * is still complete then and can be passed to html_parse().
 */
xmlDoc *html_outline(char *s, size_t *len, enum html_outline what,
		     const struct html_text_sink *sink);

/* Frees a tree. Call it in the thread that parsed the page. Do not use
 * xmlFreeDoc(). doc may be NULL. */
void html_free(xmlDoc *doc);

/* Returns the next node in document order, or NULL at the end. Skips the
 * content of <template>, which is not part of the document in browsers. */
static inline const xmlNode *html_next_node(const xmlNode *n)
{
	if (n->type == XML_ELEMENT_NODE && n->children &&
	    html_name(n)->id != N_TEMPLATE)
		return n->children;
	while (!n->next) {
		n = n->parent;
		if (!n || n->type != XML_ELEMENT_NODE)
			return NULL;
	}
	return n->next;
}

#endif
