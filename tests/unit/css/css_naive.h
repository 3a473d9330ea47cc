/*
 * A naive matcher: it applies the definition of a selector to every element,
 * however long that takes. css_find() must find the same elements.
 */
#ifndef TESTS_CSS_NAIVE_H
#define TESTS_CSS_NAIVE_H

#include "tests/unit/css/css_naive_traits.h"

static bool naive_list(const struct naive *v, const struct css_list *list,
		       const xmlNode *n);

static bool naive_nth(const struct naive *v, const struct css_simple *s,
		      const xmlNode *n)
{
	long position = 0;

	if (s->list && !naive_list(v, s->list, n))
		return false;
	for (const xmlNode *m = n; m; m = s->from_end ? m->next : m->prev)
		if (m->type == XML_ELEMENT_NODE &&
		    (!s->of_type || naive_same_name(m, n)) &&
		    (!s->list || naive_list(v, s->list, m)))
			position++;
	for (long k = 0; k <= position + labs(s->b); k++)
		if (s->a * k + s->b == position)
			return true;
	return false;
}

static bool naive_complex(const struct naive *v, const struct css_complex *x,
			  size_t i, const xmlNode *n, const xmlNode *anchor);

static bool naive_has(const struct naive *v, const struct css_simple *s,
		      const xmlNode *anchor)
{
	for (size_t i = 0; i < s->list->count; i++)
		for (const xmlNode *n = naive_first(v); n;
		     n = naive_next(v, n))
			if (naive_complex(v, &s->list->items[i], 0, n, anchor))
				return true;
	return false;
}

static bool naive_simple(const struct naive *v, const struct css_simple *s,
			 const xmlNode *n)
{
	const bool in_namespace = s->ns == CSS_NS_ANY || (!v->html && !n->ns);
	const char *text;

	switch (s->kind) {
	case CSS_TYPE:
		return in_namespace &&
		       !strcmp((const char *)n->name,
			       naive_lower(v, n) ? s->lower.p : s->name.p);
	case CSS_UNIVERSAL:
		return in_namespace;
	case CSS_ID:
		text = naive_attr(n, "id");
		return text && naive_equal(text, s->name.p, v->quirks);
	case CSS_CLASS:
		text = naive_attr(n, "class");
		return text && naive_word(text, s->name.p, v->quirks);
	case CSS_ATTRIBUTE:
		return naive_attribute(v, s, n);
	case CSS_NOT:
		return !naive_list(v, s->list, n);
	case CSS_IS:
		return naive_list(v, s->list, n);
	case CSS_HAS:
		return naive_has(v, s, n);
	case CSS_NTH:
		return naive_nth(v, s, n);
	case CSS_EMPTY:
		return naive_empty(v, n);
	case CSS_ROOT:
		return n == naive_first(v);
	case CSS_SCOPE:
		return n == v->scope;
	case CSS_LANG:
		return naive_lang(v, s, n);
	case CSS_LINK:
		return (naive_is(v, n, "a") || naive_is(v, n, "area")) &&
		       naive_attr(n, "href");
	case CSS_CHECKED:
		return naive_checked(v, n);
	case CSS_DISABLED:
		return naive_control(v, n) && naive_disabled(v, n);
	case CSS_ENABLED:
		return naive_control(v, n) && !naive_disabled(v, n);
	}
	return false;
}

/* Returns true if the combinator relates left (an ancestor, a sibling, or the
 * anchor) to n. */
static bool naive_related(enum css_combinator how, const xmlNode *left,
			  const xmlNode *n)
{
	switch (how) {
	case CSS_DESCENDANT:
		return naive_is_inside(n, left);
	case CSS_CHILD:
		return naive_parent(n) == left;
	case CSS_NEXT:
		return naive_beside(n) == left;
	case CSS_SUBSEQUENT:
		while ((n = naive_beside(n)))
			if (n == left)
				return true;
	}
	return false;
}

static bool naive_complex(const struct naive *v, const struct css_complex *x,
			  size_t i, const xmlNode *n, const xmlNode *anchor)
{
	const struct css_compound *c = &x->compounds[i];

	for (size_t k = 0; k < c->count; k++)
		if (!naive_simple(v, &c->simples[k], n))
			return false;
	if (i + 1 == x->count)
		return !anchor || naive_related(c->combinator, anchor, n);
	for (const xmlNode *left = naive_first(v); left;
	     left = naive_next(v, left))
		if (naive_related(c->combinator, left, n) &&
		    naive_complex(v, x, i + 1, left, anchor))
			return true;
	return false;
}

static bool naive_list(const struct naive *v, const struct css_list *list,
		       const xmlNode *n)
{
	for (size_t i = 0; i < list->count; i++)
		if (naive_complex(v, &list->items[i], 0, n, NULL))
			return true;
	return false;
}

static bool naive_says_scope(const struct css_compound *c)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct css_simple *s = &c->simples[i];

		if (s->kind == CSS_SCOPE)
			return true;
		for (size_t k = 0; s->kind == CSS_IS && k < s->list->count;
		     k++)
			if (naive_says_scope(&s->list->items[k].compounds[0]))
				return true;
	}
	return false;
}

/* Returns true if the selector matches n by its definition, so that css_find()
 * must find n; scope may be NULL. */
static bool naive_finds(const struct naive *v, const struct css *css,
			const xmlNode *scope, const xmlNode *n)
{
	if (scope && n != scope && !naive_is_inside(n, scope))
		return false;
	for (size_t i = 0; i < css->list.count; i++) {
		const struct css_complex *x = &css->list.items[i];

		if (n == scope && !naive_says_scope(&x->compounds[0]))
			continue;
		if (naive_complex(v, x, 0, n, NULL))
			return true;
	}
	return false;
}

#endif
