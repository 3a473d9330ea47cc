/*
 * Finds the matches of CSS selectors in a tree of libxml2 nodes.
 *
 * All selectors of a set are evaluated in one walk over the document, each from
 * its rightmost compound. A selector is only tried on elements that have the
 * id, class or tag its rightmost compound requires.
 */
#ifndef PARSE_CSS_MATCH_H
#define PARSE_CSS_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

#include "parse/css/css.h"

/* Selectors that are evaluated together. A set is immutable once all selectors
 * are added. */
struct css_set;

struct css_set *css_set_new(void);
void css_set_free(struct css_set *set);

/* Adds a selector to the set; css is borrowed. Selectors are numbered from 0 in
 * the order they are added. all: report every match; otherwise only the first
 * match in document order is reported. */
void css_set_add(struct css_set *set, const struct css *css, bool all);

/* Per-document state, shared by all sets: the document's quirks mode, positions
 * of elements among their siblings, and the remaining work budget. */
struct css_document;

/* html: match by the rules of HTML (letter case, quirks mode, content of
 * templates is skipped); otherwise by those of XML. doc is borrowed and must be
 * freed after the css_document. The nodes' _private is used in the meantime and
 * is NULL before and after. */
struct css_document *css_document_new(xmlDoc *doc, bool html);
void css_document_free(struct css_document *d);

/*
 * Evaluates all selectors of the set within scope. If scope is an element,
 * matches are its descendants, and the element itself for selectors whose
 * subject contains :scope. If scope is NULL, the whole document is searched and
 * :scope is the root element. Compounds left of the subject may match elements
 * outside of scope, as with the DOM's querySelectorAll().
 *
 * on_match is called in document order with the selector's number. It may call
 * css_find() again for the same document; it must not change the tree. Returns
 * NULL, or the reason (a static string) why the search was given up: the
 * selectors exceeded the work budget, which bounds the time for one document.
 */
const char *css_find(struct css_document *d, const struct css_set *set,
		     xmlNode *scope,
		     void (*on_match)(void *ctx, size_t which, xmlNode *node),
		     void *ctx);

#endif
