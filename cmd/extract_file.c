#include "cmd/extract_file.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/suggest.h"
#include "cmd/whole_file.h"

/* Objects inside objects: more than any page has, less than hurts. */
enum { MAX_DEPTH = 16 };

/* Where in the file we are. */
struct reading {
	struct extraction *x;
	struct buf path;	/* "fields.price" */
	struct buf *why;
	unsigned depth;
};

static const char *const page_keys[] = {"each", "items", "fields", NULL};
static const char *const field_keys[] = {
	"select", "xpath", "jq", "each", "all", "type", "regex", "default",
	"required", "fields", NULL,
};

/* Goes to a member; returns where it came from, for leave(). */
static size_t enter(struct reading *r, const char *key)
{
	const size_t before = r->path.len;

	if (before)
		buf_addch(&r->path, '.');
	buf_addstr(&r->path, key);
	return before;
}

static void leave(struct reading *r, size_t before)
{
	r->path.len = before;
}

/* Begins a message with the place; returns -1. */
static int fail(struct reading *r)
{
	if (r->path.len)
		buf_addf(r->why, "%s: ", buf_cstr(&r->path));
	return -1;
}

static int fail_with(struct reading *r, const char *what)
{
	fail(r);
	buf_addstr(r->why, what);
	return -1;
}

/* Puts the place before a message that was added after start. */
static int fail_here(struct reading *r, size_t start)
{
	char *what = xmemdup(r->why->data + start, r->why->len - start);

	r->why->len = start;
	fail_with(r, what);
	free(what);
	return -1;
}

static int fail_unknown(struct reading *r, const char *key,
			const char *const *known)
{
	const char *best = NULL;
	size_t distance = 0;

	for (; *known; known++) {
		const size_t d = suggest_distance(key, *known);

		if (!best || d < distance) {
			best = *known;
			distance = d;
		}
	}
	enter(r, key);
	fail_with(r, "unknown key");
	if (suggest_is_near(key, distance))
		buf_addf(r->why, " (did you mean \"%s\"?)", best);
	return -1;
}

static int check_keys(struct reading *r, json_t *object,
		      const char *const *known)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value) {
		const char *const *k = known;

		while (*k && strcmp(*k, key) != 0)
			k++;
		if (!*k)
			return fail_unknown(r, key, known);
	}
	return 0;
}

/* NULL when there is none. Returns -1 when it is no string. */
static int get_text(struct reading *r, json_t *object, const char *key,
		    const char **text)
{
	json_t *value = json_object_get(object, key);

	*text = NULL;
	if (!value)
		return 0;
	if (!json_is_string(value)) {
		enter(r, key);
		return fail_with(r, "must be a string");
	}
	*text = json_string_value(value);
	return 0;
}

static int get_flag(struct reading *r, json_t *object, const char *key,
		    bool *flag)
{
	json_t *value = json_object_get(object, key);

	if (!value)
		return 0;
	if (!json_is_boolean(value)) {
		enter(r, key);
		return fail_with(r, "must be true or false");
	}
	*flag = json_is_true(value);
	return 0;
}

struct query {
	const char *text;
	const char *key;	/* which of the four it was */
	enum field_kind kind;
};

static int get_query(struct reading *r, json_t *object, struct query *query)
{
	static const struct query kinds[] = {
		{NULL, "select", FIELD_CSS},
		{NULL, "each", FIELD_CSS},
		{NULL, "xpath", FIELD_XPATH},
		{NULL, "jq", FIELD_JQ},
	};
	const char *text;

	*query = (struct query){0};
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (get_text(r, object, kinds[i].key, &text))
			return -1;
		if (text && query->text)
			return fail_with(r, "has more than one of \"select\", "
					    "\"each\", \"xpath\" and \"jq\"");
		if (text) {
			*query = kinds[i];
			query->text = text;
		}
	}
	if (!query->text)
		return fail_with(r, "needs one of \"select\", \"each\", "
				    "\"xpath\" and \"jq\"");
	return 0;
}

static int read_default(struct field *field, json_t *object)
{
	json_t *value = json_object_get(object, "default");

	/* libc's, which jansson allocates with here. */
	if (value)
		field->fallback = json_dumps(value, JSON_ENCODE_ANY |
							    JSON_COMPACT);
	return 0;
}

static int read_type(struct reading *r, struct field *field, json_t *object)
{
	const char *type;

	if (get_text(r, object, "type", &type))
		return -1;
	if (!type || !value_type_by_name(type, &field->type))
		return 0;
	enter(r, "type");
	return fail_with(r, "must be one of \"string\", \"number\", "
			    "\"integer\", \"url\" and \"date\"");
}

static int read_regex(struct reading *r, struct field *field, json_t *object)
{
	const size_t start = r->why->len;
	const char *regex;

	if (get_text(r, object, "regex", &regex))
		return -1;
	if (!regex || !extraction_regex(r->x, field, regex, r->why))
		return 0;
	enter(r, "regex");
	return fail_here(r, start);
}

static int read_fields(struct reading *r, struct fields *to, json_t *object);

static int read_inside(struct reading *r, struct field *field, json_t *object)
{
	json_t *fields = json_object_get(object, "fields");

	if (!fields)
		return 0;
	if (field->kind == FIELD_JQ)
		return fail_with(r, "\"fields\" cannot be looked up in what "
				    "jq gives: let the filter build objects");
	if (field->regex || json_object_get(object, "type"))
		return fail_with(r, "\"fields\" make an object, which has no "
				    "\"type\" and no \"regex\"");
	if (r->depth == MAX_DEPTH)
		return fail_with(r, "\"fields\" are nested too deep");
	return read_fields(r, extraction_inside(r->x, field), fields);
}

/* "fields": {...} in what is already a field. */
static int read_details(struct reading *r, struct field *field, json_t *object)
{
	if (get_flag(r, object, "all", &field->all) ||
	    get_flag(r, object, "required", &field->required) ||
	    read_type(r, field, object) || read_regex(r, field, object) ||
	    read_default(field, object))
		return -1;
	return read_inside(r, field, object);
}

static int add_field(struct reading *r, struct fields *to, const char *name,
		     const struct query *query, struct field **field)
{
	const size_t start = r->why->len;

	if (!extraction_add(r->x, to, name, query->kind, query->text, field,
			    r->why))
		return 0;
	if (query->key)
		enter(r, query->key);
	return fail_here(r, start);
}

static int read_field(struct reading *r, struct fields *to, const char *name,
		      json_t *value)
{
	struct query query = {.kind = FIELD_CSS};
	struct field *field;

	if (json_is_string(value)) {
		query.text = json_string_value(value);
		return add_field(r, to, name, &query, &field);
	}
	if (!json_is_object(value))
		return fail_with(r, "must be a CSS selector or an object");
	if (check_keys(r, value, field_keys) || get_query(r, value, &query) ||
	    add_field(r, to, name, &query, &field))
		return -1;
	if (!strcmp(query.key, "each")) {
		field->all = true;
		if (!json_object_get(value, "fields"))
			return fail_with(r, "\"each\" needs \"fields\"");
	}
	return read_details(r, field, value);
}

static int read_fields(struct reading *r, struct fields *to, json_t *object)
{
	const size_t before = enter(r, "fields");
	const char *name;
	json_t *value;

	if (!json_is_object(object) || !json_object_size(object))
		return fail_with(r, "must be an object with a member for each "
				    "field");
	r->depth++;
	json_object_foreach(object, name, value) {
		const size_t here = enter(r, name);

		if (read_field(r, to, name, value))
			return -1;
		leave(r, here);
	}
	r->depth--;
	leave(r, before);
	return 0;
}

static int read_page(struct reading *r, json_t *object)
{
	json_t *fields = json_object_get(object, "fields");
	const size_t start = r->why->len;
	const char *each;

	if (!json_is_object(object))
		return fail_with(r, "must be an object");
	if (check_keys(r, object, page_keys) ||
	    get_text(r, object, "each", &each) ||
	    get_flag(r, object, "items", &r->x->items))
		return -1;
	if (each && extraction_each(r->x, each, r->why)) {
		enter(r, "each");
		return fail_here(r, start);
	}
	if (!fields)
		return fail_with(r, "needs \"fields\"");
	return read_fields(r, &r->x->fields, fields);
}

int extract_file_read(struct extraction *x, const char *path, struct buf *why)
{
	struct reading r = {.x = x, .why = why};
	struct buf text = {0};
	json_error_t error;
	json_t *json = NULL;
	int result = -1;

	if (whole_file_read(&text, path, why))
		goto out;
	json = json_loadb(text.data ? text.data : "", text.len,
			  JSON_REJECT_DUPLICATES, &error);
	if (!json) {
		buf_addf(why, "line %d, column %d: %s", error.line,
			 error.column, error.text);
		goto out;
	}
	result = read_page(&r, json);
out:
	json_decref(json);
	buf_release(&r.path);
	buf_release(&text);
	return result;
}
