#include <stdlib.h>
#include <string.h>

#include "parse/extractor_parts.h"
#include "parse/json.h"

static struct buf *data_of(struct extractor *e)
{
	return &e->out->data;
}

/* Whether nothing more is to be looked for. */
static bool is_over(const struct extractor *e)
{
	return e->spent ||
	       atomic_load_explicit(&e->stopped, memory_order_relaxed);
}

/* Keeps what went wrong first. field may be NULL. */
static void fail(struct extractor *e, const struct field *field,
		 const char *why)
{
	static const char *const kinds[] = {
		[FIELD_CSS] = "CSS", [FIELD_XPATH] = "XPath",
		[FIELD_JQ] = "jq",
	};

	if (e->why.len)
		return;
	if (field)
		buf_addf(&e->why, "%s field \"%s\": ", kinds[field->kind],
			 field->name);
	buf_addstr(&e->why, why);
}

/* --- Paths of what is missing --- */

static void add_place(struct buf *path, const struct place *place)
{
	if (!place)
		return;
	add_place(path, place->up);
	if (place->name)
		buf_addstr(path, place->name);
	if (place->has_index)
		buf_addf(path, "[%zu]", place->index);
	buf_addch(path, '.');
}

static void add_missing(struct extractor *e, const struct field *field,
			const struct place *place)
{
	struct buf *missing = &e->out->missing;

	buf_clear(&e->text);
	add_place(&e->text, place);
	buf_addstr(&e->text, field->name);
	if (missing->len)
		buf_addch(missing, ',');
	json_add_string(missing, e->text.data, e->text.len);
}

/* --- Looking for selectors --- */

static void on_match(void *ctx, size_t which, xmlNode *node)
{
	const struct lookup *l = ctx;

	nodes_add(&l->css[which]->matches, node);
}

static struct css_document *css_document_of(struct extractor *e)
{
	if (!e->css_document)
		e->css_document = css_document_new(e->doc, e->html);
	return e->css_document;
}

/* Looks for all selectors of the fields at once. */
static void find_all(struct lookup *l, xmlNode *scope)
{
	struct extractor *e = l->extractor;
	const char *why;

	if (!l->css_count || !e->doc || is_over(e))
		return;
	for (size_t i = 0; i < l->css_count; i++)
		l->css[i]->matches.count = 0;
	why = css_find(css_document_of(e), l->fields->set, scope, on_match, l);
	for (size_t i = 0; i < l->css_count; i++)
		l->css[i]->failed = why != NULL;
	if (why)
		fail(e, l->css_count == 1 ? l->css[0]->field : NULL, why);
}

/* --- The values of a field --- */

static void write_object(struct lookup *l, xmlNode *scope,
			 const struct place *place);

/* An object for the node, which is an element. */
static void add_object(struct values *v, xmlNode *node,
		       const struct place *place)
{
	const struct field *field = v->probe->field;
	const struct place here = {
		.up = place, .name = field->name,
		.index = v->count, .has_index = field->all,
	};
	const size_t start = values_open(v);

	write_object(v->probe->inside, node, &here);
	values_close(v, start, true);
}

static void write_css(struct values *v, xmlNode *scope,
		      const struct place *place)
{
	const struct nodes *matches = &v->probe->matches;

	(void)scope;
	v->failed = v->probe->failed;
	for (size_t i = 0; i < matches->count; i++) {
		if (v->over || is_over(v->e))
			return;
		if (v->probe->inside)
			add_object(v, matches->list[i], place);
		else
			values_add_match(v, matches->list[i]);
	}
}

static void write_nodes(struct values *v, const xmlNodeSet *nodes,
			const struct place *place)
{
	for (int i = 0; nodes && i < nodes->nodeNr; i++) {
		xmlNode *node = nodes->nodeTab[i];

		if (v->over || is_over(v->e))
			return;
		if (!v->probe->inside)
			values_add_node(v, node);
		else if (node->type == XML_ELEMENT_NODE)
			add_object(v, node, place);
	}
}

static void write_xpath(struct values *v, xmlNode *scope,
			const struct place *place)
{
	struct extractor *e = v->e;
	const char *why = NULL, *text;
	xmlXPathObject *result;

	if (!e->xpath_document)
		e->xpath_document = xpath_document_new(e->doc);
	result = xpath_evaluate(e->xpath_document, v->probe->xpath, scope,
				&why);
	if (!result) {
		v->failed = true;
		fail(e, v->probe->field, why);
		return;
	}
	if (result->type == XPATH_NODESET) {
		write_nodes(v, result->nodesetval, place);
	} else if (v->probe->inside) {
		/* Nothing can be found inside of a number. */
	} else if (result->type == XPATH_STRING) {
		text = (const char *)result->stringval;
		values_add_text(v, (struct slice){text, strlen(text)});
	} else if (result->type == XPATH_NUMBER) {
		values_add_double(v, result->floatval);
	} else if (result->type == XPATH_BOOLEAN) {
		text = result->boolval ? "true" : "false";
		values_add_json(v, (struct slice){text, strlen(text)});
	}
	xmlXPathFreeObject(result);
}

static bool on_output(void *ctx, struct slice json)
{
	struct values *v = ctx;

	values_add_json(v, json);
	if (data_of(v->e)->len > EXTRACTED_MAX)
		v->over = true;
	return !v->over;
}

static void write_jq(struct values *v, xmlNode *scope,
		     const struct place *place)
{
	struct extractor *e = v->e;
	const char *why = NULL;

	(void)scope;
	(void)place;
	if (!e->jq_input)
		e->jq_input = jq_input_new(e->json, &why);
	if (e->jq_input)
		why = jq_run(v->probe->jq, e->jq_input, on_output, v);
	v->failed = why != NULL;
	if (why)
		fail(e, v->probe->field, why);
}

static const struct {
	bool wants_tree;
	void (*write)(struct values *v, xmlNode *scope,
		      const struct place *place);
} kinds[] = {
	[FIELD_CSS] = {true, write_css},
	[FIELD_XPATH] = {true, write_xpath},
	[FIELD_JQ] = {false, write_jq},
};

static bool can_write(const struct extractor *e, enum field_kind kind)
{
	return kinds[kind].wants_tree ? e->doc != NULL : e->json.p != NULL;
}

/* What stands where there is no value. */
static void write_none(struct extractor *e, const struct field *field,
		       const char *none, const struct place *place)
{
	if (field->required && !field->fallback)
		add_missing(e, field, place);
	buf_addstr(data_of(e), field->fallback ? field->fallback : none);
}

static void check_size(struct extractor *e)
{
	if (e->spent ||
	    e->out->data.len + e->out->missing.len <= EXTRACTED_MAX)
		return;
	e->spent = true;
	fail(e, NULL, "what is extracted is over 64 MB");
}

static void write_field(struct extractor *e, const struct probe *p,
			xmlNode *scope, const struct place *place)
{
	struct buf *data = data_of(e);
	const bool all = p->field->all;
	const size_t start = data->len;
	struct values v = {.e = e, .probe = p};

	if (all)
		buf_addch(data, '[');
	if (can_write(e, p->field->kind) && !is_over(e))
		kinds[p->field->kind].write(&v, scope, place);
	else
		v.failed = true;
	if (all)
		buf_addch(data, ']');
	check_size(e);
	if (v.count && !v.failed && !is_over(e))
		return;
	data->len = start;
	if (is_over(e))
		buf_addstr(data, "null");
	else
		write_none(e, p->field, all && !v.failed ? "[]" : "null",
			   place);
}

static void write_object(struct lookup *l, xmlNode *scope,
			 const struct place *place)
{
	struct extractor *e = l->extractor;

	find_all(l, scope);
	buf_addch(data_of(e), '{');
	for (size_t i = 0; i < l->fields->count; i++) {
		if (i)
			buf_addch(data_of(e), ',');
		buf_add(data_of(e), l->probes[i].key.p, l->probes[i].key.len);
		write_field(e, &l->probes[i], scope, place);
	}
	buf_addch(data_of(e), '}');
}

static void on_item(void *ctx, size_t which, xmlNode *node)
{
	(void)which;
	nodes_add(ctx, node);
}

static void write_items(struct extractor *e)
{
	const char *why = NULL;

	e->items.count = 0;
	if (e->doc)
		why = css_find(css_document_of(e), e->page.fields->each_set,
			       NULL, on_item, &e->items);
	if (why)
		fail(e, NULL, why);
	buf_addch(data_of(e), '[');
	for (size_t i = 0; i < e->items.count && !why && !is_over(e); i++) {
		const struct place place = {.index = i, .has_index = true};

		if (i)
			buf_addch(data_of(e), ',');
		write_object(&e->page, e->items.list[i], &place);
	}
	buf_addch(data_of(e), ']');
}

void extractor_write(struct extractor *e)
{
	if (e->page.fields->each)
		write_items(e);
	else
		write_object(&e->page, NULL, NULL);
	if (atomic_load_explicit(&e->stopped, memory_order_relaxed))
		fail(e, NULL, "extraction was stopped");
}
