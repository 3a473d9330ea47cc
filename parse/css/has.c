/*
 * Matches :has(), starting from its anchor.
 *
 * Two simple cases are computed once and cached: for a single compound, the
 * next element in document order that matches; for "~" with a single compound,
 * the last sibling that matches. Any other result is cached per anchor if it
 * was costly.
 */
#include "parse/css/positions.h"
#include "parse/css/search.h"

/* Minimum number of work steps of a :has() whose result is cached. */
enum { COSTLY = 64 };

static bool is_single(struct css_search *q, const struct css_complex *x,
		      xmlNode *n)
{
	/* Only the compound is tested here. The caller checks how its
	 * combinator relates it to the anchor. */
	return css_matches(q, x, n, NULL);
}

/* Returns the first match among the anchor's descendants, or NULL. The search
 * uses the cached result of the last search when it reaches that search's
 * anchor: anchors are mostly visited from the innermost outwards. */
static xmlNode *first_inside(struct css_search *q, const struct css_complex *x,
			     xmlNode *anchor,
			     const struct css_memo_entry *known)
{
	const uint32_t begun = known ? known->a : 0;
	xmlNode *match = known ? known->node : NULL;
	struct css_document *d = q->d;
	xmlNode *n = css_next_in_order(d, anchor, anchor);

	while (n && d->work >= 0 && !is_single(q, x, n)) {
		if (!begun || css_position_order(d, n)->order != begun)
			n = css_next_in_order(d, n, anchor);
		else if (match)
			return match;
		else
			n = css_next_after_subtree(d, n, anchor);
	}
	return n;
}

/* Matches :has(x). Caches the first match after the anchor, or that the
 * anchor's descendants contain none, for the next search. */
static bool has_inside(struct css_search *q, const struct css_complex *x,
		       xmlNode *anchor)
{
	const struct css_position *place = css_position_order(q->d, anchor);
	const uint32_t from = place->order, end = place->end;
	struct css_memo *memo = css_memo_for(q, x);
	struct css_memo_entry *k = css_memo_find(memo, q->set->id, x, NULL);
	xmlNode *n;

	if (!from)
		return first_inside(q, x, anchor, NULL);
	if (k && k->a <= from && from < k->b)
		return k->b < end;
	n = first_inside(q, x, anchor, k);
	k = q->d->work < 0 ? NULL : css_memo_add(memo, q->set->id, x, NULL);
	if (k) {
		k->a = from;
		k->b = n ? css_position_order(q->d, n)->order : end;
		k->node = n;
	}
	return n;
}

/* Matches :has(~ x). Caches the index of the last sibling that matches. */
static bool has_behind(struct css_search *q, const struct css_complex *x,
		       xmlNode *anchor)
{
	struct css_document *d = q->d;
	struct css_memo *memo = css_memo_for(q, x);
	const struct css_memo_entry *known =
		css_memo_find(memo, q->set->id, x, anchor->parent);
	struct css_memo_entry *k;
	uint32_t last = 0;
	xmlNode *n;

	if (known)
		return css_position_index(d, anchor)->index < known->a;
	n = css_last_child(d, anchor->parent);
	while (n && d->work >= 0 && !is_single(q, x, n))
		n = css_previous(d, n);
	if (n)
		last = css_position_index(d, n)->index;
	k = css_memo_add(memo, q->set->id, x, anchor->parent);
	if (k && d->work >= 0)
		k->a = last;
	return css_position_index(d, anchor)->index < last;
}

/* Returns true if a combinator within x leads to descendants or children
 * (down), or to siblings (!down). */
static bool has_step(const struct css_complex *x, bool down)
{
	for (size_t i = 0; i + 1 < x->count; i++) {
		const enum css_combinator how = x->compounds[i].combinator;

		if ((how == CSS_DESCENDANT || how == CSS_CHILD) == down)
			return true;
	}
	return false;
}

static bool has_in(struct css_search *q, const struct css_complex *x,
		   const xmlNode *top, const xmlNode *anchor)
{
	xmlNode *n = css_next_in_order(q->d, top, top);

	while (n && q->d->work >= 0 && !css_matches_relative(q, x, n, anchor))
		n = css_next_in_order(q->d, n, top);
	return n && q->d->work >= 0;
}

static bool has_child(struct css_search *q, const struct css_complex *x,
		      const xmlNode *anchor)
{
	xmlNode *n = NULL;

	if (!css_is_template(q->d, anchor))
		n = css_first_child(q->d, anchor);
	while (n && q->d->work >= 0 && !is_single(q, x, n))
		n = css_next(q->d, n);
	return n;
}

static bool has_after(struct css_search *q, const struct css_complex *x,
		      const xmlNode *anchor)
{
	const bool far = x->compounds[x->count - 1].combinator ==
				 CSS_SUBSEQUENT ||
			 has_step(x, false);
	const bool deep = has_step(x, true);
	xmlNode *n = css_next(q->d, anchor);

	for (; n && q->d->work >= 0; n = far ? css_next(q->d, n) : NULL)
		if (css_matches_relative(q, x, n, anchor) ||
		    (deep && has_in(q, x, n, anchor)))
			return true;
	return false;
}

static bool has_item(struct css_search *q, const struct css_complex *x,
		     xmlNode *anchor)
{
	const bool single = x->count == 1;

	switch (x->compounds[x->count - 1].combinator) {
	case CSS_DESCENDANT:
		return single ? has_inside(q, x, anchor)
			      : has_in(q, x, anchor, anchor);
	case CSS_CHILD:
		return single ? has_child(q, x, anchor)
			      : has_in(q, x, anchor, anchor);
	case CSS_NEXT:
		return has_after(q, x, anchor);
	case CSS_SUBSEQUENT:
		return single ? has_behind(q, x, anchor)
			      : has_after(q, x, anchor);
	}
	return false;
}

bool css_matches_has(struct css_search *q, const struct css_simple *s,
		     xmlNode *n)
{
	struct css_memo *memo = css_memo_for(q, s->list);
	struct css_memo_entry *k = css_memo_find(memo, q->set->id, s, n);
	const long before = q->d->work;
	bool has = false;

	if (k)
		return k->a;
	for (size_t i = 0; i < s->list->count && !has; i++)
		has = has_item(q, &s->list->items[i], n);
	if (q->d->work < 0 || before - q->d->work < COSTLY)
		return has;
	k = css_memo_add(memo, q->set->id, s, n);
	if (k)
		k->a = has;
	return has;
}
