/* Matches :nth-child() and its variants, also those with "of", which count only
 * the siblings that match a list of selectors. */
#include "parse/css/positions.h"
#include "parse/css/search.h"

/* Highest index for which the siblings are counted anew for each element, which
 * is faster than numbering all siblings, and needs no memory. */
enum { MAX_COUNTED = 4 };

/* Numbers those siblings of n that match the list, from the first and from the
 * last. */
static void number_matches(struct css_search *q, const struct css_simple *s,
			   const xmlNode *n)
{
	struct css_memo *memo = css_memo_for(q, s->list);
	struct css_document *d = q->d;
	uint32_t count = 0;

	for (xmlNode *m = css_first_child(d, n->parent); m && d->work >= 0;
	     m = css_next(d, m)) {
		struct css_memo_entry *k;

		if (!css_matches_any(q, s->list, m))
			continue;
		k = css_memo_add(memo, q->set->id, s, m);
		if (!k) {
			d->work = -1;
			return;
		}
		k->a = ++count;
	}
	for (xmlNode *m = css_first_child(d, n->parent); m && d->work >= 0;
	     m = css_next(d, m)) {
		struct css_memo_entry *k = css_memo_find(memo, q->set->id, s,
							 m);

		if (k)
			k->b = count - k->a + 1;
	}
}

static bool is_at_of(struct css_search *q, const struct css_simple *s,
		     const xmlNode *n)
{
	/* Key of the entry that exists if the children of a parent are
	 * numbered. */
	const void *done = s->list;
	struct css_memo *memo = css_memo_for(q, s->list);
	const struct css_memo_entry *k;

	if (!css_memo_find(memo, q->set->id, done, n->parent)) {
		number_matches(q, s, n);
		if (q->d->work < 0)
			return false;
		if (!css_memo_add(memo, q->set->id, done, n->parent)) {
			q->d->work = -1;
			return false;
		}
	}
	k = css_memo_find(memo, q->set->id, s, n);
	return k && css_is_nth(s->a, s->b, s->from_end ? k->b : k->a);
}

/* Returns true if n has this index among its siblings, counted from 1.
 * from_end: counted from the last one. */
static bool has_index(struct css_document *d, const xmlNode *n, long index,
		      bool from_end)
{
	while (n && index--)
		n = from_end ? css_next(d, n) : css_previous(d, n);
	return !n && !index;
}

bool css_matches_nth(struct css_search *q, const struct css_simple *s,
		     xmlNode *n)
{
	const struct css_position *place;

	if (s->list)
		return is_at_of(q, s, n);
	if (s->of_type) {
		place = css_position_type(q->d, n);
		return css_is_nth(s->a, s->b, s->from_end
						      ? place->type_from_end
						      : place->type_index);
	}
	if (!s->a && s->b > 0 && s->b <= MAX_COUNTED)
		return has_index(q->d, n, s->b, s->from_end);
	place = css_position_index(q->d, n);
	return css_is_nth(s->a, s->b,
			  s->from_end ? place->from_end : place->index);
}
