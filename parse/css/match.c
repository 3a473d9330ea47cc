/* One walk over the document that evaluates all selectors of a set. */
#include "parse/css/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "parse/css/search.h"
#include "parse/html/html.h"

enum { FEW = 64, BYTES_A_STEP = 32 };

static void report_match(struct css_search *q, const struct css_subject *s,
			 xmlNode *n)
{
	q->last[s->which] = n;
	q->on_match(q->ctx, s->which, n);
	if (!s->all && !--q->open)
		q->done = true;
}

static bool is_wanted(const struct css_search *q, const struct css_subject *s,
		      const xmlNode *n)
{
	const xmlNode *last = q->last[s->which];

	return !(last && (!s->all || last == n)) &&
	       (!q->at_scope || s->is_scope);
}

/* Returns true if n matches the subject s. sure: n is known to have the name
 * that s requires. */
static bool matches_subject(struct css_search *q, const struct css_subject *s,
			    xmlNode *n, bool sure)
{
	const struct css_complex *x = s->complex;
	const struct css_path path = {
		.wanted = &q->set->wanted[s->names],
		.depth = q->depth,
		.first = sure && s->by_type,
		.direct = s->direct,
	};

	if (x->count == 1 && x->compounds[0].count == path.first)
		return true;
	return css_matches(q, x, n, &path);
}

/* Tries subject i and all subjects chained after it on element n. sure: n is
 * known to have the name that these subjects require; otherwise only the hash
 * of its name is known to match. */
static void try_subjects(struct css_search *q, uint32_t i, xmlNode *n,
			 bool sure)
{
	while (i != CSS_NO_SUBJECT && !q->done) {
		const struct css_subject *s = &q->set->subjects[i];

		i = s->next;
		if (s->above & ~q->above || !is_wanted(q, s, n))
			continue;
		if (matches_subject(q, s, n, sure) && q->d->work >= 0)
			report_match(q, s, n);
		q->done = q->done || q->d->work < 0;
	}
}

/* Tries the subjects that require this name. Returns the name's bit, or 0 if
 * name is NULL. */
static inline uint64_t try_found(struct css_search *q,
				 const struct css_name *name, xmlNode *n,
				 bool sure)
{
	if (!name)
		return 0;
	if (!q->only_names && name->subject != CSS_NO_SUBJECT)
		try_subjects(q, name->subject, n, sure);
	return name->bit;
}

/* Tries the subjects that require the name with this hash, which n has. Returns
 * the name's bit, or 0. */
static inline uint64_t try_name(struct css_search *q, uint32_t hash,
				xmlNode *n)
{
	return try_found(q, css_set_name(q->set, css_hash_end(hash)), n, false);
}

static inline uint32_t hash_of(enum css_seed seed, const char *p)
{
	uint32_t hash = seed;

	for (; *p; p++)
		hash = css_hash_add(hash, *p);
	return hash;
}

static inline bool is_space(char c)
{
	return (unsigned char)c <= ' ' && ascii_is_space(c);
}

static uint64_t try_classes(struct css_search *q, const char *p, xmlNode *n)
{
	const uint8_t *begins = q->set->begins;
	const char *start = p;
	uint64_t names = 0;

	for (;;) {
		uint32_t hash = CSS_SEED_CLASS;
		bool asked;

		while (is_space(*p))
			p++;
		if (!*p)
			break;
		asked = begins[css_begin(*p)] & CSS_BEGINS_CLASS;
		do
			if (asked)
				hash = css_hash_add(hash, *p);
		while (*++p && !is_space(*p));
		if (asked)
			names |= try_name(q, hash, n);
	}
	css_spend(q->d, (size_t)(p - start) / BYTES_A_STEP);
	return names;
}

/* Returns true if name is "class". Written out because the function runs for
 * every attribute, where a call of strcmp() would be slower. */
static inline bool is_class(const char *name)
{
	return name[0] == 'c' && name[1] == 'l' && name[2] == 'a' &&
	       name[3] == 's' && name[4] == 's' && !name[5];
}

static uint64_t try_attributes(struct css_search *q, xmlNode *n)
{
	uint64_t names = 0;

	for (const xmlAttr *a = n->properties; a; a = a->next) {
		const char *name = (const char *)a->name;

		if (name[0] == 'c' && q->set->classes && is_class(name) &&
		    !a->ns)
			names |= try_classes(q, css_attr_value(q->d, a), n);
		else if (name[0] == 'i' && q->set->ids && name[1] == 'd' &&
			 !name[2] && !a->ns)
			names |= try_name(q, hash_of(CSS_SEED_ID,
					      css_attr_value(q->d, a)), n);
	}
	return names;
}

static const struct css_name *find_type(const struct css_search *q,
					const xmlNode *n)
{
	const char *name = (const char *)n->name;

	if (!(q->set->begins[css_begin(*name)] & CSS_BEGINS_TYPE))
		return NULL;
	return css_set_name(q->set,
			    css_hash_end(hash_of(CSS_SEED_TYPE, name)));
}

static __attribute__((noinline)) void know_name(
	const struct css_search *q, struct css_known_name *known,
	const xmlNode *n)
{
	const struct css_name *name = find_type(q, n);

	known->psvi = n->psvi;
	known->name = name;
	known->sure = name && name->type && html_space(n) == HTML_SPACE &&
		      !strcmp(name->type->p, (const char *)n->name);
}

/* Tries the subjects that require n's tag. In a document of the HTML parser,
 * elements with the same name have the same psvi. */
static inline uint64_t try_type(struct css_search *q, xmlNode *n)
{
	struct css_known_name *known =
		&q->known[(uintptr_t)n->psvi / 64 % CSS_KNOWN_NAMES];

	if (!q->d->html || !n->psvi)
		return try_found(q, find_type(q, n), n, false);
	if (known->psvi != n->psvi)
		know_name(q, known, n);
	return try_found(q, known->name, n, known->sure);
}

/* Tries all subjects that n may match. Returns the set of n's names, as
 * bits. */
static uint64_t visit(struct css_search *q, xmlNode *n)
{
	uint64_t names;

	q->d->work--;
	names = try_type(q, n);
	if (n->properties)
		names |= try_attributes(q, n);
	if (!q->only_names && q->set->any != CSS_NO_SUBJECT)
		try_subjects(q, q->set->any, n, false);
	return names;
}

/* Pushes the names of an element onto the stack before the walk descends into
 * the element. */
static void push_level(struct css_search *q, uint64_t own)
{
	struct css_document *d = q->d;

	if (q->depth == d->levels_cap) {
		d->levels_cap = q->depth ? q->depth * 2 : 64;
		d->levels = xrealloc(d->levels, d->levels_cap *
							sizeof(*d->levels));
	}
	q->above |= own;
	d->levels[q->depth++] = (struct css_level){own, q->above};
}

static void pop_level(struct css_search *q)
{
	q->depth--;
	q->above = q->depth ? q->d->levels[q->depth - 1].all : 0;
}

/* Visits all descendants of top. */
static void walk_descendants(struct css_search *q, const xmlNode *top)
{
	xmlNode *n = top->children;

	while (n) {
		if (css_is_element(n)) {
			const uint64_t own = visit(q, n);

			if (q->done || q->d->work < 0)
				return;
			if (n->children && !css_is_template(q->d, n)) {
				push_level(q, own);
				n = n->children;
				continue;
			}
		}
		while (!n->next) {
			n = n->parent;
			if (n == top)
				return;
			pop_level(q);
		}
		n = n->next;
	}
}

/* Returns the names of all ancestors of the scope. The result is cached for one
 * parent, because successive scopes mostly share their parent. */
static uint64_t names_above(struct css_search *q, const xmlNode *scope)
{
	struct css_ancestor_names *known = &q->d->above;
	uint64_t names = 0;

	if (!q->set->bits_count)
		return 0;
	if (known->parent == scope->parent && known->set == q->set->id)
		return known->names;
	q->only_names = true;
	for (xmlNode *n = css_parent(scope); n; n = css_parent(n))
		names |= visit(q, n);
	q->only_names = false;
	*known = (struct css_ancestor_names){q->set->id, scope->parent, names};
	return names;
}

static void walk_scope(struct css_search *q, xmlNode *scope)
{
	uint64_t own;

	q->above = names_above(q, scope);
	q->at_scope = true;
	q->only_names = !q->set->scoped.count;
	own = visit(q, scope);
	q->at_scope = q->only_names = false;
	if (q->done || css_is_template(q->d, scope))
		return;
	push_level(q, own);
	walk_descendants(q, scope);
}

static void search(struct css_search *q, xmlNode *scope)
{
	q->d->walking = true;
	if (scope)
		walk_scope(q, scope);
	else
		walk_descendants(q, (const xmlNode *)q->d->doc);
	q->d->walking = false;
	css_memo_release(&q->own);
}

/* Runs a search that another search's on_match started. Saves the outer
 * search's buffers and restores them in the end. */
static void search_inside(struct css_search *q, xmlNode *scope)
{
	struct css_document *d = q->d;
	struct css_level *levels = d->levels;
	const size_t levels_cap = d->levels_cap;
	struct buf value = buf_take(&d->value);

	d->levels = NULL;
	d->levels_cap = 0;
	search(q, scope);
	d->walking = true;
	free(d->levels);
	d->levels = levels;
	d->levels_cap = levels_cap;
	buf_release(&d->value);
	d->value = value;
}

const char *css_find(struct css_document *d, const struct css_set *set,
		     xmlNode *scope,
		     void (*on_match)(void *ctx, size_t which, xmlNode *node),
		     void *ctx)
{
	xmlNode *few[FEW] = {NULL}, **many = NULL;
	struct css_search q = {
		.d = d,
		.set = set,
		.scope = scope ? scope : css_root(d),
		.last = few,
		.on_match = on_match,
		.ctx = ctx,
		.open = set->firsts == set->selectors ? set->firsts
						      : UINT32_MAX,
	};

	if (set->selectors > FEW)
		q.last = many = xcalloc(set->selectors, sizeof(*many));
	if (set->selectors && d->work >= 0)
		(d->walking ? search_inside : search)(&q, scope);
	free(many);
	return d->work < 0 ? "selectors that need too much work on this "
			     "document" : NULL;
}
