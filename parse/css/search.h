/* One css_find(), for the files that match. */
#ifndef PARSE_CSS_SEARCH_H
#define PARSE_CSS_SEARCH_H

#include "parse/css/document.h"
#include "parse/css/set.h"

struct css_search {
	struct css_document *d;
	const struct css_set *set;
	const xmlNode *scope;	/* what :scope is; NULL in an empty tree */
	struct css_memo own;	/* what is true for this scope alone */
	xmlNode **last;		/* match of each selector */
	uint32_t open;		/* selectors that may still match */
	size_t depth;		/* of the walk: levels above */
	uint64_t above;		/* all their names, and of what is above them */
	bool only_names;	/* nothing is tried */
	bool at_scope;		/* only what may be the scope is tried */
	bool over;
	void (*on_match)(void *ctx, size_t which, xmlNode *node);
	void *ctx;
};

/* Where to keep what is found out about a list or complex selector. */
static inline struct css_memo *css_memo_for(struct css_search *q,
					    const void *part)
{
	return css_memo_find(&q->set->scoped, 0, part, NULL) ? &q->own
							     : &q->d->memo;
}

/* How n is reached: with so many ancestors in the walk's levels, and the names
 * that the complex selector's compounds ask for. */
struct css_path {
	const uint64_t *wanted;
	size_t depth;
};

/* Whether n is the subject. path may be NULL. */
bool css_matches(struct css_search *q, const struct css_complex *x,
		 xmlNode *n, const struct css_path *path);

/* The same of a relative selector, and what it is relative to. */
bool css_matches_relative(struct css_search *q, const struct css_complex *x,
			  xmlNode *n, const xmlNode *anchor);

bool css_matches_any(struct css_search *q, const struct css_list *list,
		     xmlNode *n);

/* parse/css/has.c: whether :has() is true of n. */
bool css_has(struct css_search *q, const struct css_simple *s, xmlNode *n);

/* parse/css/nth_of.c: whether :nth-child() and its like are true of n. */
bool css_is_at(struct css_search *q, const struct css_simple *s, xmlNode *n);

#endif
