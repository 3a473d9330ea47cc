/*
 * A page of HTML as a tree of libxml2 nodes, as browsers build it (HTML
 * Standard, 13.2). No page is refused for its markup.
 *
 * What the tree is, besides what libxml2 says: the contents of a <template>
 * are its children; ns is NULL also in SVG and MathML, whose namespace
 * html_space() knows; psvi of elements and attributes is their name (names.h);
 * doc->ids is not filled.
 */
#ifndef PARSE_HTML_PAGE_H
#define PARSE_HTML_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

#include "parse/html/nodes/document.h"

struct html_page;

/* A parser for one page after another. */
struct html_page *html_page_new(void);
void html_page_free(struct html_page *page);

/*
 * The tree of len bytes of clean UTF-8 at s, which are overwritten and must
 * live as long as the tree; s[len] is NUL. Good until the next call, or
 * html_page_clear(), in the same thread. NULL: the page has over 2 GB, or its
 * tree over HTML_TREE_BYTES or what the page may have; *why says so (static).
 * scripting: as in a browser that runs scripts, <noscript> is text.
 */
xmlDoc *html_page_parse(struct html_page *page, char *s, size_t len,
			bool scripting, const char **why);

/*
 * The same as far as it says something about the page, in time and memory for
 * that alone: elements that are children of the document, in the order of the
 * tree, those inside of a <template> left out. They are a, area and base
 * that have a href, with it, and title with its text; meta: and also html, meta,
 * link and script, with all attributes and the script's text. The text stays as
 * it is, but for CR and CRLF, which become line feeds: *len changes then.
 * NULL: it takes a tree to say it; meta: also if there are items (itemscope).
 */
xmlDoc *html_page_outline(struct html_page *page, char *s, size_t *len,
			  bool meta);

/* Drops the tree. What is kept for the next page is small. */
void html_page_clear(struct html_page *page);

/* What part of its budget for reopening formatting elements the page took. */
double html_page_budget_used(const struct html_page *page);

#endif
