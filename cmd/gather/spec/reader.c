/* Reads the kinds of values that several parts of a spec have: texts with
 * variables, filters, numbers, limits, templates and JSON. */
#include "cmd/gather/spec/reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret_rules.h"
#include "base/secrets.h"
#include "base/units.h"
#include "cmd/gather/template/template.h"
#include "parse/jq/jq.h"

enum { CONCURRENCY_MAX = 20000 };	/* the same limit as for -P */

int gather_read_text(struct spec_reader *r, const json_t *object,
		     const char *key, char **to)
{
	const size_t start = r->place.why->len;
	struct buf filled = {0};
	const char *text;

	if (json_path_text(&r->place, object, key, &text))
		return -1;
	if (!text)
		return 0;
	if (gather_variables_fill(&r->variables, &filled, text, 0,
				  r->place.why)) {
		buf_release(&filled);
		json_path_enter(&r->place, key);
		return json_path_fail_since(&r->place, start);
	}
	free(*to);
	*to = buf_detach(&filled);
	return 0;
}

/* Checks that a filter compiles. Each different text is compiled once, because
 * compiling takes 13 ms and a thousand endpoints may have the same filter. */
static int check_filter(struct spec_reader *r, const char *filter)
{
	struct buf why = {0};
	struct jq *jq;

	if (json_object_get(r->filters, filter))
		return 0;
	jq = jq_open(filter, strlen(filter), &why);
	if (!jq) {
		json_path_failf(&r->place, "bad jq filter: %s",
				buf_cstr(&why));
		buf_release(&why);
		return -1;
	}
	jq_trace(jq, filter);
	jq_close(jq);
	json_object_set_new_nocheck(r->filters, filter, json_true());
	return 0;
}

int gather_read_filter(struct spec_reader *r, const json_t *object,
		       const char *key, char **to)
{
	const char *filter;
	size_t before;

	if (json_path_text(&r->place, object, key, &filter))
		return -1;
	if (!filter)
		return 0;
	before = json_path_enter(&r->place, key);
	if (check_filter(r, filter))
		return -1;
	json_path_leave(&r->place, before);
	*to = xstrdup(filter);
	return 0;
}

int gather_read_number(struct spec_reader *r, const json_t *object,
		       const char *key, json_int_t min, json_int_t max,
		       json_int_t *to)
{
	const json_t *value = json_object_get(object, key);

	if (!value)
		return 0;
	if (!json_is_integer(value) || json_integer_value(value) < min ||
	    json_integer_value(value) > max) {
		json_path_enter(&r->place, key);
		return json_path_failf(&r->place,
				       "must be a whole number from "
				       "%" JSON_INTEGER_FORMAT " to "
				       "%" JSON_INTEGER_FORMAT, min, max);
	}
	*to = json_integer_value(value);
	return 0;
}

static int read_rate(struct spec_reader *r, const json_t *object,
		     msec *interval)
{
	const json_t *value = json_object_get(object, "rate");
	const size_t start = r->place.why->len;
	char *rate = NULL;
	int err;

	if (!value)
		return 0;
	if (!json_is_string(value)) {
		json_path_enter(&r->place, "rate");
		return json_path_fail(&r->place, "must be a string like "
						 "\"10/s\", \"600/m\" or "
						 "\"1000/h\"");
	}
	if (gather_read_text(r, object, "rate", &rate))
		return -1;
	err = units_parse_rate(interval, rate, r->place.why);
	free(rate);
	if (!err)
		return 0;
	json_path_enter(&r->place, "rate");
	return json_path_fail_since(&r->place, start);
}

int gather_read_limits(struct spec_reader *r, const json_t *object,
		       unsigned *concurrency, msec *interval)
{
	json_int_t n = 0;

	if (gather_read_number(r, object, "concurrency", 1, CONCURRENCY_MAX,
			       &n))
		return -1;
	*concurrency = (unsigned)n;
	return read_rate(r, object, interval);
}

/* Returns true if the whole text is one placeholder. */
static bool is_placeholder(const char *text)
{
	const char *end = strchr(text, '}');

	return text[0] == '{' && end && !end[1] &&
	       template_has_placeholder(text);
}

static int fill_text(struct spec_reader *r, const char *text, struct buf *to,
		     struct buf *shown, unsigned how)
{
	const size_t start = r->place.why->len;

	if (gather_variables_fill(&r->variables, to, text, how,
				  r->place.why))
		return json_path_fail_since(&r->place, start);
	if (shown)
		gather_variables_fill(&r->variables, shown, text,
				      how | VARIABLES_KEEP_NAMES, r->place.why);
	return 0;
}

static int fail_placeholder(struct spec_reader *r, const char *placeholder)
{
	struct buf shown = {0};

	json_path_add_shown(&shown, placeholder);
	json_path_failf(&r->place, "there is no \"each\" to take %s from",
			buf_cstr(&shown));
	buf_release(&shown);
	return -1;
}

int gather_read_template(struct spec_reader *r, const char *text,
			 struct buf *to, struct buf *shown)
{
	const size_t start = to->len;
	const char *fault;

	if (!r->current.has_each) {
		if (is_placeholder(text) && !r->current.is_common)
			return fail_placeholder(r, text);
		return fill_text(r, text, to, shown, 0);
	}
	if (r->current.is_common)
		return fill_text(r, text, to, shown,
				 VARIABLES_DOUBLE_VALUES |
					 VARIABLES_DOUBLE_TEXT);
	if (fill_text(r, text, to, shown, VARIABLES_DOUBLE_VALUES))
		return -1;
	fault = template_check(buf_cstr(to) + start, true);
	return fault ? json_path_fail(&r->place, fault) : 0;
}

void gather_keep_template(struct spec_reader *r, const char *text,
			  enum text_place in)
{
	struct endpoint_reader *current = &r->current;

	if (!current->has_each || !template_has_placeholder(text))
		return;
	if (current->count == current->cap) {
		current->cap = current->cap ? 2 * current->cap : 8;
		current->texts = xrealloc(
			current->texts, current->cap * sizeof(*current->texts));
	}
	current->texts[current->count++] = (struct gather_text){
		.text = xstrdup(text),
		.place = xstrdup(buf_cstr(&r->place.path)),
		.in = in,
	};
}

void gather_note_secret(const char *name, const char *text)
{
	const char *word = strrchr(text, ' ');

	if (!secret_name(name, strlen(name)) || strchr(text, '{'))
		return;
	secrets_add(text, NULL);
	/* Of "Token abc", register "abc" as well: the token may appear
	 * elsewhere with another scheme. */
	if (word)
		secrets_add(word + 1, NULL);
}

static json_t *read_string(struct spec_reader *r, const char *text,
			   gather_string_reader read)
{
	struct buf to = {0};
	json_t *string = NULL;

	if (!read(r, text, &to))
		string = json_stringn_nocheck(buf_cstr(&to), to.len);
	buf_release(&to);
	return string;
}

static json_t *read_array(struct spec_reader *r, const json_t *json,
			  gather_string_reader read)
{
	json_t *filled = json_array();
	json_t *element;
	size_t i;

	json_array_foreach(json, i, element) {
		const size_t before = json_path_enter_element(&r->place, i);
		json_t *value = gather_read_json(r, element, read);

		if (!value) {
			json_decref(filled);
			return NULL;
		}
		json_path_leave(&r->place, before);
		json_array_append_new(filled, value);
	}
	return filled;
}

static json_t *read_object(struct spec_reader *r, const json_t *json,
			   gather_string_reader read)
{
	json_t *filled = json_object();
	const char *key;
	json_t *member;

	/* json_object_foreach() only reads, but takes no const object. */
	json_object_foreach((json_t *)json, key, member) {
		const size_t before = json_path_enter(&r->place, key);
		json_t *value = gather_read_json(r, member, read);

		if (!value) {
			json_decref(filled);
			return NULL;
		}
		json_path_leave(&r->place, before);
		json_object_set_new_nocheck(filled, key, value);
	}
	return filled;
}

json_t *gather_read_json(struct spec_reader *r, const json_t *json,
			 gather_string_reader read)
{
	switch (json_typeof(json)) {
	case JSON_STRING:
		return read_string(r, json_string_value(json), read);
	case JSON_ARRAY:
		return read_array(r, json, read);
	case JSON_OBJECT:
		return read_object(r, json, read);
	default:
		return json_incref((json_t *)json);
	}
}
