/*
 * What matching keeps for one document, for the files that match: its quirks,
 * the work that is left, positions of elements (in their _private), and what
 * was found out on the way.
 */
#ifndef PARSE_CSS_DOCUMENT_H
#define PARSE_CSS_DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>

#include <libxml/tree.h>

#include "base/buf.h"
#include "parse/css/match.h"
#include "parse/css/memo.h"

/* An element's numbers; 0 is not known yet. */
struct css_place {
	xmlNode *node;
	uint32_t index, from_end;		/* among siblings, from 1 */
	uint32_t type_index, type_from_end;	/* among those of its type */
	uint32_t order, end;	/* in document order, from 1; and of the
				 * first element behind its insides */
};

struct css_places;

/* The ancestors of the last scope, by the names a set asks for. */
struct css_above {
	uint32_t set;
	const xmlNode *parent;
	uint64_t names;
};

/* The names of an ancestor in a walk, and those of all from it up. */
struct css_level {
	uint64_t own, all;
};

struct css_document {
	xmlDoc *doc;
	bool html, quirks;
	bool ordered;		/* all elements have order and end */
	long work;		/* steps that are left; below 0: given up */
	struct css_places *places;
	struct css_memo memo;
	struct css_above above;
	struct buf value;	/* of css_attr_value() */
	char *language;		/* of the document itself; NULL: none said */
	bool language_known;
	struct css_level *levels;	/* of a walk */
	size_t levels_cap;
	bool walking;
};

/* Steps of work; false when there are none left. */
static inline bool css_spend(struct css_document *d, size_t steps)
{
	return (d->work -= (long)steps) >= 0;
}

static inline bool css_is_element(const xmlNode *n)
{
	return n->type == XML_ELEMENT_NODE;
}

/* NULL at the top. */
static inline xmlNode *css_parent(const xmlNode *n)
{
	n = n->parent;
	return n && css_is_element(n) ? (xmlNode *)n : NULL;
}

/* The element beside n; NULL: none. */
xmlNode *css_previous(struct css_document *d, const xmlNode *n);
xmlNode *css_next(struct css_document *d, const xmlNode *n);

/* The first and last child of n that is an element. */
xmlNode *css_first_child(struct css_document *d, const xmlNode *n);
xmlNode *css_last_child(struct css_document *d, const xmlNode *n);

/* Whether it is this element (lower case) of HTML. */
bool css_is_html(const struct css_document *d, const xmlNode *n,
		 const char *name);

/* Whether what is in it is no part of the document. */
bool css_is_closed(const struct css_document *d, const xmlNode *n);

/* The element behind n inside top, in document order; NULL: none. The first one
 * is not inside of n. */
xmlNode *css_behind(struct css_document *d, const xmlNode *n,
		    const xmlNode *top);
xmlNode *css_following(struct css_document *d, const xmlNode *n,
		       const xmlNode *top);

/* The attribute without a namespace; NULL: none. */
const xmlAttr *css_attr_of(struct css_document *d, const xmlNode *n,
			     const char *name);

/* Its value, good until the next call; and the same of an attribute by name,
 * NULL when there is none. */
const char *css_attr_value(struct css_document *d, const xmlAttr *a);
const char *css_attr_text(struct css_document *d, const xmlNode *n,
			 const char *name);

/* The element's numbers, all 0 at first. */
struct css_place *css_place(struct css_document *d, xmlNode *n);

/* The root element; NULL: none. */
xmlNode *css_root(const struct css_document *d);

#endif
