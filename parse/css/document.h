/*
 * Per-document state of matching, private to the matching files: quirks mode,
 * the remaining work budget, positions of elements (reachable through their
 * _private), and cached results.
 */
#ifndef PARSE_CSS_DOCUMENT_H
#define PARSE_CSS_DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>

#include <libxml/tree.h>

#include "base/buf.h"
#include "parse/css/match.h"
#include "parse/css/memo.h"

/* Positions of an element; 0: not computed yet. */
struct css_position {
	xmlNode *node;
	uint32_t index, from_end;		/* position among siblings, from
						 * 1, counted from the first and
						 * from the last */
	uint32_t type_index, type_from_end;	/* position among the siblings
						 * with the same tag name,
						 * counted from both ends */
	uint32_t order, end;	/* order: position in document order, from 1;
				 * end: order of the first element after the
				 * subtree */
};

struct css_positions;

/* Cache of the names that the ancestors of the last scope have, as a set of
 * css_name.bit. */
struct css_ancestor_names {
	uint32_t set;
	const xmlNode *parent;
	uint64_t names;
};

/* An ancestor during a walk: its own names, and the names of this ancestor and
 * all above it. */
struct css_level {
	uint64_t own, all;
};

struct css_document {
	xmlDoc *doc;
	bool html, quirks;
	bool ordered;		/* order and end of all elements are computed */
	long work;		/* work steps left; below 0: matching has been
				 * given up */
	struct css_positions *places;
	struct css_memo memo;
	struct css_ancestor_names above;
	struct buf value;	/* buffer for the result of css_attr_value() */
	char *language;		/* the document's default language; NULL if it
				 * declares none */
	bool language_known;
	struct css_level *levels;	/* stack of the current walk */
	size_t levels_cap;
	bool walking;
};

/* Charges steps to the work budget. Returns false when it is used up. */
static inline bool css_spend(struct css_document *d, size_t steps)
{
	return (d->work -= (long)steps) >= 0;
}

static inline bool css_is_element(const xmlNode *n)
{
	return n->type == XML_ELEMENT_NODE;
}

/* Returns NULL for the root element. */
static inline xmlNode *css_parent(const xmlNode *n)
{
	n = n->parent;
	return n && css_is_element(n) ? (xmlNode *)n : NULL;
}

/* css_previous() returns the nearest sibling before n that is an element,
 * css_next() the nearest one after n, or NULL. */
xmlNode *css_previous(struct css_document *d, const xmlNode *n);
xmlNode *css_next(struct css_document *d, const xmlNode *n);

/* Return the first or the last child of n that is an element, or NULL. */
xmlNode *css_first_child(struct css_document *d, const xmlNode *n);
xmlNode *css_last_child(struct css_document *d, const xmlNode *n);

/* Returns true if n is the HTML element called name (lower case). */
bool css_is_html(const struct css_document *d, const xmlNode *n,
		 const char *name);

/* Returns true if n is an HTML <template>: its content is not part of the
 * document. */
bool css_is_template(const struct css_document *d, const xmlNode *n);

/* css_next_in_order() returns the element after n in document order,
 * css_next_after_subtree() the first one after n that is not a descendant of n.
 * Both stay within top, and return NULL if there is none. */
xmlNode *css_next_after_subtree(struct css_document *d, const xmlNode *n,
				const xmlNode *top);
xmlNode *css_next_in_order(struct css_document *d, const xmlNode *n,
			   const xmlNode *top);

/* Returns n's attribute of that name without a namespace, or NULL. */
const xmlAttr *css_attr_find(struct css_document *d, const xmlNode *n,
			     const char *name);

/* Returns the value of an attribute without a text node or with several
 * nodes. */
const char *css_attr_rare_value(struct css_document *d, const xmlAttr *a);

/* css_attr_value() and css_attr_text() return an attribute's value, valid until
 * the next call of either function. css_attr_text() finds the attribute by name
 * and returns NULL if n has no such attribute. */
static inline const char *css_attr_value(struct css_document *d,
					 const xmlAttr *a)
{
	const xmlNode *n = a->children;

	if (n && !n->next && n->type == XML_TEXT_NODE && n->content)
		return (const char *)n->content;
	return css_attr_rare_value(d, a);
}

const char *css_attr_text(struct css_document *d, const xmlNode *n,
			 const char *name);

/* Returns the element's positions. Allocates them, set to zero, on the first
 * call for an element. */
struct css_position *css_position(struct css_document *d, xmlNode *n);

/* Returns the root element, or NULL. */
xmlNode *css_root(const struct css_document *d);

#endif
