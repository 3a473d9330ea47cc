/*
 * Parser of HTML pages into trees of libxml2 nodes, as browsers build them
 * (HTML Standard, 13.2). Invalid markup is never an error.
 *
 * The tree differs from libxml2's: the contents of a <template> are its
 * children; ns is NULL, also in SVG and MathML (use html_space()); psvi of
 * elements and attributes is their name (struct html_name); doc->ids is empty.
 */
#ifndef PARSE_HTML_PAGE_H
#define PARSE_HTML_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

#include "parse/html/nodes/document.h"

struct html_page;

/* A parser that is reused for one page after another. */
struct html_page *html_page_new(void);
void html_page_free(struct html_page *page);

/*
 * Parses len bytes of valid UTF-8 at s into a tree. The text is overwritten and
 * must live as long as the tree; s[len] must be NUL. The tree is valid until
 * the next call or html_page_clear(), in the same thread. Returns NULL if the
 * page is over 2 GB, or its tree exceeds HTML_TREE_BYTES or the page's memory
 * limit; *why says which (static). scripting: as in a browser that runs
 * scripts, the content of <noscript> is text.
 */
xmlDoc *html_page_parse(struct html_page *page, char *s, size_t len,
			bool scripting, const char **why);

/*
 * Returns an outline: a document with only the elements that have information
 * about the page. The rest of the tree is not built, which saves time and
 * memory. The elements are children of the document, in tree order, without
 * elements inside a <template>. An outline has these elements, unless `what`
 * says otherwise:
 *
 *	a, area, base	with href only; left out if they have no href
 *	title		with its text
 *
 * Of several base or title, the outline has the first and may lack others.
 *
 *	HTML_OUTLINE_COUNT	only title; html_links() returns the number of
 *				a and area with href
 *	HTML_OUTLINE_META	also html, meta, link and script, with the
 *				attributes in names.def and the script's text
 *	HTML_OUTLINE_CRAWL	also rel of a and area; meta and link; frame,
 *				iframe and img with src only. The sink gets the
 *				page's text, even if NULL is returned
 *
 * sink may be NULL. The text at s stays unchanged, except that CR and CRLF
 * become line feeds; then *len changes. Returns NULL if a tree is needed, for
 * example with HTML_OUTLINE_META if the page has microdata items (itemscope).
 */
xmlDoc *html_page_outline(struct html_page *page, char *s, size_t *len,
			  enum html_outline what,
			  const struct html_text_sink *sink);

/* Drops the tree. Keeps small buffers for the next page. */
void html_page_clear(struct html_page *page);

/* Returns the part (0 to 1) of the page's budget for reopening formatting
 * elements that was used. */
double html_page_budget_used(const struct html_page *page);

#endif
