/* Reads the file of --extract into a schema. A message begins with the path of
 * keys where the mistake is. */
#include "cmd/options/schema/schema_file.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

/* Limit of nested objects: more than any page has, and still harmless. */
enum { MAX_DEPTH = 16 };

/* The state of reading a file. */
struct reading {
	struct schema *x;
	struct json_path place;
	unsigned depth;
};

static const char *const page_keys[] = {
	"each", "each_jq", "items", "fields", NULL,
};
static const char *const field_keys[] = {
	"select", "xpath", "jq", "meta", "each", "each_jq", "all", "type",
	"regex", "default", "required", "fields", NULL,
};

static int fail_here(struct reading *r, const char *what)
{
	return json_path_fail(&r->place, what);
}

struct query {
	const char *text;
	const char *key;	/* key of the object's member that has the
				 * query */
	enum field_kind kind;
};

static int get_query(struct reading *r, json_t *object, struct query *query)
{
	static const struct query kinds[] = {
		{NULL, "select", FIELD_CSS},
		{NULL, "each", FIELD_CSS},
		{NULL, "xpath", FIELD_XPATH},
		{NULL, "jq", FIELD_JQ},
		{NULL, "meta", FIELD_META},
		{NULL, "each_jq", FIELD_JQ},
	};
	const char *text;

	*query = (struct query){0};
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (json_path_text(&r->place, object, kinds[i].key, &text))
			return -1;
		if (text && query->text)
			return fail_here(r, "has more than one of \"select\", "
					    "\"each\", \"xpath\", \"jq\", "
					    "\"each_jq\" and \"meta\"");
		if (text) {
			*query = kinds[i];
			query->text = text;
		}
	}
	if (!query->text)
		return fail_here(r, "needs one of \"select\", \"each\", "
				    "\"xpath\", \"jq\", \"each_jq\" and "
				    "\"meta\"");
	return 0;
}

static int read_default(struct field *field, json_t *object)
{
	json_t *value = json_object_get(object, "default");

	/* The text is allocated by malloc(), because jansson is not given
	 * another allocator here. */
	if (value)
		field->fallback = json_dumps(value, JSON_ENCODE_ANY |
							    JSON_COMPACT);
	return 0;
}

static int read_type(struct reading *r, struct field *field, json_t *object)
{
	const bool is_url = field->type == VALUE_URL;
	const char *type;

	if (json_path_text(&r->place, object, "type", &type))
		return -1;
	if (type && is_url && strcmp(type, "url") != 0)
		return fail_here(r, "\"type\" contradicts ::url");
	if (!type || !value_type_by_name(type, &field->type))
		return 0;
	json_path_enter(&r->place, "type");
	return fail_here(r, "must be one of \"string\", \"number\", "
			    "\"integer\", \"url\" and \"date\"");
}

static int read_regex(struct reading *r, struct field *field, json_t *object)
{
	const size_t start = r->place.why->len;
	const char *regex;

	if (json_path_text(&r->place, object, "regex", &regex))
		return -1;
	if (!regex || !schema_regex(r->x, field, regex, r->place.why))
		return 0;
	json_path_enter(&r->place, "regex");
	return json_path_fail_since(&r->place, start);
}

/* Reads the object `fields`. plain: the kind of a field that is defined by a
 * string. */
static int read_fields(struct reading *r, struct fields *to, json_t *object,
		       enum field_kind plain);

static int read_inside(struct reading *r, struct field *field, json_t *object)
{
	json_t *fields = json_object_get(object, "fields");

	if (!fields)
		return 0;
	if (field->kind == FIELD_META)
		return fail_here(r, "\"fields\" cannot be looked up in "
				    "metadata: give each a path of its own");
	if (field->regex || json_object_get(object, "type"))
		return fail_here(r, "\"fields\" make an object, which has no "
				    "\"type\" and no \"regex\"");
	if (r->depth == MAX_DEPTH)
		return fail_here(r, "\"fields\" are nested too deep");
	return read_fields(r, schema_inside(r->x, field), fields,
			   field->kind == FIELD_JQ ? FIELD_JQ : FIELD_CSS);
}

/* Reads all members of a field except its query. */
static int read_details(struct reading *r, struct field *field, json_t *object)
{
	if (json_path_flag(&r->place, object, "all", &field->all) ||
	    json_path_flag(&r->place, object, "required", &field->required) ||
	    read_type(r, field, object) || read_regex(r, field, object) ||
	    read_default(field, object))
		return -1;
	return read_inside(r, field, object);
}

static int add_field(struct reading *r, struct fields *to, const char *name,
		     const struct query *query, struct field **field)
{
	const size_t start = r->place.why->len;

	if (!schema_add(r->x, to, name, query->kind, query->text, field,
			    r->place.why))
		return 0;
	if (query->key)
		json_path_enter(&r->place, query->key);
	return json_path_fail_since(&r->place, start);
}

static int read_field(struct reading *r, struct fields *to, const char *name,
		      json_t *value, enum field_kind plain)
{
	struct query query = {.kind = plain};
	struct field *field;

	if (json_is_string(value)) {
		query.text = json_string_value(value);
		return add_field(r, to, name, &query, &field);
	}
	if (!json_is_object(value))
		return fail_here(r, plain == FIELD_JQ
					    ? "must be a jq filter or an object"
					    : "must be a CSS selector or an "
					      "object");
	if (json_path_keys(&r->place, value, field_keys) ||
	    get_query(r, value, &query) ||
	    add_field(r, to, name, &query, &field))
		return -1;
	if (!strncmp(query.key, "each", 4)) {
		field->all = true;
		if (!json_object_get(value, "fields"))
			return json_path_failf(&r->place, "\"%s\" needs "
					       "\"fields\"", query.key);
	}
	return read_details(r, field, value);
}

static int read_fields(struct reading *r, struct fields *to, json_t *object,
		       enum field_kind plain)
{
	const size_t before = json_path_enter(&r->place, "fields");
	const char *name;
	json_t *value;

	if (!json_is_object(object) || !json_object_size(object))
		return fail_here(r, "must be an object with a member for each "
				    "field");
	r->depth++;
	json_object_foreach(object, name, value) {
		const size_t here = json_path_enter(&r->place, name);

		if (read_field(r, to, name, value, plain))
			return -1;
		json_path_leave(&r->place, here);
	}
	r->depth--;
	json_path_leave(&r->place, before);
	return 0;
}

static int read_each(struct reading *r, json_t *object, const char *key,
		     int (*set)(struct schema *x, const char *query,
				struct buf *why))
{
	const size_t start = r->place.why->len;
	const char *query;

	if (json_path_text(&r->place, object, key, &query))
		return -1;
	if (!query || !set(r->x, query, r->place.why))
		return 0;
	json_path_enter(&r->place, key);
	return json_path_fail_since(&r->place, start);
}

/* Reads a schema, whose keys have been checked. */
static int read_page(struct reading *r, json_t *object)
{
	json_t *fields = json_object_get(object, "fields");

	if (json_path_flag(&r->place, object, "items", &r->x->items) ||
	    read_each(r, object, "each", schema_each) ||
	    read_each(r, object, "each_jq", schema_each_jq))
		return -1;
	if (!fields)
		return fail_here(r, "needs \"fields\"");
	return read_fields(r, &r->x->fields, fields, r->x->fields.each_is_jq
							     ? FIELD_JQ
							     : FIELD_CSS);
}

json_t *schema_file_load(const char *path, struct buf *why)
{
	struct buf text = {0};
	json_t *json = NULL;

	if (!file_read(&text, path, why))
		json = json_path_load((struct slice){text.data, text.len}, why);
	buf_release(&text);
	return json;
}

int schema_file_read(struct schema *x, json_t *json, struct buf *why)
{
	struct reading r = {.x = x, .place.why = why};
	int result;

	if (!json_is_object(json))
		result = fail_here(&r, "must be an object");
	else
		result = json_path_keys(&r.place, json, page_keys);
	if (!result)
		result = read_page(&r, json);
	json_path_release(&r.place);
	return result;
}

int schema_file_read_part(struct schema *x, struct json_path *place,
			  json_t *object)
{
	struct reading r = {.x = x, .place = *place};
	const int result = read_page(&r, object);

	/* Copy the path back, because its buffer may have moved. */
	*place = r.place;
	return result;
}
