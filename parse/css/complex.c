/*
 * A complex selector from right to left: compounds, and the combinators
 * between them.
 *
 * When a compound does not match, two places are enough to go back to: the next
 * ancestor that may take the part of the last one sought, or the next sibling.
 * If no sibling will do, no other sibling of the same element will, so only
 * ancestors are left to try; if no ancestor will do, nothing will. So the time
 * does not explode with the number of combinators, and nothing recurs.
 */
#include "parse/css/search.h"
#include "parse/css/traits.h"

/* So many siblings to the left, or ancestors up, it is worth remembering
 * whether there is a match beyond: otherwise a million siblings look at each
 * other, and a million children at all that is above them. */
enum { FAR = 16 };

struct spot {
	xmlNode *node;
	size_t depth;		/* ancestors whose names the walk knows */
};

/* A search for the element that takes a compound's part. */
struct seek {
	size_t i;		/* the compound; 0: there is no search */
	struct spot at;		/* tried last */
	size_t tries;
	xmlNode *mark;		/* what was tried when FAR had failed */
	/* beside: from this one on it is known whether there is a match. */
	const xmlNode *known;
	bool beyond;
};

struct attempt {
	struct css_search *q;
	const struct css_complex *x;
	const uint64_t *wanted;
	const xmlNode *anchor;	/* of a relative selector */
	const xmlNode *limit;	/* ancestors from this one up are no use */
	size_t i;		/* the compound in question */
	struct spot at;		/* and the element */
	/* Where to go back to. */
	struct seek above, beside;
};

enum outcome {
	GO_ON,
	MATCHES,
	FAILS_HERE,
	FAILS_SIBLINGS,		/* and so with all siblings */
	FAILS,			/* and so with all ancestors */
};

static bool matches_simple(struct css_search *q, const struct css_simple *s,
			   xmlNode *n)
{
	switch (s->kind) {
	case CSS_NOT:
		return !css_matches_any(q, s->list, n);
	case CSS_IS:
		return css_matches_any(q, s->list, n);
	case CSS_HAS:
		return css_has(q, s, n);
	case CSS_NTH:
		return css_is_at(q, s, n);
	case CSS_SCOPE:
		return n == q->scope;
	default:
		return css_has_trait(q->d, s, n);
	}
}

static bool matches_compound(struct css_search *q,
			     const struct css_compound *c, xmlNode *n)
{
	for (size_t i = 0; i < c->count; i++)
		if (!css_spend(q->d, 1) ||
		    !matches_simple(q, &c->simples[i], n))
			return false;
	return true;
}

static struct css_known *known_of(struct attempt *t, const struct seek *s,
				  const xmlNode *about)
{
	return css_memo_find(css_memo_for(t->q, t->x), t->q->set->id,
			     &t->x->compounds[s->i], about);
}

/* Keeps whether there is a match beyond the mark, or the mark is one: who comes
 * the same way looks at the mark itself first. */
static void remember(struct attempt *t, const struct seek *s,
		     const xmlNode *about, bool beyond)
{
	struct css_known *k =
		css_memo_add(css_memo_for(t->q, t->x), t->q->set->id,
			     &t->x->compounds[s->i], about);

	if (!k)
		return;
	k->node = s->mark;
	k->a = beyond;
}

/* Ancestors are shared by many, so each may have its mark. */
static void end_above(struct attempt *t, bool found)
{
	if (t->above.mark)
		remember(t, &t->above, t->above.mark, found);
}

/* Siblings come one by one: one mark among them will do, which follows. */
static void end_beside(struct attempt *t, bool found)
{
	if (t->beside.mark)
		remember(t, &t->beside, t->beside.mark->parent, found);
	t->beside.i = 0;
	t->beside.mark = NULL;
}

/* After another try has failed. */
static enum outcome recall_above(struct attempt *t)
{
	const struct css_known *k;

	if (++t->above.tries % FAR || t->anchor)
		return GO_ON;
	if (!t->above.mark)
		t->above.mark = t->above.at.node;
	k = known_of(t, &t->above, t->above.at.node);
	return !k ? GO_ON : k->a ? MATCHES : FAILS;
}

static enum outcome recall_beside(struct attempt *t)
{
	const struct css_known *k;

	if (++t->beside.tries == FAR && !t->anchor) {
		t->beside.mark = t->beside.at.node;
		k = known_of(t, &t->beside, t->beside.mark->parent);
		t->beside.known = k ? k->node : NULL;
		t->beside.beyond = k && k->a;
	}
	if (t->beside.at.node != t->beside.known)
		return GO_ON;
	return t->beside.beyond ? MATCHES : FAILS_SIBLINGS;
}

/* To the nearest ancestor that may have the compound's names. */
static bool climb(struct attempt *t, struct spot *s, uint64_t wanted)
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

/* The next one up that may take the part. */
static enum outcome to_next_ancestor(struct attempt *t)
{
	if (!climb(t, &t->above.at, wanted_of(t, t->above.i)))
		return FAILS;
	t->i = t->above.i;
	t->at = t->above.at;
	return GO_ON;
}

static enum outcome to_ancestor(struct attempt *t)
{
	t->above = (struct seek){.i = t->i + 1, .at = t->at};
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

/* The next one to the left. */
static enum outcome to_next_sibling(struct attempt *t)
{
	t->at = t->beside.at;
	t->at.node = css_previous(t->q->d, t->at.node);
	if (!t->at.node)
		return FAILS_SIBLINGS;
	t->i = t->beside.i;
	t->beside.at = t->at;
	return GO_ON;
}

static enum outcome to_siblings(struct attempt *t)
{
	t->beside = (struct seek){.i = t->i + 1, .at = t->at};
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

/* After the compound has matched: to where the one on its left may be. */
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
	if (t->beside.i > t->above.i) {
		if (why == FAILS_HERE)
			why = recall_beside(t);
		if (why == GO_ON)
			why = to_next_sibling(t);
		if (why == GO_ON || why == MATCHES)
			return why;
		end_beside(t, false);
	}
	if (why == FAILS || !t->above.i)
		return FAILS;
	why = recall_above(t);
	return why == GO_ON ? to_next_ancestor(t) : why;
}

static bool attempt(struct attempt *t)
{
	for (;;) {
		enum outcome how = FAILS_HERE;

		if (matches_compound(t->q, &t->x->compounds[t->i], t->at.node))
			how = go_left(t);
		if (t->q->d->work < 0)
			return false;
		if (how != GO_ON && how != MATCHES)
			how = go_back(t, how);
		if (how == GO_ON)
			continue;
		end_above(t, how == MATCHES);
		end_beside(t, how == MATCHES);
		return how == MATCHES;
	}
}

bool css_matches(struct css_search *q, const struct css_complex *x,
		 xmlNode *n, const struct css_path *path)
{
	struct attempt t = {
		.q = q,
		.x = x,
		.wanted = path ? path->wanted : NULL,
		.at = {n, path ? path->depth : 0},
	};

	if (x->count == 1)
		return matches_compound(q, &x->compounds[0], n);
	return attempt(&t);
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

	return attempt(&t);
}

bool css_matches_any(struct css_search *q, const struct css_list *list,
		     xmlNode *n)
{
	for (size_t i = 0; i < list->count; i++)
		if (css_matches(q, &list->items[i], n, NULL))
			return true;
	return false;
}
