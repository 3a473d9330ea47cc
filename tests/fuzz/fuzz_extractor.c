/*
 * Extracts fields from any bytes, as a page of the type that the first byte
 * selects. The data and the paths of missing fields must be valid JSON for a
 * record.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/json/compact.h"
#include "base/utf8.h"
#include "parse/extract/extractor.h"
#include "parse/html/html.h"
#include "parse/library.h"
#include "parse/xml/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static struct field *add(struct schema *x, struct fields *fields,
			 const char *name, enum field_kind kind,
			 const char *query)
{
	struct buf why = {0};
	struct field *field;

	check(!schema_add(x, fields, name, kind, query, &field, &why));
	return field;
}

static struct schema *make(const char *each)
{
	struct schema *x = schema_new();
	struct buf why = {0};
	struct field *field;
	struct fields *inside;

	add(x, &x->fields, "a", FIELD_CSS, "p")->required = true;
	add(x, &x->fields, "b[]", FIELD_CSS, "a::attr(href)")->type = VALUE_URL;
	add(x, &x->fields, "c[]", FIELD_CSS, "*::text")->type = VALUE_NUMBER;
	add(x, &x->fields, "d", FIELD_XPATH, "//@*")->type = VALUE_DATE;
	add(x, &x->fields, "e[]", FIELD_XPATH, "//node()");
	add(x, &x->fields, "f", FIELD_XPATH, "sum(//p)");
	add(x, &x->fields, "g[]", FIELD_CSS, "b::html, i::html");
	add(x, &x->fields, "h[]", FIELD_JQ, "..");
	field = add(x, &x->fields, "i[]", FIELD_JQ, "..");
	check(!schema_regex(x, field, "(.)[0-9]?$", &why));
	inside = schema_inside(x, add(x, &x->fields, "j[]", FIELD_CSS,
					  "div"));
	add(x, inside, "k", FIELD_CSS, ":scope > p")->required = true;
	inside = schema_inside(x, add(x, inside, "l[]", FIELD_XPATH, "*"));
	add(x, inside, "m", FIELD_XPATH, "string()");
	check(!each || !schema_each(x, each, &why));
	check(!schema_finish(x, &why));
	return x;
}

static void check_json(const struct buf *b, const char *before,
		       const char *after)
{
	struct buf text = {0}, again = {0};
	size_t at;

	buf_addstr(&text, before);
	buf_add(&text, b->data, b->len);
	buf_addstr(&text, after);
	check(!json_compact(&again, text.data, text.len, &at));
	check(again.len == text.len &&
	      !memcmp(again.data, text.data, text.len));
	buf_release(&text);
	buf_release(&again);
}

static void read_tree(struct extractor *e, struct slice text, bool html,
		      struct extracted *out)
{
	const char *why;
	xmlDoc *doc = html ? html_parse((char *)text.p, text.len, &why) :
			     xml_parse(text.p, text.len, &why);

	if (doc)
		extractor_tree(e, doc, html, NULL, out);
	else
		extractor_all_null(e, out);
	if (html)
		html_free(doc);
	else
		xml_free(doc);
}

static void read_json(struct extractor *e, struct slice text,
		      struct extracted *out)
{
	struct buf json = {0};
	size_t at;

	if (json_compact(&json, text.p, text.len, &at))
		extractor_all_null(e, out);
	else
		extractor_json(e, (struct slice){json.data, json.len}, NULL,
			       out);
	buf_release(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct extractor *extractors[2];
	struct extracted out = {0};
	struct buf text = {0};
	struct extractor *e;
	struct slice page;

	if (!size)
		return 0;
	if (!extractors[0]) {
		parse_global_init();
		html_open();
		extractors[0] = extractor_new(make(NULL));
		extractors[1] = extractor_new(make("div"));
	}
	utf8_add(&text, (const char *)data + 1, size - 1);
	page = (struct slice){buf_cstr(&text), text.len};
	e = extractors[data[0] & 1];
	if ((data[0] >> 1) % 3 == 2)
		read_json(e, page, &out);
	else
		read_tree(e, page, (data[0] >> 1) % 3, &out);
	check_json(&out.data, "", "");
	check_json(&out.missing, "[", "]");
	extracted_release(&out);
	buf_release(&text);
	return 0;
}
