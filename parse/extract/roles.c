/* Builds roles, and finds out which fields links can carry to which roles. */
#include "parse/extract/roles.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/json/compact.h"
#include "base/mem.h"
#include "parse/css/match.h"
#include "parse/extract/schema.h"

struct roles *roles_new(void)
{
	return xcalloc(1, sizeof(struct roles));
}

static void role_release(struct role *role)
{
	for (size_t i = 0; i < role->follow_count; i++) {
		css_set_free(role->follow[i].set);
		css_free(role->follow[i].css);
		free(role->follow[i].query);
		free(role->follow[i].lower_attr);
	}
	for (size_t i = 0; i < role->carry_count; i++) {
		free(role->carry[i].name);
		free((char *)role->carry[i].key.p);
	}
	free(role->follow);
	free(role->carry);
	free(role->brought);
	free(role->name);
	schema_free(role->schema);
}

void roles_free(struct roles *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->count; i++)
		role_release(&r->list[i]);
	free(r->list);
	free(r);
}

bool role_name_is_valid(struct slice name)
{
	for (size_t i = 0; i < name.len; i++) {
		const char c = name.p[i];
		const bool may_begin = ascii_is_letter(c) || c == '_';

		if (!may_begin && (!i || (!ascii_is_digit(c) && c != '-')))
			return false;
	}
	return name.len > 0;
}

unsigned roles_add(struct roles *r, const char *name)
{
	r->list = xgrow(r->list, r->count, 1, sizeof(*r->list));
	r->list[r->count] = (struct role){
		.name = name ? xstrdup(name) : NULL,
		.has_rows = true,
	};
	return (unsigned)r->count++;
}

int roles_find(const struct roles *r, struct slice name)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->list[i].name && slice_is(name, r->list[i].name))
			return (int)i;
	return -1;
}

const char *roles_name(const struct roles *r, unsigned number)
{
	return r && number < r->count ? r->list[number].name : NULL;
}

static char *lower_copy(const char *s)
{
	char *copy = s ? xstrdup(s) : NULL;

	for (char *p = copy; p && *p; p++)
		*p = ascii_lower(*p);
	return copy;
}

int role_add_follow(struct role *role, const char *query, unsigned to,
		    struct buf *why)
{
	struct css *css = schema_compile_css(query, why);
	struct role_follow *follow;
	const char *attr = NULL;

	if (!css)
		return -1;
	if (css_take(css, &attr) == CSS_TAKE_HTML) {
		css_free(css);
		buf_addstr(why, "a link is an element, ::attr() or ::text, not "
				"::html");
		return -1;
	}
	role->follow = xgrow(role->follow, role->follow_count, 1,
			     sizeof(*role->follow));
	follow = &role->follow[role->follow_count++];
	*follow = (struct role_follow){
		.query = xstrdup(query),
		.css = css,
		.set = css_set_new(),
		.lower_attr = lower_copy(attr),
		.to = to,
	};
	css_set_add(follow->set, css, true);
	return 0;
}

void role_add_carry(struct role *role, const char *name)
{
	struct buf key = {0};
	size_t len;

	json_add_string(&key, name, strlen(name));
	len = key.len - 2;
	/* Removes the quotes, because json_next() returns names without
	 * quotes. */
	memmove(key.data, key.data + 1, len);
	role->carry = xgrow(role->carry, role->carry_count, 1,
			    sizeof(*role->carry));
	role->carry[role->carry_count++] = (struct role_field){
		.name = xstrdup(name),
		.key = {buf_detach(&key), len},
	};
}

static bool has_own_field(const struct role *role, const char *name)
{
	const struct fields *fields = role->schema ? &role->schema->fields
						   : NULL;

	for (size_t i = 0; fields && i < fields->count; i++)
		if (!strcmp(fields->list[i].name, name))
			return true;
	return false;
}

static bool is_brought(const struct role *role, const char *name)
{
	for (size_t i = 0; i < role->brought_count; i++)
		if (!strcmp(role->brought[i], name))
			return true;
	return false;
}

/* Adds the field to the brought fields of all roles that links of the role
 * `from` lead to. Returns true if it was new to one of them. */
static bool bring(struct roles *r, const struct role *from, const char *name)
{
	bool is_new = false;

	for (size_t i = 0; i < from->follow_count; i++) {
		struct role *to = &r->list[from->follow[i].to];

		if (has_own_field(to, name) || is_brought(to, name))
			continue;
		to->brought = xgrow(to->brought, to->brought_count, 1,
				    sizeof(*to->brought));
		to->brought[to->brought_count++] = name;
		is_new = true;
	}
	return is_new;
}

/* Brings the fields of each role to the roles that are one link away. Returns
 * true if any field was new to its role. */
static bool bring_further(struct roles *r)
{
	bool is_new = false;

	for (size_t i = 0; i < r->count; i++) {
		struct role *role = &r->list[i];

		for (size_t k = 0; k < role->carry_count; k++) {
			const char *name = role->carry[k].name;

			if (has_own_field(role, name) || is_brought(role, name))
				is_new |= bring(r, role, name);
		}
	}
	return is_new;
}

int roles_finish(struct roles *r, size_t *field)
{
	while (bring_further(r))
		;
	for (size_t i = 0; i < r->count; i++) {
		const struct role *role = &r->list[i];

		for (size_t k = 0; k < role->carry_count; k++) {
			const char *name = role->carry[k].name;

			if (has_own_field(role, name) || is_brought(role, name))
				continue;
			*field = k;
			return (int)i;
		}
	}
	return -1;
}

static struct slice find_member(struct slice object, struct slice key)
{
	struct slice name, value;
	size_t at = 0;

	while (json_next(object, &at, &name, &value))
		if (name.len == key.len && !memcmp(name.p, key.p, key.len))
			return value;
	return (struct slice){0};
}

bool role_add_carried(struct buf *out, const struct role *from,
		      const struct role *to, struct slice own,
		      struct slice brought)
{
	const size_t start = out->len;
	bool is_complete = true;

	for (size_t i = 0; i < from->carry_count; i++) {
		const struct role_field *f = &from->carry[i];
		struct slice value = find_member(own, f->key);

		if (has_own_field(to, f->name))
			continue;
		if (!value.len)
			value = find_member(brought, f->key);
		if (!value.len)
			continue;
		if (out->len - start + f->key.len + value.len + 8 >
		    CARRIED_MAX) {
			is_complete = false;
			continue;
		}
		buf_addstr(out, out->len == start ? "{\"" : ",\"");
		buf_add(out, f->key.p, f->key.len);
		buf_addstr(out, "\":");
		buf_add(out, value.p, value.len);
	}
	if (out->len > start)
		buf_addch(out, '}');
	return is_complete;
}

/* Appends the object with the given members added in front of its own. */
static void add_joined(struct buf *out, struct slice members,
		       struct slice object)
{
	buf_addch(out, '{');
	buf_add(out, members.p, members.len);
	if (object.len > 2)
		buf_addch(out, ',');
	buf_add(out, object.p + 1, object.len - 1);
}

bool carried_add_to_data(struct buf *data, struct slice carried, size_t max)
{
	/* The members of the object, without its braces. */
	const struct slice members = {carried.p + 1, carried.len - 2};
	const struct slice all = slice_of(data);
	struct buf with = {0};
	struct slice name, object;
	size_t at = 0;

	if (carried.len <= 2)
		return true;
	if (!all.len) {
		buf_add(&with, carried.p, carried.len);
	} else if (all.p[0] == '{') {
		add_joined(&with, members, all);
	} else {
		buf_addch(&with, '[');
		while (with.len <= max && json_next(all, &at, &name, &object)) {
			if (with.len > 1)
				buf_addch(&with, ',');
			add_joined(&with, members, object);
		}
		buf_addch(&with, ']');
	}
	if (with.len > max) {
		buf_release(&with);
		return false;
	}
	buf_release(data);
	*data = with;
	return true;
}
