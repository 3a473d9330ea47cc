/* Converts one match to a value and writes it to the page's data. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/json/string.h"
#include "base/slice.h"
#include "parse/extract/internal.h"
#include "parse/html/html.h"
#include "parse/text/node_text.h"

size_t values_open(struct values *v)
{
	const size_t start = v->e->out->data.len;

	if (v->count)
		buf_addch(&v->e->out->data, ',');
	return start;
}

void values_close(struct values *v, size_t start, bool has_value)
{
	if (has_value)
		v->count++;
	else
		v->e->out->data.len = start;
	/* Without "[]" only the first match counts. */
	if (!v->probe->field->all)
		v->done = true;
}

/* Appends the value that the field's regex and type make of a text. Returns
 * false if there is none. */
static bool add_text(struct values *v, struct slice text)
{
	const struct field *field = v->probe->field;
	enum pattern_result found = PATTERN_FOUND;
	size_t from = 0;

	if (field->regex)
		found = pattern_find(field->regex, text, &from, &text);
	if (found == PATTERN_TOO_MUCH)
		extractor_fail(v->e, field, "its regular expression takes too "
			       "much work");
	return found == PATTERN_FOUND &&
	       value_add(&v->e->out->data, field->type, text, v->e->base);
}

void extractor_count_read(struct extractor *e, size_t bytes)
{
	e->read += bytes;
	if (e->limit_reached || e->read <= EXTRACTED_MAX_READ)
		return;
	e->limit_reached = true;
	extractor_fail(e, NULL, "the text of all fields is over 512 MB");
}

void values_add_text(struct values *v, struct slice text)
{
	const size_t start = values_open(v);

	extractor_count_read(v->e, text.len);
	values_close(v, start, add_text(v, text));
}

/* Appends an object, array, boolean or null. These have no text to convert. */
static bool add_other(struct values *v, struct slice json)
{
	const struct field *field = v->probe->field;

	if (field->regex || field->type != VALUE_STRING)
		return false;
	if (!field->all && json.p[0] == 'n')
		return false;
	v->null_values += json.p[0] == 'n';
	buf_add(&v->e->out->data, json.p, json.len);
	return true;
}

static bool add_number(struct values *v, struct slice json)
{
	const struct field *field = v->probe->field;

	if (field->regex)
		return add_text(v, json);
	switch (field->type) {
	case VALUE_STRING:
	case VALUE_NUMBER:
		buf_add(&v->e->out->data, json.p, json.len);
		return true;
	case VALUE_URL:
		return false;
	default:
		return add_text(v, json);
	}
}

static bool add_string(struct values *v, struct slice json)
{
	const struct field *field = v->probe->field;

	if (!field->regex && field->type == VALUE_STRING) {
		buf_add(&v->e->out->data, json.p, json.len);
		return true;
	}
	buf_clear(&v->e->text);
	json_string_text(&v->e->text, json);
	return add_text(v, slice_of(&v->e->text));
}

void values_add_json(struct values *v, struct slice json)
{
	const size_t start = values_open(v);
	const char first = json.p[0];
	bool added;

	if (first == '"')
		added = add_string(v, json);
	else if (first == '-' || (first >= '0' && first <= '9'))
		added = add_number(v, json);
	else
		added = add_other(v, json);
	values_close(v, start, added);
}

void values_add_double(struct values *v, double number)
{
	/* 2^53: not all larger integers can be written as a double. */
	const double limit = 9007199254740992.0;
	struct buf *text = &v->e->text;

	buf_clear(text);
	if (!isfinite(number)) {
		buf_addstr(text, "null");
	} else if (number == trunc(number) && fabs(number) < limit) {
		json_add_int(text, (int64_t)number);
	} else {
		/* Finds the shortest text that reads back as the same
		 * number. */
		for (int digits = 15; digits <= 17; digits++) {
			buf_clear(text);
			buf_addf(text, "%.*g", digits, number);
			if (strtod(buf_cstr(text), NULL) == number)
				break;
		}
	}
	values_add_json(v, slice_of(text));
}

static struct slice content_of(const xmlNode *n)
{
	const char *s = n->content ? (const char *)n->content : "";

	return (struct slice){s, strlen(s)};
}

/* Adds the element's textContent with white space collapsed. */
static void add_element(struct values *v, const xmlNode *node)
{
	const xmlNode *only = node->children;
	struct slice text = {"", 0};

	buf_clear(&v->e->collapsed);
	if (only && !only->next && node_is_text(only)) {
		text = content_of(only);
	} else if (only) {
		text = extractor_text(v->e, node);
	}
	extractor_count_read(v->e, text.len);
	text_collapse(&v->e->collapsed, text.p, text.len);
	values_add_text(v, slice_of(&v->e->collapsed));
}

static void add_attribute(struct values *v, const xmlNode *node)
{
	const struct probe *p = v->probe;
	const bool lower = v->e->html && html_space(node) == HTML_SPACE;
	const char *value;

	buf_clear(&v->e->text);
	value = text_attribute(node, lower ? p->lower_attr : p->attr,
			       &v->e->text);
	if (value)
		values_add_text(v, (struct slice){value, strlen(value)});
}

static void add_markup(struct values *v, const xmlNode *node)
{
	buf_clear(&v->e->text);
	if (v->e->html)
		text_outer_html(&v->e->text, node);
	else
		text_outer_xml(&v->e->text, node);
	values_add_text(v, slice_of(&v->e->text));
}

static bool is_innermost(const struct nodes *open, const xmlNode *node)
{
	return open->count && open->list[open->count - 1] == node;
}

size_t values_add_texts(struct values *v, const struct nodes *matches,
			size_t at)
{
	struct nodes *open = &v->e->open;
	xmlNode *const top = matches->list[at];
	xmlNode *n = top;

	nodes_clear(open);
	while (!v->done && !extractor_is_done(v->e)) {
		if (at < matches->count && n == matches->list[at]) {
			nodes_add(open, n);
			at++;
		} else if (node_is_text(n) && is_innermost(open, n->parent)) {
			values_add_text(v, content_of(n));
		}
		if (n->type == XML_ELEMENT_NODE && n->children) {
			n = n->children;
			continue;
		}
		for (; n != top && !n->next; n = n->parent)
			open->count -= is_innermost(open, n);
		if (n == top)
			break;
		open->count -= is_innermost(open, n);
		n = n->next;
	}
	return at;
}

void values_add_match(struct values *v, xmlNode *node)
{
	static void (*const takes[])(struct values *, const xmlNode *) = {
		[CSS_TAKE_ELEMENT] = add_element,
		[CSS_TAKE_ATTR] = add_attribute,
		[CSS_TAKE_HTML] = add_markup,
	};

	takes[v->probe->take](v, node);
}

void values_add_node(struct values *v, const xmlNode *node)
{
	switch (node->type) {
	case XML_ELEMENT_NODE:
	case XML_DOCUMENT_NODE:
	case XML_HTML_DOCUMENT_NODE:
		add_element(v, node);
		break;
	case XML_NAMESPACE_DECL: {
		/* A namespace node is an xmlNs, which begins like an
		 * xmlNode. */
		const char *href = (const char *)((const xmlNs *)node)->href;

		href = href ? href : "";
		values_add_text(v, (struct slice){href, strlen(href)});
		break;
	}
	case XML_ATTRIBUTE_NODE:
		buf_clear(&v->e->text);
		text_of(&v->e->text, node);
		values_add_text(v, slice_of(&v->e->text));
		break;
	case XML_TEXT_NODE:
	case XML_CDATA_SECTION_NODE:
	case XML_COMMENT_NODE:
	case XML_PI_NODE:
		values_add_text(v, content_of(node));
		break;
	default:
		/* Nodes of other types have other pointers in place of the
		 * content. */
		break;
	}
}
