/* Writes objects and their fields, including nested objects. */
#include "base/json/compact.h"
#include "base/memory_budget.h"
#include "parse/extract/internal.h"

static struct buf *data_of(struct extractor *e)
{
	return &e->out->data;
}

bool extractor_is_done(const struct extractor *e)
{
	return e->limit_reached || memory_limit_reached() ||
	       atomic_load_explicit(&e->stopped, memory_order_relaxed);
}

void extractor_fail(struct extractor *e, const struct field *field,
		    const char *why)
{
	static const char *const kinds[] = {
		[FIELD_CSS] = "CSS", [FIELD_XPATH] = "XPath",
		[FIELD_JQ] = "jq", [FIELD_META] = "metadata",
	};

	if (e->why.len)
		return;
	if (field)
		buf_addf(&e->why, "%s field \"%s\": ", kinds[field->kind],
			 field->name);
	buf_addstr(&e->why, why);
}

static void add_path(struct buf *out, const struct object_path *path)
{
	if (!path)
		return;
	add_path(out, path->up);
	if (path->name)
		buf_addstr(out, path->name);
	if (path->has_index)
		buf_addf(out, "[%zu]", path->index);
	buf_addch(out, '.');
}

static void add_missing(struct extractor *e, const struct field *field,
			const struct object_path *path)
{
	struct buf *missing = &e->out->missing;

	buf_clear(&e->text);
	add_path(&e->text, path);
	buf_addstr(&e->text, field->name);
	if (missing->len)
		buf_addch(missing, ',');
	json_add_string(missing, e->text.data, e->text.len);
}

/* Writes the value of a field that has none: the fallback, or else null (or []
 * for all matches). Reports the field as missing if it is required. */
static void write_no_value(struct extractor *e, const struct field *field,
			   const char *none, const struct object_path *path)
{
	if (field->required && !field->fallback)
		add_missing(e, field, path);
	buf_addstr(data_of(e), field->fallback ? field->fallback : none);
}

static void check_size(struct extractor *e)
{
	if (e->limit_reached ||
	    e->out->data.len + e->out->missing.len <= EXTRACTED_MAX)
		return;
	e->limit_reached = true;
	extractor_fail(e, NULL, "the extracted data is over 64 MB");
}

static void write_field(struct extractor *e, struct probe *p, xmlNode *scope,
			const struct object_path *path)
{
	struct buf *data = data_of(e);
	const bool all = p->field->all;
	const size_t start = data->len;
	struct values v = {.e = e, .probe = p};

	if (all)
		buf_addch(data, '[');
	if (extractor_can_find(e, p->field->kind) && !extractor_is_done(e))
		values_find(&v, scope, path);
	else
		v.failed = true;
	if (all)
		buf_addch(data, ']');
	check_size(e);
	if (v.count && !v.failed && !extractor_is_done(e)) {
		p->found |= v.count > v.null_values;
		return;
	}
	data->len = start;
	if (extractor_is_done(e))
		buf_addstr(data, "null");
	else
		write_no_value(e, p->field, all && !v.failed ? "[]" : "null",
			       path);
}

void lookup_write(struct lookup *l, xmlNode *scope,
		  const struct object_path *path)
{
	struct extractor *e = l->extractor;

	lookup_find(l, scope);
	buf_addch(data_of(e), '{');
	for (size_t i = 0; i < l->fields->count; i++) {
		if (i)
			buf_addch(data_of(e), ',');
		buf_add(data_of(e), l->probes[i].key.p, l->probes[i].key.len);
		write_field(e, &l->probes[i], scope, path);
	}
	buf_addch(data_of(e), '}');
}

static bool on_json_item(void *ctx, size_t index)
{
	struct extractor *e = ctx;
	const struct object_path path = {.index = index, .has_index = true};

	if (index)
		buf_addch(data_of(e), ',');
	lookup_write(&e->page, NULL, &path);
	return true;
}

/* Writes an object for each output of the filter given by `each`. */
static void write_json_items(struct extractor *e)
{
	struct buf items = {0}, message = {0};
	const char *why = NULL;

	if (e->json.p)
		why = json_items_find(e, e->each, true, &items);
	if (why) {
		buf_addf(&message, "jq filter of each: %s", why);
		extractor_fail(e, NULL, buf_cstr(&message));
	}
	e->has_items = items.len > 0;
	buf_addch(data_of(e), '[');
	json_items_visit(e, &e->page, slice_of(&items), on_json_item, e);
	buf_addch(data_of(e), ']');
	buf_release(&items);
	buf_release(&message);
}

static void write_items(struct extractor *e)
{
	extractor_find_items(e);
	buf_addch(data_of(e), '[');
	for (size_t i = 0; i < e->items.count && !extractor_is_done(e); i++) {
		const struct object_path path = {.index = i, .has_index = true};

		if (i)
			buf_addch(data_of(e), ',');
		lookup_write(&e->page, e->items.list[i], &path);
	}
	buf_addch(data_of(e), ']');
}

void extractor_write(struct extractor *e)
{
	if (e->each)
		write_json_items(e);
	else if (e->page.fields->each)
		write_items(e);
	else
		lookup_write(&e->page, NULL, NULL);
	if (atomic_load_explicit(&e->stopped, memory_order_relaxed))
		extractor_fail(e, NULL, "extraction was stopped");
}
