/* Hash table from ids to elements. */
#include "parse/html/ids.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/memory_budget.h"
#include "parse/html/html.h"

/* A slot of the table; free if id is NULL. */
struct row {
	const char *id;		/* borrowed from the tree */
	uint64_t hash;
	xmlNode *element;	/* NULL: all elements with this id are inside
				 * templates */
	xmlNode *in_template;	/* the first element inside a template */
};

struct html_ids {
	struct row *rows;
	size_t mask, count;
};

static struct row *find_row(const struct html_ids *ids, const char *id,
			    uint64_t hash)
{
	size_t i = hash & ids->mask;

	for (; ids->rows[i].id; i = (i + 1) & ids->mask)
		if (ids->rows[i].hash == hash && !strcmp(ids->rows[i].id, id))
			break;
	return &ids->rows[i];
}

static void resize_table(struct html_ids *ids, size_t slots)
{
	const struct html_ids old = *ids;

	ids->rows = xcalloc(slots, sizeof(*ids->rows));
	ids->mask = slots - 1;
	(void)memory_charge(slots * sizeof(*ids->rows));
	for (size_t i = 0; old.rows && i <= old.mask; i++)
		if (old.rows[i].id)
			*find_row(ids, old.rows[i].id, old.rows[i].hash) =
				old.rows[i];
	if (old.rows)
		memory_uncharge((old.mask + 1) * sizeof(*old.rows));
	free(old.rows);
}

static uint64_t hash_of(const char *id)
{
	return html_hash_text(html_hash_seed(), id, strlen(id));
}

static void add_element(struct html_ids *ids, const char *id, xmlNode *element,
			bool in_template)
{
	const uint64_t hash = hash_of(id);
	struct row *row;

	if (ids->count * 2 > ids->mask)
		resize_table(ids, (ids->mask + 1) * 2);
	row = find_row(ids, id, hash);
	ids->count += !row->id;
	if (!row->id)
		*row = (struct row){.id = id, .hash = hash};
	if (!in_template && !row->element)
		row->element = element;
	if (in_template && !row->in_template)
		row->in_template = element;
}

static const char *id_of(const xmlNode *element)
{
	for (const xmlAttr *a = element->properties; a; a = a->next)
		if (!strcmp((const char *)a->name, "id"))
			return a->children ? (const char *)a->children->content
					   : NULL;
	return NULL;
}

static void add_node(struct html_ids *ids, xmlNode *n, bool in_template)
{
	const char *id = n->type == XML_ELEMENT_NODE ? id_of(n) : NULL;

	if (id)
		add_element(ids, id, n, in_template);
}

struct html_ids *html_ids_new(const xmlDoc *doc)
{
	struct html_ids *ids = xcalloc(1, sizeof(*ids));
	const xmlNode *top = NULL;	/* the outermost template that contains
					 * n */
	xmlNode *n = doc->children;

	resize_table(ids, 64);
	while (n) {
		add_node(ids, n, top);
		if (n->type == XML_ELEMENT_NODE && n->children) {
			if (!top && html_is(n, N_TEMPLATE))
				top = n;
			n = n->children;
			continue;
		}
		while (n && n->type != XML_HTML_DOCUMENT_NODE && !n->next) {
			n = n->parent;
			if (n == top)
				top = NULL;
		}
		n = n && n->type != XML_HTML_DOCUMENT_NODE ? n->next : NULL;
	}
	return ids;
}

void html_ids_free(struct html_ids *ids)
{
	if (!ids)
		return;
	memory_uncharge((ids->mask + 1) * sizeof(*ids->rows));
	free(ids->rows);
	free(ids);
}

xmlNode *html_ids_find(const struct html_ids *ids, const char *id,
		       bool templates)
{
	const struct row *row = find_row(ids, id, hash_of(id));

	return row->element || !templates ? row->element : row->in_template;
}
