/* Members of records mostly come in the same order, so the search for a member
 * begins behind the member found last. */
#include "cmd/table/scan.h"

#include <string.h>

#include "base/json/compact.h"
#include "base/json/string.h"

/* Returns the type of a value that is not null. */
static enum column_type type_of(struct slice value)
{
	switch (value.p[0]) {
	case '"':
		return COLUMN_TEXT;
	case 't':
	case 'f':
		return COLUMN_BOOLEAN;
	case '{':
	case '[':
		return COLUMN_JSON;
	default:
		break;
	}
	for (size_t i = 0; i < value.len; i++)
		if (strchr(".eE", value.p[i]))
			return COLUMN_NUMBER;
	return COLUMN_INTEGER;
}

/* Returns the type of a column that has values of both types. */
static enum column_type common_type(enum column_type a, enum column_type b)
{
	if (a == b)
		return a;
	if ((a == COLUMN_INTEGER && b == COLUMN_NUMBER) ||
	    (a == COLUMN_NUMBER && b == COLUMN_INTEGER))
		return COLUMN_NUMBER;
	return COLUMN_ANY;
}

static void note_value(struct shape *member, struct slice value)
{
	const enum column_type type = type_of(value);

	member->is_open |= value.p[0] == '{' && !member->len;
	if (member->has_fixed_type)
		return;
	member->type = member->has_values ? common_type(member->type, type)
					  : type;
	member->has_values = true;
}

/* Returns true for the objects whose members are columns: data, and input (the
 * other columns of a list that was a table, which may have other names). */
static bool has_columns(struct scan *s, const struct shape *object,
			struct shape *member)
{
	if (object != s->shape)
		return false;
	if (!strcmp(member->name, "input"))
		member->is_flat = true;
	return member->is_flat || !strcmp(member->name, "data");
}

/* Notes a value that will have no column, because it came after the columns
 * were made. */
static void note_late(struct scan *s, const struct shape *object,
		      struct slice name)
{
	struct buf path = {0};

	if (s->late.len == SCAN_MAX_LATE)
		return;
	if (object != s->shape)
		buf_addf(&path, "%s.", object->name);
	buf_add(&path, name.p, name.len);
	/* A NUL would end the name in a message: cut the name there. */
	path.len = strlen(buf_cstr(&path));
	if (!shape_member(&s->late, slice_of(&path)))
		shape_add(&s->late, slice_of(&path), COLUMN_ANY);
	buf_release(&path);
}

/* Returns the member of that name, or NULL. The search begins at *next. */
static struct shape *find(const struct shape *object, struct slice name,
			  size_t *next)
{
	for (size_t i = 0; i < object->len; i++) {
		const size_t n = (*next + i) % object->len;

		if (!slice_is(name, object->list[n].name))
			continue;
		*next = n + 1;
		return &object->list[n];
	}
	return NULL;
}

static struct slice decoded(struct scan *s, struct slice key)
{
	if (!key.len || !memchr(key.p, '\\', key.len))
		return key;
	buf_clear(&s->key);
	json_string_text(&s->key, json_quoted(key));
	return slice_of(&s->key);
}

/* Returns the member of that name; adds it if it is new. Returns NULL if it
 * came too late. A name with a NUL cannot be the name of a column. */
static struct shape *member_of(struct scan *s, struct shape *object,
			       struct slice key, size_t *next)
{
	const struct slice name = decoded(s, key);
	struct shape *member = find(object, name, next);

	if (member && !member->needs)
		return member;
	if (member && !s->is_closed) {
		shape_grant(object, member->needs);
		return member;
	}
	if (s->is_closed || s->values == SCAN_MAX_VALUES ||
	    (name.len && memchr(name.p, '\0', name.len))) {
		note_late(s, object, name);
		return NULL;
	}
	s->values++;
	member = shape_add(object, name, COLUMN_ANY);
	member->use = SHAPE_ASKED;
	*next = object->len;
	return member;
}

static bool is_null(struct slice value)
{
	return value.p[0] == 'n';
}

/* Returns true if the value matters: a late null, which has no column, is not a
 * loss. */
static bool is_of_interest(const struct scan *s, struct slice value)
{
	return !s->is_closed || !is_null(value);
}

static void add_members(struct scan *s, struct shape *object,
			struct slice text)
{
	struct slice key, value;
	size_t at = 0, next = 0;

	while (json_next(text, &at, &key, &value)) {
		struct shape *member;

		if (!is_of_interest(s, value))
			continue;
		member = member_of(s, object, key, &next);
		if (member)
			member->occurs = true;
		if (!member || is_null(value))
			continue;
		if (!has_columns(s, object, member))
			note_value(member, value);
		else if (value.p[0] == '{')
			add_members(s, member, value);
		else if (!slice_is(value, "[]"))	/* an empty array has no
							 * items */
			note_value(member, value);
	}
}

static void fix_types(struct shape *object)
{
	for (size_t i = 0; i < object->len; i++) {
		object->list[i].has_fixed_type = true;
		fix_types(&object->list[i]);
	}
}

void scan_init(struct scan *s)
{
	*s = (struct scan){.shape = shape_of_page()};
	fix_types(s->shape);
}

void scan_release(struct scan *s)
{
	shape_free(s->shape);
	shape_release(&s->late);
	buf_release(&s->key);
}

void scan_add(struct scan *s, struct slice record)
{
	s->records += !s->is_closed;
	add_members(s, s->shape, record);
}

static bool occurs(const struct scan *s, const char *name)
{
	const struct shape *member = shape_member(
		s->shape, (struct slice){name, strlen(name)});

	return member && member->occurs;
}

/* If the records have neither index nor data, they are not records of requests,
 * but findings, differences or lines of another program. Then only members that
 * occur become columns. */
static void drop_absent_members(struct scan *s)
{
	struct shape *shape = s->shape;

	if (!s->records || occurs(s, "index") || occurs(s, "data"))
		return;
	for (size_t i = 0; i < shape->len; i++)
		if (!shape->list[i].occurs && !shape->list[i].needs)
			shape->list[i].needs = "an index (those of requests)";
}

void scan_close(struct scan *s)
{
	struct shape *data = shape_member(s->shape, (struct slice){"data", 4});

	s->is_closed = true;
	s->has_items = !shape_member(s->shape, (struct slice){"item", 4})
				->needs;
	drop_absent_members(s);
	/* Without any record, any name may be right. */
	if (!s->records)
		s->shape->is_open = true;
	if (data && !data->len && !data->has_values)
		data->is_open = true;
}

void scan_add_late_names(struct buf *out, const struct scan *s)
{
	for (size_t i = 0; i < s->late.len; i++)
		buf_addf(out, "%s%.100s", i ? ", " : "",
			 s->late.list[i].name);
	if (s->late.len == SCAN_MAX_LATE)
		buf_addstr(out, ", ...");
}
