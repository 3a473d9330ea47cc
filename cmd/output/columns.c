/* The columns that a table has if the user chooses none, and the cells of a
 * record. */
#include "cmd/output/columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/json/string.h"
#include "base/mem.h"
#include "cmd/output/column_names.h"

/* State while columns are added. */
struct adding {
	struct columns *columns;
	const struct shape *shape;
	int (*same)(const char *a, const char *b);
	struct buf *why;
};

/* Adds a column; takes ownership of the name. Returns 0; or -1 after adding the
 * reason to why. */
static int add_column(struct adding *a, char *name,
		      const struct value_path *path)
{
	struct columns *c = a->columns;
	ptrdiff_t twin;

	for (size_t i = 0; i < c->len; i++) {
		if (a->same(c->list[i].name, name) != 0)
			continue;
		buf_addf(a->why, "two columns would be called \"%.100s\"",
			 name);
		free(name);
		return -1;
	}
	c->list = xrealloc(c->list, (c->len + 1) * sizeof(*c->list));
	twin = key_tree_add(&c->keys, path->keys, path->len,
			    (ptrdiff_t)c->len);
	c->list[c->len++] = (struct column){name, path->type};
	if (twin == KEY_TREE_NONE)
		return 0;
	buf_addf(a->why, "\"%.100s\" and \"%.100s\" are the same value",
		 c->list[twin].name, name);
	return -1;
}

static int add_chosen(struct adding *a, const char *names)
{
	struct buf name = {0};
	struct value_path path;
	int err = 0;

	while (*names && !err) {
		err = column_names_next(&names, &name, a->why);
		if (!err)
			err = column_names_find(a->shape, slice_of(&name),
						&path, a->why);
		if (!err)
			err = add_column(a, xstrdup(buf_cstr(&name)), &path);
	}
	buf_release(&name);
	return err;
}

/* Returns true if there is a field with the name of a column. */
static bool is_field(const struct adding *a, const char *name)
{
	const struct shape *fields = shape_fields(a->shape);

	for (size_t i = 0; fields && i < fields->len; i++)
		if (!a->same(fields->list[i].name, name))
			return true;
	return false;
}

/* Adds a column for a member of the record; if part is not NULL, for the member
 * `part` of the object that this member is. */
static int add_own_column(struct adding *a, const struct shape *member,
			  const struct shape *part)
{
	struct value_path path = {
		.keys = {{member->name, strlen(member->name)}},
		.len = 1,
		.type = part ? part->type : member->type,
	};
	char *name, *other;

	if (part)
		path.keys[path.len++] = (struct slice){part->name,
						       strlen(part->name)};
	name = xasprintf("%s%s%s", member->name, part ? "_" : "",
			 part ? part->name : "");
	if (is_field(a, name)) {
		other = xasprintf(COLUMN_NAMES_OWN "%s", name);
		free(name);
		name = other;
	}
	return add_column(a, name, &path);
}

static int add_member(struct adding *a, const struct shape *member)
{
	int err = 0;

	if (member->needs)
		return 0;
	if (!member->is_flat || member->has_values)
		err = add_own_column(a, member, NULL);
	for (size_t i = 0; member->is_flat && i < member->len && !err; i++)
		err = add_own_column(a, member, &member->list[i]);
	return err;
}

static int add_fields(struct adding *a, const struct shape *data)
{
	int err = 0;

	for (size_t i = 0; i < data->len && !err; i++) {
		const struct shape *field = &data->list[i];

		err = add_column(a, xstrdup(field->name), &(struct value_path){
			.keys = {{data->name, strlen(data->name)},
				 {field->name, strlen(field->name)}},
			.len = 2,
			.type = field->type,
		});
	}
	return err;
}

/* Adds the members with that use, except data. */
static int add_members(struct adding *a, enum shape_use use)
{
	int err = 0;

	for (size_t i = 0; i < a->shape->len && !err; i++) {
		const struct shape *member = &a->shape->list[i];

		if (member->use == use && strcmp(member->name, "data") != 0)
			err = add_member(a, member);
	}
	return err;
}

static int add_all(struct adding *a)
{
	const struct shape *record = a->shape;
	const struct shape *fields = shape_fields(record);
	const struct shape *data = shape_member(record,
						(struct slice){"data", 4});

	/* Without fields, columns have the order of the record's members. */
	if (!data) {
		for (size_t i = 0; i < record->len; i++)
			if (add_member(a, &record->list[i]))
				return -1;
		return 0;
	}
	if (add_members(a, SHAPE_ALWAYS))
		return -1;
	if (fields && add_fields(a, fields))
		return -1;
	/* data needs a column of its own if it is an array, or is an object in
	 * some records only. */
	if ((!fields || !fields->len || data->has_values) &&
	    add_own_column(a, data, NULL))
		return -1;
	return add_members(a, SHAPE_ASKED);
}

struct columns *columns_new(const struct shape *shape, const char *names,
			    int (*same)(const char *a, const char *b),
			    struct buf *why)
{
	struct columns *c = xcalloc(1, sizeof(*c));
	struct adding a = {c, shape, same, why};

	c->keys.column = KEY_TREE_NONE;
	if (!(names ? add_chosen(&a, names) : add_all(&a)))
		return c;
	columns_free(c);
	return NULL;
}

void columns_free(struct columns *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->len; i++)
		free(c->list[i].name);
	free(c->list);
	key_tree_release(&c->keys);
	free(c);
}

void columns_read(const struct columns *c, struct slice line,
		  struct slice *values)
{
	memset(values, 0, c->len * sizeof(*values));
	key_tree_read(&c->keys, line, values);
}

bool columns_find(const struct columns *c, const char *member, size_t *at)
{
	for (size_t i = 0; i < c->keys.len; i++) {
		const struct key_tree *k = &c->keys.list[i];

		if (k->column == KEY_TREE_NONE || strcmp(k->key, member) != 0)
			continue;
		*at = (size_t)k->column;
		return true;
	}
	return false;
}

void columns_add_text(struct buf *out, struct slice value)
{
	struct json_text text;

	if (!value.p || (value.len == 4 && !memcmp(value.p, "null", 4)))
		return;
	if (json_is_text(value) && json_text_read(&text, value)) {
		buf_add(out, text.text.p, text.text.len);
		json_text_release(&text);
		return;
	}
	buf_add(out, value.p, value.len);
}
