/* Completes a schema after all fields were added: checks rules that concern
 * several fields, and makes the sets of selectors. */
#include "parse/extract/schema.h"

#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "parse/css/match.h"
#include "parse/jq/jq.h"

static int fail_field(const struct field *field, const char *error,
		      struct buf *why)
{
	buf_addf(why, "field \"%s\": %s", field->name, error);
	return -1;
}

/* Checks that all fields of an object that a jq filter yields are jq filters,
 * too: no other kind finds anything in JSON. */
static int check_jq_fields(const struct fields *fields, struct buf *why)
{
	for (size_t i = 0; i < fields->count; i++)
		if (fields->list[i].kind != FIELD_JQ)
			return fail_field(&fields->list[i],
					  "the fields of what a jq filter "
					  "gives are jq filters, too (--jq "
					  "NAME=FILTER, or the key \"jq\")",
					  why);
	return 0;
}

static int check_objects(const struct field *field, struct buf *why)
{
	const char *attr;

	if (field->kind == FIELD_META)
		return fail_field(field,
				  "metadata cannot have fields inside: give "
				  "each of them a path of its own", why);
	if (field->css && css_take(field->css, &attr) != CSS_TAKE_ELEMENT)
		return fail_field(field,
				  "with fields inside, it must select "
				  "elements, without ::text or ::attr()",
				  why);
	if (field->regex || field->type != VALUE_STRING)
		return fail_field(field,
				  "with fields inside, it cannot have a "
				  "regular expression or a type: give "
				  "them to the fields inside",
				  why);
	if (!field->inside->count)
		return fail_field(field, "it has no fields inside", why);
	return field->kind == FIELD_JQ ? check_jq_fields(field->inside, why)
				       : 0;
}

/* Compacts the JSON text of the field's default, because records contain
 * compact JSON only. */
static int compact_fallback(struct field *field, struct buf *why)
{
	struct buf compact = {0};
	const char *error;
	size_t at;

	if (!field->fallback)
		return 0;
	error = json_compact(&compact, field->fallback, strlen(field->fallback),
			     &at);
	if (error) {
		buf_release(&compact);
		return fail_field(field, "its default is not JSON", why);
	}
	free(field->fallback);
	field->fallback = buf_detach(&compact);
	return 0;
}

static int finish_fields(struct fields *fields, size_t depth, struct buf *why)
{
	fields->set = css_set_new();
	for (size_t i = 0; i < fields->count; i++) {
		struct field *field = &fields->list[i];
		const char *attr;

		if (compact_fallback(field, why))
			return -1;
		/* An element may lack the attribute or the text, so all matches
		 * are needed. */
		if (field->css)
			css_set_add(fields->set, field->css, field->all ||
				    css_take(field->css, &attr) ==
					    CSS_TAKE_ATTR ||
				    css_take(field->css, &attr) ==
					    CSS_TAKE_TEXT);
		if (!field->inside)
			continue;
		if (depth == SCHEMA_MAX_DEPTH)
			return fail_field(field, "nested too deep", why);
		if (check_objects(field, why) ||
		    finish_fields(field->inside, depth + 1, why))
			return -1;
	}
	return 0;
}

int schema_finish(struct schema *x, struct buf *why)
{
	if (!x->fields.count) {
		buf_addstr(why, x->fields.each_is_jq
			   ? "nothing to extract from each item: add fields, "
			     "as in --jq NAME=FILTER"
			   : x->fields.each_query
			   ? "nothing to extract from each element: add "
			     "fields, as in --select NAME=CSS"
			   : "nothing to extract: no field is given");
		return -1;
	}
	if (x->items && !x->fields.each_query) {
		buf_addstr(why, "--items needs --each CSS or --each-jq "
				"FILTER, which selects the items");
		return -1;
	}
	if (x->fields.each_is_jq && check_jq_fields(&x->fields, why))
		return -1;
	return finish_fields(&x->fields, 0, why);
}

static void trace_filter(const char *filter)
{
	struct jq *jq = jq_new(filter, strlen(filter));

	jq_trace(jq, filter);
	jq_close(jq);
}

static void trace_fields(const struct fields *fields)
{
	if (fields->each_is_jq)
		trace_filter(fields->each_query);
	for (size_t i = 0; i < fields->count; i++) {
		const struct field *field = &fields->list[i];

		if (field->kind == FIELD_JQ)
			trace_filter(field->query);
		if (field->inside)
			trace_fields(field->inside);
	}
}

void schema_trace(const struct schema *x)
{
	trace_fields(&x->fields);
}
