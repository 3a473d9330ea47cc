/* Runs the fields of a schema over one page at a time and reuses its
 * buffers. */
#include "parse/extract/extractor.h"

#include <stdlib.h>

#include "base/mem.h"
#include "parse/extract/internal.h"

/* Bytes of a buffer that are kept from one page to the next. Larger buffers are
 * charged to the page and not kept. */
enum { KEEP = 32 << 10 };

struct extractor *extractor_new(const struct schema *x)
{
	struct extractor *e = xcalloc(1, sizeof(*e));

	e->jqs = xcalloc(x->compiled + 1, sizeof(struct jq *));
	if (x->fields.each_is_jq)
		e->each = extractor_new_jq(e, x->fields.each_query);
	lookup_init(&e->page, e, &x->fields);
	return e;
}

void extractor_free(struct extractor *e)
{
	if (!e)
		return;
	lookup_release(&e->page);
	if (e->each)
		jq_close(e->each);
	nodes_release(&e->items);
	nodes_release(&e->open);
	free(e->jqs);
	buf_release(&e->why);
	buf_release(&e->meta);
	buf_release(&e->text);
	buf_release(&e->collapsed);
	free(e);
}

void extracted_release(struct extracted *out)
{
	buf_release(&out->data);
	buf_release(&out->missing);
	buf_release(&out->found);
}

/* Empties a buffer, and frees it if it has grown larger than KEEP. */
static void keep_small(struct buf *b)
{
	if (b->cap > KEEP)
		buf_release(b);
}

static enum field_found found_state(const struct extractor *e, bool found,
				    enum field_kind kind)
{
	if (found)
		return FIELD_FOUND;
	return extractor_can_find(e, kind) ? FIELD_NOT_FOUND
					   : FIELD_NOT_SEARCHED;
}

/* Moves the "found" flags of all fields to the result. */
static void take_found_flags(struct extractor *e, struct buf *found)
{
	const struct fields *fields = e->page.fields;
	const bool has_items = !fields->each_query || e->has_items;
	size_t count = fields->count;
	char *at;

	if (count > SCHEMA_MAX_COUNTED)
		count = SCHEMA_MAX_COUNTED;
	buf_clear(found);
	at = buf_reserve(found, count + 1);
	for (size_t i = 0; i < count; i++) {
		struct probe *p = &e->page.probes[i];

		at[i] = has_items
				? (char)found_state(e, p->found, p->field->kind)
				: FIELD_NOT_SEARCHED;
		p->found = false;
	}
	at[count] = (char)found_state(e, e->has_items, fields->each_is_jq
							   ? FIELD_JQ
							   : FIELD_CSS);
	found->len = count + (fields->each_query != NULL);
}

/* Extracts from the page that the extractor is set up for; afterwards the
 * extractor refers to no page. */
static const char *read_page(struct extractor *e, struct extracted *out)
{
	e->out = out;
	e->plan = e->each ? NULL : e->page.plan;
	buf_clear(&out->data);
	buf_clear(&out->missing);
	buf_clear(&e->why);
	e->limit_reached = e->has_items = false;
	e->read = 0;
	atomic_store(&e->stopped, false);
	extractor_write(e);
	take_found_flags(e, &out->found);
	if (e->css_document)
		css_document_free(e->css_document);
	if (e->xpath_document)
		xpath_document_free(e->xpath_document);
	jq_input_free(e->jq_input);
	e->css_document = NULL;
	e->xpath_document = NULL;
	e->jq_input = NULL;
	buf_clear(&e->meta);
	keep_small(&e->meta);
	lookup_clear(&e->page);
	nodes_clear(&e->items);
	nodes_clear(&e->open);
	large_texts_clear(&e->large);
	keep_small(&e->text);
	keep_small(&e->collapsed);
	e->doc = NULL;
	e->json = (struct slice){0};
	return e->why.len ? buf_cstr(&e->why) : NULL;
}

const char *extractor_tree(struct extractor *e, xmlDoc *doc, bool html,
			   const struct url *base, struct extracted *out)
{
	e->doc = doc;
	e->html = html;
	e->base = base;
	return read_page(e, out);
}

const char *extractor_json(struct extractor *e, struct slice json,
			   const struct url *base, struct extracted *out)
{
	e->json = json;
	e->base = base;
	return read_page(e, out);
}

void extractor_all_null(struct extractor *e, struct extracted *out)
{
	e->base = NULL;
	read_page(e, out);
}

void extractor_stop(struct extractor *e)
{
	atomic_store(&e->stopped, true);
	for (size_t i = 0; i < e->jqs_count; i++)
		jq_stop(e->jqs[i]);
}
