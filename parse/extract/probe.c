/* A worker's state of each field: compiled expressions, matches, and the fields
 * of nested objects. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/json/compact.h"
#include "base/mem.h"
#include "base/memory_budget.h"
#include "parse/extract/internal.h"

/* Arrays of matches with more entries than this are freed after the page. */
enum { KEEP_NODES = 1 << 12 };

void nodes_add(struct nodes *nodes, xmlNode *node)
{
	if (memory_limit_reached())
		return;
	if (nodes->count == nodes->cap) {
		const size_t bytes = nodes->cap * sizeof(*nodes->list);

		nodes->cap = nodes->cap ? nodes->cap * 2 : 16;
		nodes->list = memory_resize(nodes->list, bytes, nodes->cap *
					    sizeof(*nodes->list));
	}
	nodes->list[nodes->count++] = node;
}

void nodes_release(struct nodes *nodes)
{
	memory_resize(nodes->list, nodes->cap * sizeof(*nodes->list), 0);
	*nodes = (struct nodes){0};
}

void nodes_clear(struct nodes *nodes)
{
	nodes->count = 0;
	if (nodes->cap > KEEP_NODES)
		nodes_release(nodes);
}

static struct slice make_key(const char *name)
{
	struct buf key = {0};
	size_t len;

	json_add_string(&key, name, strlen(name));
	buf_addch(&key, ':');
	len = key.len;
	return (struct slice){buf_detach(&key), len};
}

static char *lower_copy(const char *s)
{
	char *copy = xstrdup(s);

	for (char *p = copy; *p; p++)
		*p = ascii_lower(*p);
	return copy;
}

struct jq *extractor_new_jq(struct extractor *e, const char *filter)
{
	struct jq *jq = jq_new(filter, strlen(filter));

	e->jqs[e->jqs_count++] = jq;
	return jq;
}

/* Compiles the field's query, which compiled before, when the schema was
 * made. */
static void compile_query(struct probe *p, struct extractor *e)
{
	const char *query = p->field->query;
	struct buf why = {0};
	size_t at;

	switch (p->field->kind) {
	case FIELD_CSS:
		p->take = css_take(p->field->css, &p->attr);
		if (p->attr)
			p->lower_attr = lower_copy(p->attr);
		break;
	case FIELD_XPATH:
		p->xpath = xpath_compile(query, strlen(query), &why, &at);
		assert(p->xpath);
		break;
	case FIELD_JQ:
		p->jq = extractor_new_jq(e, query);
		break;
	case FIELD_META:
		break;
	}
	buf_release(&why);
}

static void probe_init(struct probe *p, struct extractor *e,
		       const struct field *field)
{
	p->field = field;
	p->key = make_key(field->name);
	compile_query(p, e);
	if (!field->inside)
		return;
	p->inside = xcalloc(1, sizeof(*p->inside));
	lookup_init(p->inside, e, field->inside);
}

static void probe_release(struct probe *p)
{
	free((char *)p->key.p);
	free(p->lower_attr);
	nodes_release(&p->matches);
	buf_release(&p->meta_values);
	if (p->xpath)
		xpath_free(p->xpath);
	if (p->jq)
		jq_close(p->jq);
	if (p->inside)
		lookup_release(p->inside);
	free(p->inside);
}

/* Makes the plan for the jq fields, if there are any. */
static void plan_fields(struct lookup *l)
{
	struct jq **filters = xcalloc(l->fields->count + 1,
				      sizeof(struct jq *));
	size_t count = 0;

	for (size_t i = 0; i < l->fields->count; i++)
		if (l->probes[i].jq)
			filters[count++] = l->probes[i].jq;
	if (count)
		l->plan = jq_plan_new(filters, count);
	free(filters);
}

void lookup_init(struct lookup *l, struct extractor *e,
		 const struct fields *fields)
{
	l->fields = fields;
	l->extractor = e;
	l->probes = xcalloc(fields->count, sizeof(*l->probes));
	l->css = xcalloc(fields->count, sizeof(struct probe *));
	for (size_t i = 0; i < fields->count; i++) {
		probe_init(&l->probes[i], e, &fields->list[i]);
		if (fields->list[i].kind == FIELD_CSS)
			l->css[l->css_count++] = &l->probes[i];
	}
	plan_fields(l);
}

void lookup_clear(struct lookup *l)
{
	for (size_t i = 0; i < l->fields->count; i++) {
		nodes_clear(&l->probes[i].matches);
		buf_release(&l->probes[i].meta_values);
		l->probes[i].has_meta_values = false;
		if (l->probes[i].inside)
			lookup_clear(l->probes[i].inside);
	}
}

void lookup_release(struct lookup *l)
{
	for (size_t i = 0; i < l->fields->count; i++)
		probe_release(&l->probes[i]);
	jq_plan_free(l->plan);
	free(l->probes);
	free(l->css);
}
