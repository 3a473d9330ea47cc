/*
 * :has(), from its anchor on.
 *
 * What can be is found once: the next element in document order that matches
 * an item that is one compound, and the last sibling that does. Anything else
 * is kept by its anchor, if it was costly.
 */
#include "parse/css/positions.h"
#include "parse/css/search.h"

enum { COSTLY = 64 };	/* steps */

static bool is_single(struct css_search *q, const struct css_complex *x,
		      xmlNode *n)
{
	/* Its combinator is to the anchor, and of no concern here. */
	return css_matches(q, x, n, NULL);
}

/* The first match inside of the anchor, or NULL. Where the last search began is
 * known what comes of it: searches mostly go from the inside out. */
static xmlNode *first_inside(struct css_search *q, const struct css_complex *x,
			     xmlNode *anchor, const struct css_known *known)
{
	const uint32_t begun = known ? known->a : 0;
	xmlNode *match = known ? known->node : NULL;
	struct css_document *d = q->d;
	xmlNode *n = css_following(d, anchor, anchor);

	while (n && d->work >= 0 && !is_single(q, x, n)) {
		if (!begun || css_place_order(d, n)->order != begun)
			n = css_following(d, n, anchor);
		else if (match)
			return match;
		else
			n = css_behind(d, n, anchor);
	}
	return n;
}

/* :has(x). What is known is the first match behind the anchor of the last
 * search, or that there is none inside of it. */
static bool has_inside(struct css_search *q, const struct css_complex *x,
		       xmlNode *anchor)
{
	const struct css_place *place = css_place_order(q->d, anchor);
	const uint32_t from = place->order, end = place->end;
	struct css_memo *memo = css_memo_for(q, x);
	struct css_known *k = css_memo_find(memo, q->set->id, x, NULL);
	xmlNode *n;

	if (!from)
		return first_inside(q, x, anchor, NULL);
	if (k && k->a <= from && from < k->b)
		return k->b < end;
	n = first_inside(q, x, anchor, k);
	k = q->d->work < 0 ? NULL : css_memo_add(memo, q->set->id, x, NULL);
	if (k) {
		k->a = from;
		k->b = n ? css_place_order(q->d, n)->order : end;
		k->node = n;
	}
	return n;
}

/* :has(~ x). What is known is the last sibling that matches. */
static bool has_behind(struct css_search *q, const struct css_complex *x,
		       xmlNode *anchor)
{
	struct css_document *d = q->d;
	struct css_memo *memo = css_memo_for(q, x);
	const struct css_known *known =
		css_memo_find(memo, q->set->id, x, anchor->parent);
	struct css_known *k;
	uint32_t last = 0;
	xmlNode *n;

	if (known)
		return css_place_index(d, anchor)->index < known->a;
	n = css_last_child(d, anchor->parent);
	while (n && d->work >= 0 && !is_single(q, x, n))
		n = css_previous(d, n);
	if (n)
		last = css_place_index(d, n)->index;
	k = css_memo_add(memo, q->set->id, x, anchor->parent);
	if (k && d->work >= 0)
		k->a = last;
	return css_place_index(d, anchor)->index < last;
}

/* Whether a combinator inside of x goes down, or aside. */
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
	xmlNode *n = css_following(q->d, top, top);

	while (n && q->d->work >= 0 && !css_matches_relative(q, x, n, anchor))
		n = css_following(q->d, n, top);
	return n && q->d->work >= 0;
}

static bool has_child(struct css_search *q, const struct css_complex *x,
		      const xmlNode *anchor)
{
	xmlNode *n = NULL;

	if (!css_is_closed(q->d, anchor))
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

bool css_has(struct css_search *q, const struct css_simple *s, xmlNode *n)
{
	struct css_memo *memo = css_memo_for(q, s->list);
	struct css_known *k = css_memo_find(memo, q->set->id, s, n);
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
