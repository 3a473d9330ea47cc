/* Finds the matches of a field by a function for the field's kind (CSS, XPath,
 * jq, metadata). */
#include <string.h>

#include "base/json/compact.h"
#include "parse/extract/internal.h"
#include "parse/meta/meta.h"
#include "parse/meta/meta_path.h"
#include "parse/tree/libxml2.h"

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

/* Writes an object whose fields are searched in the element node; if node is
 * NULL, in the current JSON. */
static void add_object(struct values *v, xmlNode *node,
		       const struct object_path *path)
{
	const struct field *field = v->probe->field;
	const struct object_path here = {
		.up = path,
		.name = field->name,
		.index = v->count,
		.has_index = field->all,
	};
	const size_t start = values_open(v);

	lookup_write(v->probe->inside, node, &here);
	values_close(v, start, true);
}

static void write_css(struct values *v, xmlNode *scope,
		      const struct object_path *path)
{
	const struct nodes *matches = &v->probe->matches;

	(void)scope;
	v->failed = v->probe->failed;
	for (size_t i = 0; i < matches->count;) {
		if (v->done || extractor_is_done(v->e))
			return;
		if (v->probe->take == CSS_TAKE_TEXT)
			i = values_add_texts(v, matches, i);
		else if (v->probe->inside)
			add_object(v, matches->list[i++], path);
		else
			values_add_match(v, matches->list[i++]);
	}
}

static void write_nodes(struct values *v, const xmlNodeSet *nodes,
			const struct object_path *path)
{
	for (int i = 0; nodes && i < nodes->nodeNr; i++) {
		xmlNode *node = nodes->nodeTab[i];

		if (v->done || extractor_is_done(v->e))
			return;
		if (!v->probe->inside)
			values_add_node(v, node);
		else if (node->type == XML_ELEMENT_NODE)
			add_object(v, node, path);
	}
}

/* Writes the string that an XPath function returned. "" counts as not found,
 * because functions return "" for no nodes. */
static void add_string(struct values *v, const char *text)
{
	values_add_text(v, (struct slice){text, strlen(text)});
	if (!*text)
		v->null_values = v->count;
}

static void write_xpath(struct values *v, xmlNode *scope,
			const struct object_path *path)
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
		extractor_fail(e, v->probe->field, why);
		return;
	}
	if (result->type == XPATH_NODESET) {
		write_nodes(v, result->nodesetval, path);
	} else if (v->probe->inside) {
		/* A number or a string contains no fields, so there is no
		 * object to write. */
	} else if (result->type == XPATH_STRING) {
		add_string(v, (const char *)result->stringval);
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
	if (v->e->out->data.len > EXTRACTED_MAX)
		v->done = true;
	return !v->done;
}

struct jq_input *extractor_jq_input(struct extractor *e)
{
	if (!e->jq_input)
		e->jq_input = jq_input_new(e->json, e->plan);
	return e->jq_input;
}

/* State while the objects of a jq field are written, one per output. */
struct jq_objects {
	struct values *v;
	const struct object_path *path;
};

static bool on_object(void *ctx, size_t index)
{
	const struct jq_objects *o = ctx;

	(void)index;
	add_object(o->v, NULL, o->path);
	return !o->v->done;
}

/* Writes an object for each output of the filter. If only one value is wanted
 * and the output is null, writes none. */
static const char *write_jq_objects(struct values *v,
				    const struct object_path *path)
{
	struct jq_objects objects = {v, path};
	struct buf items = {0};
	const bool all = v->probe->field->all;
	const char *why = json_items_find(v->e, v->probe->jq, all, &items);

	if (!why && (all || strcmp(buf_cstr(&items), "null\n") != 0))
		json_items_visit(v->e, v->probe->inside, slice_of(&items),
				 on_object, &objects);
	buf_release(&items);
	return why;
}

static void write_jq(struct values *v, xmlNode *scope,
		     const struct object_path *path)
{
	struct extractor *e = v->e;
	const char *why;

	(void)scope;
	if (v->probe->inside)
		why = write_jq_objects(v, path);
	else
		why = jq_run(v->probe->jq, extractor_jq_input(e), on_output, v);
	v->failed = why != NULL;
	if (why)
		extractor_fail(e, v->probe->field, why);
}

/* Keeps a value of the metadata. If the field wants all values and the value is
 * an array, keeps the elements of the array instead. */
static bool on_meta_value(void *ctx, struct slice json)
{
	struct probe *p = ctx;
	const struct field *field = p->field;
	struct slice name, value;
	size_t at = 0;

	if (!field->all || json.p[0] != '[' ||
	    meta_path_takes_elements(field->meta)) {
		buf_add(&p->meta_values, &json, sizeof(json));
		return field->all;
	}
	while (json_next(json, &at, &name, &value))
		buf_add(&p->meta_values, &value, sizeof(value));
	return true;
}

/* Finds the values once per page: all objects of the page that `each` makes
 * have the same metadata. */
static const struct buf *find_meta_values(struct extractor *e, struct probe *p)
{
	if (!e->meta.len)
		meta_read(&e->meta, e->doc, e->base);
	if (!p->has_meta_values)
		meta_path_find(p->field->meta, slice_of(&e->meta),
			       on_meta_value, p);
	p->has_meta_values = true;
	return &p->meta_values;
}

static void write_meta(struct values *v, xmlNode *scope,
		       const struct object_path *path)
{
	const struct buf *values = find_meta_values(v->e, v->probe);
	struct slice json;

	(void)scope;
	(void)path;
	for (size_t at = 0; at < values->len; at += sizeof(json)) {
		memcpy(&json, values->data + at, sizeof(json));
		extractor_count_read(v->e, json.len);
		if (extractor_is_done(v->e) || !on_output(v, json))
			return;
	}
}

static const struct {
	bool wants_tree;
	void (*write)(struct values *v, xmlNode *scope,
		      const struct object_path *path);
} kinds[] = {
	[FIELD_CSS] = {true, write_css},
	[FIELD_XPATH] = {true, write_xpath},
	[FIELD_JQ] = {false, write_jq},
	[FIELD_META] = {true, write_meta},
};

static void on_item(void *ctx, size_t which, xmlNode *node)
{
	(void)which;
	nodes_add(ctx, node);
}

bool extractor_can_find(const struct extractor *e, enum field_kind kind)
{
	if (kind == FIELD_META && !e->html)
		return false;
	return kinds[kind].wants_tree ? e->doc != NULL : e->json.p != NULL;
}

void values_find(struct values *v, xmlNode *scope,
		 const struct object_path *path)
{
	kinds[v->probe->field->kind].write(v, scope, path);
}

void lookup_find(struct lookup *l, xmlNode *scope)
{
	struct extractor *e = l->extractor;
	const char *why;

	for (size_t i = 0; i < l->css_count; i++)
		nodes_clear(&l->css[i]->matches);
	if (!l->css_count || !e->doc || extractor_is_done(e))
		return;
	why = css_find(css_document_of(e), l->fields->set, scope, on_match, l);
	for (size_t i = 0; i < l->css_count; i++)
		l->css[i]->failed = why != NULL;
	if (why)
		extractor_fail(e, l->css_count == 1 ? l->css[0]->field : NULL,
			       why);
}

void extractor_find_items(struct extractor *e)
{
	const char *why;

	nodes_clear(&e->items);
	if (!e->doc)
		return;
	why = css_find(css_document_of(e), e->page.fields->each_set, NULL,
		       on_item, &e->items);
	e->has_items = e->items.count > 0;
	if (!why)
		return;
	e->items.count = 0;
	extractor_fail(e, NULL, why);
}
