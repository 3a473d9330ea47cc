/*
 * Items are written from the inside out: first, properties are collected by
 * name, with each value already in JSON. So an item inside an item is a value
 * like any other.
 *
 * The work is limited: items nested deeper than MAX_DEPTH are null; the number
 * of elements visited is limited, because itemref lets a page use the same part
 * again and again; and because nested elements repeat the same text, reading
 * stops after MAX_BYTES of values.
 */
#include "parse/meta/microdata.h"

#include <stdbool.h>
#include <string.h>

#include "base/ascii.h"
#include "base/json/compact.h"
#include "parse/html/html.h"
#include "parse/html/ids.h"
#include "parse/meta/properties.h"
#include "parse/text/node_text.h"

enum { MAX_DEPTH = 32, MAX_ELEMENTS = 1000000, MAX_BYTES = 16 << 20 };

struct microdata {
	const xmlDoc *doc;
	const struct url *base;		/* the document's base URL; NULL:
					 * unknown */
	struct html_ids *ids;		/* made on first use */
	unsigned depth;
	unsigned elements;		/* number of elements that were searched
					 * for properties */
	size_t bytes;			/* total bytes of values */
};

static bool has_attribute(const xmlNode *n, const char *name)
{
	struct buf scratch = {0};
	const bool found = text_attribute(n, name, &scratch);

	buf_release(&scratch);
	return found;
}

/* Appends the value of an attribute to out, as an absolute URL or unchanged.
 * Returns false if the element lacks the attribute. */
static bool add_attribute(const struct microdata *m, struct buf *out,
			  const xmlNode *n, const char *name, bool is_url)
{
	struct buf scratch = {0}, url = {0};
	const char *value = text_attribute(n, name, &scratch);

	if (value && is_url) {
		url_resolve(&url, value, strlen(value), m->base);
		json_add_string(out, url.data ? url.data : "", url.len);
	} else if (value) {
		json_add_string(out, value, strlen(value));
	}
	buf_release(&url);
	buf_release(&scratch);
	return value;
}

/* Appends the element's property value (HTML Standard, 5.2.4). */
static void add_value(const struct microdata *m, struct buf *out,
		      const xmlNode *n)
{
	static const struct {
		enum html_id element;
		const char *attribute;
		bool is_url, or_text;
	} rows[] = {
		{N_META, "content", false, false},
		{N_AUDIO, "src", true, false},
		{N_EMBED, "src", true, false},
		{N_IFRAME, "src", true, false},
		{N_IMG, "src", true, false},
		{N_SOURCE, "src", true, false},
		{N_TRACK, "src", true, false},
		{N_VIDEO, "src", true, false},
		{N_A, "href", true, false},
		{N_AREA, "href", true, false},
		{N_LINK, "href", true, false},
		{N_OBJECT, "data", true, false},
		{N_DATA, "value", false, false},
		{N_METER, "value", false, false},
		{N_TIME, "datetime", false, true},
	};
	struct buf text = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (!html_is(n, rows[i].element))
			continue;
		if (add_attribute(m, out, n, rows[i].attribute,
				  rows[i].is_url))
			return;
		if (rows[i].or_text)
			break;
		buf_addstr(out, "\"\"");
		return;
	}
	text_of(&text, n);
	json_add_string(out, text.data ? text.data : "", text.len);
	buf_release(&text);
}

/* Returns the next word of a list separated by white space; empty if there is
 * none. */
static struct slice next_word(const char **list)
{
	struct slice word;

	while (ascii_is_space(**list))
		++*list;
	word = (struct slice){*list, 0};
	while (word.p[word.len] && !ascii_is_space(word.p[word.len]))
		word.len++;
	*list += word.len;
	return word;
}

static void add_item(struct microdata *m, struct buf *out, xmlNode *item);

static void add_property(struct microdata *m, struct property **properties,
			 xmlNode *n)
{
	struct buf scratch = {0}, value = {0};
	const char *names = text_attribute(n, "itemprop", &scratch);
	struct slice name;

	if (!names)
		goto out;
	if (has_attribute(n, "itemscope"))
		add_item(m, &value, n);
	else
		add_value(m, &value, n);
	while ((name = next_word(&names)).len && m->bytes < MAX_BYTES) {
		m->bytes += value.len;
		buf_add(properties_add(properties, name), value.data,
			value.len);
	}
out:
	buf_release(&value);
	buf_release(&scratch);
}

/* Collects all properties in the tree below top, and those of top itself if
 * with_top. Properties inside a nested item belong to the nested item. */
static void collect_properties(struct microdata *m,
			       struct property **properties, xmlNode *top,
			       bool with_top)
{
	xmlNode *n = with_top ? top : top->children;

	while (n && m->elements < MAX_ELEMENTS && m->bytes < MAX_BYTES) {
		bool inside = false;

		if (n->type == XML_ELEMENT_NODE) {
			m->elements++;
			add_property(m, properties, n);
			inside = n->children &&
				 !has_attribute(n, "itemscope") &&
				 !html_is(n, N_TEMPLATE);
		}
		if (inside) {
			n = n->children;
			continue;
		}
		while (n != top && !n->next)
			n = n->parent;
		if (n == top)
			break;
		n = n->next;
	}
}

static void collect_itemref(struct microdata *m, struct property **properties,
			    xmlNode *item)
{
	struct buf scratch = {0}, id = {0};
	const char *ids = text_attribute(item, "itemref", &scratch);
	struct slice word;

	while (ids && (word = next_word(&ids)).len) {
		xmlNode *element;

		buf_clear(&id);
		buf_add(&id, word.p, word.len);
		if (!m->ids)
			m->ids = html_ids_new(m->doc);
		element = html_ids_find(m->ids, buf_cstr(&id), false);
		if (element)
			collect_properties(m, properties, element, true);
	}
	buf_release(&id);
	buf_release(&scratch);
}

static void add_types(struct buf *out, const xmlNode *item)
{
	struct buf scratch = {0};
	const char *types = text_attribute(item, "itemtype", &scratch);
	struct slice word;
	const char *before = "";

	buf_addstr(out, "\"type\":[");
	while (types && (word = next_word(&types)).len) {
		buf_addstr(out, before);
		before = ",";
		json_add_string(out, word.p, word.len);
	}
	buf_addstr(out, "],");
	buf_release(&scratch);
}

static void add_item(struct microdata *m, struct buf *out, xmlNode *item)
{
	struct property *properties = NULL;
	size_t before;

	if (m->depth == MAX_DEPTH) {
		buf_addstr(out, "null");
		return;
	}
	m->depth++;
	buf_addch(out, '{');
	add_types(out, item);
	before = out->len;
	buf_addstr(out, "\"id\":");
	if (add_attribute(m, out, item, "itemid", true))
		buf_addch(out, ',');
	else
		out->len = before;
	collect_properties(m, &properties, item, false);
	collect_itemref(m, &properties, item);
	buf_addstr(out, "\"properties\":");
	properties_write(out, &properties, true);
	buf_addch(out, '}');
	m->depth--;
}

void microdata_read(struct buf *out, const xmlDoc *doc,
		    const struct url *base)
{
	struct microdata m = {.doc = doc, .base = base};
	const char *before = "";

	buf_addch(out, '[');
	for (xmlNode *n = doc->children; n;
	     n = (xmlNode *)html_next_node(n)) {
		if (n->type != XML_ELEMENT_NODE ||
		    !has_attribute(n, "itemscope") ||
		    has_attribute(n, "itemprop"))
			continue;
		buf_addstr(out, before);
		before = ",";
		add_item(&m, out, n);
	}
	buf_addch(out, ']');
	html_ids_free(m.ids);
}
