/* Collects all names of roles before reading the first role, so that links may
 * lead to roles that come later in the file. */
#include "cmd/options/schema/roles_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/json/path.h"
#include "base/mem.h"
#include "cmd/options/schema/schema_file.h"

static const char *const file_keys[] = {"pages", NULL};
static const char *const role_keys[] = {
	"each", "each_jq", "items", "fields", "follow", "carry", NULL,
};

/* The state of reading a file. */
struct reading {
	struct roles *roles;
	struct json_path place;
};

/* Reports that a word is not in the list of allowed words; frees the list. */
static int fail_word(struct reading *r, const char *what, const char *word,
		     const char **known)
{
	json_path_fail_word(&r->place, what, word, known);
	free(known);
	return -1;
}

/* Returns the names of all roles, to be freed. */
static const char **role_names(const struct roles *roles)
{
	const char **names = xcalloc(roles->count + 1, sizeof(*names));

	for (size_t i = 0; i < roles->count; i++)
		names[i] = roles->list[i].name;
	return names;
}

/* Returns the names of all fields that pages of the role can have, to be
 * freed. */
static const char **field_names(const struct role *role)
{
	const struct fields *fields = role->schema ? &role->schema->fields
						   : NULL;
	const size_t own = fields ? fields->count : 0;
	const char **names = xcalloc(own + role->brought_count + 1,
				     sizeof(*names));

	for (size_t i = 0; i < own; i++)
		names[i] = fields->list[i].name;
	for (size_t i = 0; i < role->brought_count; i++)
		names[own + i] = role->brought[i];
	return names;
}

static int read_names(struct reading *r, json_t *pages)
{
	const char *name;
	json_t *value;

	if (!json_is_object(pages) || !json_object_size(pages))
		return json_path_fail(&r->place, "must be an object with a "
				      "member for each role");
	if (json_object_size(pages) > ROLES_MAX)
		return json_path_failf(&r->place, "over %d roles", ROLES_MAX);
	json_object_foreach(pages, name, value) {
		const size_t here = json_path_enter(&r->place, name);

		if (!role_name_is_valid((struct slice){name, strlen(name)}))
			return json_path_fail(&r->place, "a role is called by "
					      "letters, digits, _ and -, and "
					      "begins with a letter");
		roles_add(r->roles, name);
		json_path_leave(&r->place, here);
	}
	return 0;
}

static int read_selector(struct reading *r, struct role *role,
			 const char *name, json_t *value)
{
	const size_t start = r->place.why->len;
	const int to = roles_find(r->roles,
				  (struct slice){name, strlen(name)});

	json_path_enter(&r->place, name);
	if (to < 0)
		return fail_word(r, "there is no role of that name", name,
				 role_names(r->roles));
	if (!json_is_string(value))
		return json_path_fail(&r->place, "must be a CSS selector");
	if (role_add_follow(role, json_string_value(value), (unsigned)to,
			    r->place.why))
		return json_path_fail_since(&r->place, start);
	return 0;
}

static int read_follow(struct reading *r, struct role *role, json_t *object)
{
	const size_t before = json_path_enter(&r->place, "follow");
	const size_t here = r->place.path.len;
	const char *name;
	json_t *value;

	if (!json_is_object(object))
		return json_path_fail(&r->place, "must be an object: for each "
				      "role, the selector of the links to its "
				      "pages");
	if (role->schema && role->schema->fields.each_is_jq)
		return json_path_fail(&r->place, "finds links in HTML and XML, "
				      "but \"each_jq\" is for JSON");
	json_object_foreach(object, name, value) {
		if (read_selector(r, role, name, value))
			return -1;
		json_path_leave(&r->place, here);
	}
	json_path_leave(&r->place, before);
	return 0;
}

static int read_carry(struct reading *r, struct role *role, json_t *array)
{
	const size_t before = json_path_enter(&r->place, "carry");
	size_t i;
	json_t *value;

	if (!json_is_array(array))
		return json_path_fail(&r->place, "must be an array of names of "
				      "fields");
	if (!role->follow_count)
		return json_path_fail(&r->place, "needs \"follow\": fields go "
				      "along with links");
	json_array_foreach(array, i, value) {
		if (!json_is_string(value))
			return json_path_fail(&r->place, "must be an array of "
					      "names of fields");
		role_add_carry(role, json_string_value(value));
	}
	json_path_leave(&r->place, before);
	return 0;
}

static int read_schema(struct reading *r, struct role *role, json_t *object)
{
	const size_t start = r->place.why->len;

	if (!json_object_get(object, "fields") &&
	    !json_object_get(object, "each") &&
	    !json_object_get(object, "each_jq") &&
	    !json_object_get(object, "items"))
		return 0;
	role->schema = schema_new();
	if (schema_file_read_part(role->schema, &r->place, object))
		return -1;
	return schema_finish(role->schema, r->place.why)
		       ? json_path_fail_since(&r->place, start) : 0;
}

static int read_role(struct reading *r, struct role *role, json_t *object)
{
	json_t *follow, *carry;

	if (!json_is_object(object))
		return json_path_fail(&r->place, "must be an object");
	if (json_path_keys(&r->place, object, role_keys) ||
	    read_schema(r, role, object))
		return -1;
	follow = json_object_get(object, "follow");
	carry = json_object_get(object, "carry");
	if (follow && read_follow(r, role, follow))
		return -1;
	return carry ? read_carry(r, role, carry) : 0;
}

/* Checks that each carried field is a field of the role's pages. */
static int check_carried(struct reading *r)
{
	size_t field = 0;
	const int number = roles_finish(r->roles, &field);
	const struct role *role;

	if (number < 0)
		return 0;
	role = &r->roles->list[number];
	json_path_enter(&r->place, role->name);
	json_path_enter(&r->place, "carry");
	json_path_enter(&r->place, role->carry[field].name);
	return fail_word(r, "these pages have no field of that name, and none "
			 "is carried to them", role->carry[field].name,
			 field_names(role));
}

static int read_roles(struct reading *r, json_t *pages)
{
	unsigned i = 0;
	const char *name;
	json_t *value;

	json_path_enter(&r->place, "pages");
	if (read_names(r, pages))
		return -1;
	json_object_foreach(pages, name, value) {
		const size_t here = json_path_enter(&r->place, name);

		if (read_role(r, &r->roles->list[i++], value))
			return -1;
		json_path_leave(&r->place, here);
	}
	return check_carried(r);
}

int roles_file_read(struct roles *roles, json_t *json, struct buf *why)
{
	struct reading r = {.roles = roles, .place.why = why};
	int result = json_path_keys(&r.place, json, file_keys);

	roles->is_from_file = true;
	if (!result)
		result = read_roles(&r, json_object_get(json, "pages"));
	json_path_release(&r.place);
	return result;
}
