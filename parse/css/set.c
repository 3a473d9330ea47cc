/* Builds a set of selectors: finds the name that each selector requires, and
 * which selectors depend on :scope. */
#include "parse/css/set.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static uint32_t hash_of(enum css_seed seed, const struct css_text *text)
{
	uint32_t h = seed;

	for (size_t i = 0; i < text->len; i++)
		h = css_hash_add(h, text->p[i]);
	return css_hash_end(h);
}

/* Doubles the table of names. At most a quarter of it is used, so that looking
 * up a name that no selector requires, the usual case, ends quickly. */
static void grow_table(struct css_set *set)
{
	const struct css_set old = *set;
	const uint32_t cap = old.table ? (old.mask + 1) * 4 : 64;

	set->mask = cap - 1;
	set->table = xcalloc(cap, sizeof(*set->table));
	for (uint32_t i = 0; old.table && i <= old.mask; i++) {
		uint32_t at = old.table[i].hash >> 1;

		if (!old.table[i].hash)
			continue;
		while (set->table[at & set->mask].hash)
			at++;
		set->table[at & set->mask] = old.table[i];
	}
	free(old.table);
}

static struct css_name *add_name(struct css_set *set, uint32_t hash)
{
	uint32_t at = hash >> 1;
	struct css_name *name = (struct css_name *)css_set_name(set, hash);

	if (name)
		return name;
	if (set->names_count++ >= set->mask / 4)
		grow_table(set);
	while (set->table[at & set->mask].hash)
		at++;
	name = &set->table[at & set->mask];
	name->hash = hash;
	name->subject = CSS_NO_SUBJECT;
	return name;
}

static struct css_name *add_type(struct css_set *set,
				 const struct css_simple *s)
{
	const uint32_t names = set->names_count;
	struct css_name *name = add_name(set,
					 hash_of(CSS_SEED_TYPE, &s->name));

	set->begins[css_begin(*s->name.p)] |= CSS_BEGINS_TYPE;
	if (set->names_count > names)
		name->type = &s->lower;
	else if (name->type && strcmp(name->type->p, s->lower.p))
		name->type = NULL;
	return name;
}

/* Returns the table's entry for the name (tag, id or class) that a simple
 * selector requires, adding it if necessary; NULL if the selector requires no
 * name. */
static struct css_name *name_of(struct css_set *set,
				const struct css_simple *s)
{
	switch (s->kind) {
	case CSS_TYPE:
		return add_type(set, s);
	case CSS_ID:
		set->ids = true;
		return add_name(set, hash_of(CSS_SEED_ID, &s->name));
	case CSS_CLASS:
		set->classes = true;
		set->begins[css_begin(*s->name.p)] |= CSS_BEGINS_CLASS;
		return add_name(set, hash_of(CSS_SEED_CLASS, &s->name));
	default:
		return NULL;
	}
}

/* Returns the set of names that an element must have to match the compound. */
static uint64_t names_of(struct css_set *set, const struct css_compound *c)
{
	uint64_t names = 0;

	for (size_t i = 0; i < c->count; i++) {
		struct css_name *name = name_of(set, &c->simples[i]);

		if (name && !name->bit)
			name->bit = (uint64_t)1 << set->bits_count++ % 64;
		names |= name ? name->bit : 0;
	}
	return names;
}

/* Returns true if the compound contains :scope, also within :is(), so that it
 * may match the scope. Recursion is limited by CSS_MAX_DEPTH. */
static bool says_scope(const struct css_compound *c)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct css_simple *s = &c->simples[i];

		if (s->kind == CSS_SCOPE)
			return true;
		for (size_t k = 0; s->kind == CSS_IS && k < s->list->count;
		     k++)
			if (says_scope(&s->list->items[k].compounds[0]))
				return true;
	}
	return false;
}

static bool mark_list(struct css_set *set, const struct css_list *list);

static bool mark_complex(struct css_set *set, const struct css_complex *x)
{
	bool scoped = false;

	for (size_t i = 0; i < x->count; i++) {
		const struct css_compound *c = &x->compounds[i];

		for (size_t k = 0; k < c->count; k++) {
			const struct css_simple *s = &c->simples[k];

			if (s->kind == CSS_SCOPE ||
			    (s->list && mark_list(set, s->list)))
				scoped = true;
		}
	}
	if (scoped)
		css_memo_add(&set->scoped, 0, x, NULL);
	return scoped;
}

/* Records in set->scoped all parts of the list that contain :scope. Returns
 * true if there are any. */
static bool mark_list(struct css_set *set, const struct css_list *list)
{
	bool scoped = false;

	for (size_t i = 0; i < list->count; i++)
		if (mark_complex(set, &list->items[i]))
			scoped = true;
	if (scoped)
		css_memo_add(&set->scoped, 0, list, NULL);
	return scoped;
}

/* Records, for each compound left of the subject, the names that the compound
 * requires. */
static void add_wanted(struct css_set *set, struct css_subject *subject)
{
	const struct css_complex *x = subject->complex;

	subject->names = set->wanted_count;
	set->wanted = xgrow(set->wanted, set->wanted_count, x->count,
			    sizeof(*set->wanted));
	set->wanted_count += (uint32_t)x->count;
	set->wanted[subject->names] = 0;
	for (size_t i = 1; i < x->count; i++) {
		const enum css_combinator how = x->compounds[i - 1].combinator;
		const uint64_t names = names_of(set, &x->compounds[i]);

		set->wanted[subject->names + i] = names;
		if (how == CSS_DESCENDANT || how == CSS_CHILD)
			subject->above |= names;
	}
}

static uint32_t *chain_of(struct css_set *set, const struct css_simple *s)
{
	struct css_name *name = s ? name_of(set, s) : NULL;

	return name ? &name->subject : &set->any;
}

/* Adds the subject to the chain of subjects that require s's name. With s NULL,
 * adds it to the chain of subjects that are tried on every element. */
static void add_subject(struct css_set *set, struct css_subject subject,
			const struct css_simple *s)
{
	uint32_t *first = chain_of(set, s);

	subject.by_type = s && s->kind == CSS_TYPE && s->ns == CSS_NS_ANY &&
			  s == subject.complex->compounds[0].simples;
	subject.next = *first;
	*first = set->subjects_count;
	set->subjects = xgrow(set->subjects, set->subjects_count, 1,
			      sizeof(subject));
	set->subjects[set->subjects_count++] = subject;
}

/* Returns the simple selector whose name is likely the rarest; NULL if none
 * requires a name. */
static const struct css_simple *find_rarest_name(const struct css_compound *c)
{
	const struct css_simple *best = NULL;

	for (size_t i = 0; i < c->count; i++) {
		const struct css_simple *s = &c->simples[i];

		if (s->kind == CSS_ID)
			return s;
		if (s->kind == CSS_CLASS && (!best || best->kind == CSS_TYPE))
			best = s;
		if (s->kind == CSS_TYPE && !best)
			best = s;
	}
	return best;
}

/* Returns the list of the first :is() in the compound whose selectors all
 * require a name, or NULL. */
static const struct css_list *find_named_is(const struct css_compound *c)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct css_list *list = c->simples[i].list;
		size_t named = 0;

		if (c->simples[i].kind != CSS_IS)
			continue;
		while (named < list->count &&
		       find_rarest_name(&list->items[named].compounds[0]))
			named++;
		if (named == list->count)
			return list;
	}
	return NULL;
}

static bool is_direct(const struct css_complex *x)
{
	for (size_t i = 0; i + 1 < x->count; i++)
		if (x->compounds[i].combinator != CSS_CHILD &&
		    x->compounds[i].combinator != CSS_NEXT)
			return false;
	return true;
}

static void add_complex(struct css_set *set, const struct css_complex *x,
			bool all)
{
	const struct css_compound *c = &x->compounds[0];
	struct css_subject subject = {
		.complex = x,
		.which = set->selectors,
		.all = all,
		.is_scope = says_scope(c),
		.direct = is_direct(x),
	};
	const struct css_list *list;

	add_wanted(set, &subject);
	list = find_rarest_name(c) ? NULL : find_named_is(c);
	if (!list) {
		add_subject(set, subject, find_rarest_name(c));
		return;
	}
	for (size_t i = 0; i < list->count; i++)
		add_subject(set, subject,
			    find_rarest_name(&list->items[i].compounds[0]));
}

struct css_set *css_set_new(void)
{
	static atomic_uint last;
	struct css_set *set = xcalloc(1, sizeof(*set));

	set->id = atomic_fetch_add(&last, 1) + 1;
	set->any = CSS_NO_SUBJECT;
	grow_table(set);
	return set;
}

void css_set_free(struct css_set *set)
{
	if (!set)
		return;
	css_memo_release(&set->scoped);
	free(set->subjects);
	free(set->wanted);
	free(set->table);
	free(set);
}

void css_set_add(struct css_set *set, const struct css *css, bool all)
{
	for (size_t i = 0; i < css->list.count; i++)
		add_complex(set, &css->list.items[i], all);
	mark_list(set, &css->list);
	set->firsts += !all;
	set->selectors++;
}
