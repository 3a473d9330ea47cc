/*
 * Matches a complex selector from right to left: its compounds, and the
 * combinators between them.
 *
 * When a compound does not match, there are at most two elements to backtrack
 * to: the next ancestor that may match the compound last sought among
 * ancestors, or the next sibling. If no sibling matches, starting from another
 * sibling of the same element cannot help, so only ancestors are left to try;
 * if no ancestor matches, the selector does not match. So the time does not
 * grow exponentially with the number of combinators, and no recursion is
 * needed.
 */
#include "parse/css/search.h"
#include "parse/css/traits.h"

/* The result of a search over this many siblings or ancestors is cached.
 * Otherwise each of a million siblings would look at all others, and each of a
 * million children at all its ancestors. */
enum { FAR = 16 };

struct spot {
	xmlNode *node;
	size_t depth;		/* number of the node's ancestors in
				 * css_document.levels */
};

/* A search for an element (among siblings or ancestors) that matches a
 * compound. */
struct seek {
	size_t i;		/* index of the compound that is sought; 0: no
				 * search is active */
	struct spot at;		/* element tried last */
	size_t tries;
	xmlNode *mark;		/* element reached after FAR failed tries; the
				 * result of the search is cached for it */
	/* Only in a search among siblings: the element whose result is cached,
	 * and the result: true if this element or one to its left matches. */
	const xmlNode *known;
	bool beyond;
};

struct attempt {
	struct css_search *q;
	const struct css_complex *x;
	const uint64_t *wanted;
	const xmlNode *anchor;	/* element that a relative selector starts from;
				 * NULL if the selector is not relative */
	const xmlNode *limit;	/* matching does not reach this ancestor or any
				 * above it */
	size_t i;		/* the current compound */
	struct spot at;		/* the current element */
	/* The searches to continue when a compound does not match. */
	struct seek ancestors, siblings;
};

enum outcome {
	GO_ON,
	MATCHES,
	FAILS_HERE,
	FAILS_SIBLINGS,		/* no sibling can match either */
	FAILS,			/* no ancestor can match either */
};

static inline bool matches_simple(struct css_search *q,
				  const struct css_simple *s, xmlNode *n)
{
	switch (s->kind) {
	case CSS_NOT:
		return !css_matches_any(q, s->list, n);
	case CSS_IS:
		return css_matches_any(q, s->list, n);
	case CSS_HAS:
		return css_matches_has(q, s, n);
	case CSS_NTH:
		return css_matches_nth(q, s, n);
	case CSS_SCOPE:
		return n == q->scope;
	case CSS_TYPE:
		return css_matches_type(q->d, s, n);
	case CSS_ID:
	case CSS_CLASS:
	case CSS_ATTRIBUTE:
		return n->properties && css_matches_element(q->d, s, n);
	default:
		return css_matches_element(q->d, s, n);
	}
}

/* first: index of the first simple selector to try. */
static inline bool matches_compound(struct css_search *q,
				    const struct css_compound *c, xmlNode *n,
				    size_t first)
{
	for (size_t i = first; i < c->count; i++)
		if (!css_spend(q->d, 1) ||
		    !matches_simple(q, &c->simples[i], n))
			return false;
	return true;
}

static struct css_memo_entry *known_of(struct attempt *t, const struct seek *s,
				       const xmlNode *about)
{
	return css_memo_find(css_memo_for(t->q, t->x), t->q->set->id,
			     &t->x->compounds[s->i], about);
}

/* Caches whether s->mark or an element beyond it matches. A later search along
 * the same path tries s->mark itself before it uses the cached result. */
static void cache_result(struct attempt *t, const struct seek *s,
			 const xmlNode *about, bool beyond)
{
	struct css_memo_entry *k =
		css_memo_add(css_memo_for(t->q, t->x), t->q->set->id,
			     &t->x->compounds[s->i], about);

	if (!k)
		return;
	k->node = s->mark;
	k->a = beyond;
}

/* Ends the search among ancestors. Its result is cached for the marked
 * ancestor, since many elements share ancestors. */
static void end_ancestor_search(struct attempt *t, bool found)
{
	if (t->ancestors.mark)
		cache_result(t, &t->ancestors, t->ancestors.mark, found);
}

/* Ends the search among siblings. Its result is cached for their parent:
 * siblings are visited in order, so one mark per parent is enough, which moves
 * along with the visits. */
static void end_sibling_search(struct attempt *t, bool found)
{
	if (t->siblings.mark)
		cache_result(t, &t->siblings, t->siblings.mark->parent, found);
	t->siblings.i = 0;
	t->siblings.mark = NULL;
}

/* Called after an ancestor did not match. Looks for a cached result at every
 * FAR-th ancestor. */
static enum outcome recall_ancestor(struct attempt *t)
{
	const struct css_memo_entry *k;

	if (++t->ancestors.tries % FAR || t->anchor)
		return GO_ON;
	if (!t->ancestors.mark)
		t->ancestors.mark = t->ancestors.at.node;
	k = known_of(t, &t->ancestors, t->ancestors.at.node);
	return !k ? GO_ON : k->a ? MATCHES : FAILS;
}

static enum outcome recall_sibling(struct attempt *t)
{
	const struct css_memo_entry *k;

	if (++t->siblings.tries == FAR && !t->anchor) {
		t->siblings.mark = t->siblings.at.node;
		k = known_of(t, &t->siblings, t->siblings.mark->parent);
		t->siblings.known = k ? k->node : NULL;
		t->siblings.beyond = k && k->a;
	}
	if (t->siblings.at.node != t->siblings.known)
		return GO_ON;
	return t->siblings.beyond ? MATCHES : FAILS_SIBLINGS;
}

/* Moves s to the nearest ancestor that may have all the wanted names (tag, id,
 * classes). Returns false if there is none. */
static bool climb_to_candidate(struct attempt *t, struct spot *s,
			       uint64_t wanted)
{
	const struct css_document *d = t->q->d;

	for (;;) {
		xmlNode *up = css_parent(s->node);

		if (!up || up == t->limit || !css_spend(t->q->d, 1))
			return false;
		s->node = up;
		if (!s->depth)
			return true;
		s->depth--;
		if (!(wanted & ~d->levels[s->depth].own))
			return true;
	}
}

static uint64_t wanted_of(const struct attempt *t, size_t i)
{
	return t->wanted ? t->wanted[i] : 0;
}

/* Continues the search with the next ancestor that may match the compound. */
static enum outcome to_next_ancestor(struct attempt *t)
{
	if (!climb_to_candidate(t, &t->ancestors.at,
				wanted_of(t, t->ancestors.i)))
		return FAILS;
	t->i = t->ancestors.i;
	t->at = t->ancestors.at;
	return GO_ON;
}

static enum outcome to_ancestor(struct attempt *t)
{
	t->ancestors = (struct seek){.i = t->i + 1, .at = t->at};
	return to_next_ancestor(t);
}

static enum outcome to_parent(struct attempt *t)
{
	xmlNode *up = css_parent(t->at.node);

	if (!up || up == t->limit)
		return FAILS;
	t->at.node = up;
	t->i++;
	if (!t->at.depth)
		return GO_ON;
	t->at.depth--;
	return wanted_of(t, t->i) & ~t->q->d->levels[t->at.depth].own
		       ? FAILS_HERE : GO_ON;
}

static enum outcome to_previous(struct attempt *t)
{
	t->i++;
	t->at.node = css_previous(t->q->d, t->at.node);
	return t->at.node ? GO_ON : FAILS_SIBLINGS;
}

/* Continues the search with the next sibling to the left. */
static enum outcome to_next_sibling(struct attempt *t)
{
	t->at = t->siblings.at;
	t->at.node = css_previous(t->q->d, t->at.node);
	if (!t->at.node)
		return FAILS_SIBLINGS;
	t->i = t->siblings.i;
	t->siblings.at = t->at;
	return GO_ON;
}

static enum outcome to_siblings(struct attempt *t)
{
	t->siblings = (struct seek){.i = t->i + 1, .at = t->at};
	return to_next_sibling(t);
}

static bool is_related(struct attempt *t)
{
	struct css_document *d = t->q->d;
	const xmlNode *n = t->at.node;

	if (!t->anchor)
		return true;
	switch (t->x->compounds[t->i].combinator) {
	case CSS_DESCENDANT:
		while (n && n != t->anchor && css_spend(d, 1))
			n = css_parent(n);
		return n == t->anchor && t->at.node != n;
	case CSS_CHILD:
		return css_parent(n) == t->anchor;
	case CSS_NEXT:
		return css_previous(d, n) == t->anchor;
	case CSS_SUBSEQUENT:
		do
			n = css_previous(d, n);
		while (n && n != t->anchor && css_spend(d, 1));
		return n == t->anchor;
	}
	return false;
}

/* After a compound has matched: moves to the first candidate for the compound
 * on its left. */
static enum outcome go_left(struct attempt *t)
{
	if (t->i + 1 == t->x->count)
		return is_related(t) ? MATCHES : FAILS_HERE;
	switch (t->x->compounds[t->i].combinator) {
	case CSS_DESCENDANT:
		return to_ancestor(t);
	case CSS_CHILD:
		return to_parent(t);
	case CSS_NEXT:
		return to_previous(t);
	case CSS_SUBSEQUENT:
		return to_siblings(t);
	}
	return FAILS;
}

static enum outcome go_back(struct attempt *t, enum outcome why)
{
	if (t->siblings.i > t->ancestors.i) {
		if (why == FAILS_HERE)
			why = recall_sibling(t);
		if (why == GO_ON)
			why = to_next_sibling(t);
		if (why == GO_ON || why == MATCHES)
			return why;
		end_sibling_search(t, false);
	}
	if (why == FAILS || !t->ancestors.i)
		return FAILS;
	why = recall_ancestor(t);
	return why == GO_ON ? to_next_ancestor(t) : why;
}

static bool attempt(struct attempt *t, size_t first)
{
	for (;; first = 0) {
		enum outcome how = FAILS_HERE;

		if (matches_compound(t->q, &t->x->compounds[t->i], t->at.node,
				     first))
			how = go_left(t);
		if (t->q->d->work < 0)
			return false;
		if (how != GO_ON && how != MATCHES)
			how = go_back(t, how);
		if (how == GO_ON)
			continue;
		end_ancestor_search(t, how == MATCHES);
		end_sibling_search(t, how == MATCHES);
		return how == MATCHES;
	}
}

/* Matches a selector whose combinators are all ">" and "+". Only one element
 * can match each compound selector, so no backtracking is needed. */
static bool matches_direct(struct css_search *q, const struct css_complex *x,
			   xmlNode *n, size_t first)
{
	for (size_t i = 0; n; i++, first = 0) {
		const struct css_compound *c = &x->compounds[i];

		if (!matches_compound(q, c, n, first))
			return false;
		if (i + 1 == x->count)
			return q->d->work >= 0;
		n = c->combinator == CSS_CHILD ? css_parent(n)
					       : css_previous(q->d, n);
	}
	return false;
}

bool css_matches(struct css_search *q, const struct css_complex *x,
		 xmlNode *n, const struct css_path *path)
{
	const size_t first = path ? path->first : 0;

	if (x->count == 1 || (path && path->direct))
		return matches_direct(q, x, n, first);
	return attempt(&(struct attempt){
			       .q = q,
			       .x = x,
			       .wanted = path ? path->wanted : NULL,
			       .at = {n, path ? path->depth : 0},
		       }, first);
}

bool css_matches_relative(struct css_search *q, const struct css_complex *x,
			  xmlNode *n, const xmlNode *anchor)
{
	const enum css_combinator how =
		x->compounds[x->count - 1].combinator;
	struct attempt t = {
		.q = q,
		.x = x,
		.anchor = anchor,
		.limit = how == CSS_DESCENDANT || how == CSS_CHILD
				 ? anchor : anchor->parent,
		.at = {n, 0},
	};

	return attempt(&t, 0);
}

bool css_matches_any(struct css_search *q, const struct css_list *list,
		     xmlNode *n)
{
	for (size_t i = 0; i < list->count; i++)
		if (css_matches(q, &list->items[i], n, NULL))
			return true;
	return false;
}
