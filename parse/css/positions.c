/* Computes positions of elements: for all siblings at once, or for all elements
 * of a document. */
#include "parse/css/positions.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/memory_budget.h"

/* The siblings of one type (tag name). */
struct type {
	const xmlNode *first;
	uint32_t count;
};

static xmlNode *first_sibling(struct css_document *d, const xmlNode *n)
{
	return css_first_child(d, n->parent);
}

static void number_siblings(struct css_document *d, const xmlNode *n)
{
	xmlNode *first = first_sibling(d, n);
	uint32_t count = 0;

	for (xmlNode *s = first; s && d->work >= 0; s = css_next(d, s))
		css_position(d, s)->index = ++count;
	for (xmlNode *s = first; s && d->work >= 0; s = css_next(d, s)) {
		struct css_position *place = s->_private;

		place->from_end = count - place->index + 1;
	}
}

/* Returns true if the texts are equal, or both NULL. */
static bool is_same_text(const xmlChar *a, const xmlChar *b)
{
	return a == b || (a && b && !strcmp((const char *)a, (const char *)b));
}

static bool is_same_type(const xmlNode *a, const xmlNode *b)
{
	if (a->psvi || b->psvi)
		return a->psvi == b->psvi;
	if (strcmp((const char *)a->name, (const char *)b->name))
		return false;
	if (a->ns == b->ns)
		return true;
	return a->ns && b->ns && is_same_text(a->ns->href, b->ns->href);
}

/* Returns the entry of the element's type. Searching a hash chain is charged to
 * the work budget, so the time is limited even if the names were chosen to
 * collide. */
static struct type *find_type(struct css_document *d, struct type *types,
			      size_t mask, const xmlNode *n)
{
	size_t i = 0;

	for (const xmlChar *p = n->name; *p; p++)
		i = (i ^ *p) * 0x9e3779b97f4a7c15;
	for (i >>= 32;; i++) {
		struct type *type = &types[i & mask];

		if (!type->first)
			type->first = n;
		if (is_same_type(type->first, n) || !css_spend(d, 1))
			return type;
	}
}

static void number_types(struct css_document *d, const xmlNode *n)
{
	const uint32_t count = css_position_index(d, (xmlNode *)n)->from_end +
			       ((struct css_position *)n->_private)->index;
	xmlNode *first = first_sibling(d, n);
	struct type *types;
	size_t cap = 4;

	while (cap < (size_t)count * 2)
		cap *= 2;
	(void)memory_charge(cap * sizeof(*types));
	types = xcalloc(cap, sizeof(*types));
	for (xmlNode *s = first; s && d->work >= 0; s = css_next(d, s))
		css_position(d, s)->type_index =
			++find_type(d, types, cap - 1, s)->count;
	for (xmlNode *s = first; s && d->work >= 0; s = css_next(d, s)) {
		struct css_position *place = s->_private;

		place->type_from_end =
			find_type(d, types, cap - 1, s)->count -
			place->type_index + 1;
	}
	memory_uncharge(cap * sizeof(*types));
	free(types);
}

/* Numbers all elements except those inside templates. */
static void number_all(struct css_document *d)
{
	const xmlNode *top = (const xmlNode *)d->doc;
	xmlNode *n = d->doc->children;
	uint32_t order = 0;

	while (n && d->work >= 0) {
		if (css_is_element(n)) {
			css_position(d, n)->order = ++order;
			if (n->children && !css_is_template(d, n)) {
				n = n->children;
				continue;
			}
			css_position(d, n)->end = order + 1;
		}
		while (!n->next) {
			n = n->parent;
			if (n == top)
				return;
			css_position(d, n)->end = order + 1;
		}
		n = n->next;
	}
}

const struct css_position *css_position_index(struct css_document *d,
					      xmlNode *n)
{
	struct css_position *place = css_position(d, n);

	if (!place->index)
		number_siblings(d, n);
	return place;
}

const struct css_position *css_position_type(struct css_document *d, xmlNode *n)
{
	struct css_position *place = css_position(d, n);

	if (!place->type_index)
		number_types(d, n);
	return place;
}

const struct css_position *css_position_order(struct css_document *d,
					      xmlNode *n)
{
	if (!d->ordered) {
		number_all(d);
		d->ordered = true;
	}
	return css_position(d, n);
}

bool css_is_nth(long a, long b, uint32_t index)
{
	const __int128 more = (__int128)index - b;

	if (!a)
		return more == 0;
	return more % a == 0 && more / a >= 0;
}
