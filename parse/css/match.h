/*
 * Looking for CSS selectors in a tree of libxml2 nodes.
 *
 * Many are looked for together, in one walk over the document, each from its
 * rightmost compound on; a selector is only tried on elements whose id, class
 * or tag it asks for.
 */
#ifndef PARSE_CSS_MATCH_H
#define PARSE_CSS_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

#include "parse/css/css.h"

/* Selectors to look for together. Immutable once all are in it. */
struct css_set;

struct css_set *css_set_new(void);
void css_set_free(struct css_set *set);

/* css is borrowed. Selectors are numbered in the order they come, from 0.
 * all: every match is wanted; otherwise the first in document order. */
void css_set_add(struct css_set *set, const struct css *css, bool all);

/* What matching keeps for one document, whatever the sets: the document's
 * quirks, positions among siblings, and the work that may still be done. */
struct css_document;

/* html: by the rules of HTML (letter case, quirks, no insides of templates);
 * otherwise of XML. doc is borrowed, and freed after this; its nodes' _private
 * is used meanwhile, and NULL before and after. */
struct css_document *css_document_new(xmlDoc *doc, bool html);
void css_document_free(struct css_document *d);

/*
 * Looks for all selectors of the set inside scope: an element, and what is
 * found are its descendants (and itself, by selectors whose subject says
 * :scope); or NULL, the whole document, of which :scope is the root. Compounds
 * left of the subject may match outside of scope, as with the DOM's
 * querySelectorAll().
 *
 * on_match is called in document order, with the selector's number; it may look
 * for more on the same document, and must leave the tree as it is. Returns
 * NULL; or why it gave up (static): selectors that need too much work on this
 * document, which bounds the time.
 */
const char *css_find(struct css_document *d, const struct css_set *set,
		     xmlNode *scope,
		     void (*on_match)(void *ctx, size_t which, xmlNode *node),
		     void *ctx);

#endif
