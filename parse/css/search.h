/* State of one css_find() call, private to the matching files. */
#ifndef PARSE_CSS_SEARCH_H
#define PARSE_CSS_SEARCH_H

#include "parse/css/document.h"
#include "parse/css/set.h"

/* Cached data about the elements that have one name, in an HTML document. */
struct css_known_name {
	const void *psvi;	/* psvi of these elements; NULL: the entry is
				 * unused */
	const struct css_name *name;	/* the set's entry for the name, or
					 * NULL */
	bool sure;		/* the name itself was compared, not only its
				 * hash */
};

enum { CSS_KNOWN_NAMES = 16 };

struct css_search {
	struct css_document *d;
	const struct css_set *set;
	const xmlNode *scope;	/* the element that :scope matches; NULL in an
				 * empty tree */
	struct css_memo own;	/* cached results that hold for this scope
				 * only */
	xmlNode **last;		/* last match of each selector */
	uint32_t open;		/* number of selectors that may still match */
	size_t depth;		/* number of css_document.levels in use */
	uint64_t above;		/* names of all ancestors of the current
				 * element, including ancestors of the scope */
	bool only_names;	/* collect names; try no selector */
	bool at_scope;		/* try only selectors that may match the scope
				 * itself */
	bool done;
	struct css_known_name known[CSS_KNOWN_NAMES];	/* hash table of names
							 * seen lately */
	void (*on_match)(void *ctx, size_t which, xmlNode *node);
	void *ctx;
};

/* Returns the memo for cached results about part, a list or complex selector.
 * Results that depend on :scope are kept for this search only, all others for
 * the document. */
static inline struct css_memo *css_memo_for(struct css_search *q,
					    const void *part)
{
	return css_memo_find(&q->set->scoped, 0, part, NULL) ? &q->own
							     : &q->d->memo;
}

/* Data with which css_matches() skips ancestors that cannot match. */
struct css_path {
	const uint64_t *wanted;	/* for each compound left of the subject: the
				 * names that it requires */
	size_t depth;		/* number of the element's ancestors in
				 * css_document.levels */
	size_t first;		/* index of the first simple selector of the
				 * subject that must still be matched */
	bool direct;		/* css_subject.direct */
};

/* Returns true if n matches the selector's subject. path may be NULL. */
bool css_matches(struct css_search *q, const struct css_complex *x,
		 xmlNode *n, const struct css_path *path);

/* Returns true if n matches the subject of a relative selector (as in :has()),
 * which starts from the element anchor. */
bool css_matches_relative(struct css_search *q, const struct css_complex *x,
			  xmlNode *n, const xmlNode *anchor);

bool css_matches_any(struct css_search *q, const struct css_list *list,
		     xmlNode *n);

/* parse/css/has.c: returns true if :has() matches n. */
bool css_matches_has(struct css_search *q, const struct css_simple *s,
		     xmlNode *n);

/* parse/css/nth_of.c: returns true if s (:nth-child() and its variants) matches
 * n. */
bool css_matches_nth(struct css_search *q, const struct css_simple *s,
		     xmlNode *n);

#endif
