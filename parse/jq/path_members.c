/* Reads the members of an object in libjq's order and without duplicates. */
#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/json/string.h"
#include "base/mem.h"
#include "parse/jq/path_node.h"

static bool has_escape(struct slice raw)
{
	return raw.len && memchr(raw.p, '\\', raw.len);
}

static int compare_names(struct slice a, struct slice b)
{
	const size_t len = a.len < b.len ? a.len : b.len;
	const int order = len ? memcmp(a.p, b.p, len) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* Orders members by name, and members with the same name by their position in
 * the object. */
static int compare_members(const void *a, const void *b)
{
	struct path_member *const x = *(struct path_member *const *)a;
	struct path_member *const y = *(struct path_member *const *)b;
	const int order = compare_names(x->key, y->key);

	return order ? order : (x > y) - (x < y);
}

static void read_all(struct path_members *m, struct slice object)
{
	struct path_member member = {0};

	for (size_t at = 0;
	     json_next(object, &at, &member.name, &member.value);) {
		member.key = member.name;
		buf_add(&m->list, &member, sizeof(member));
		m->count++;
	}
}

/* Decodes the names that have escapes. Pointers into the buffer of names are
 * set at the end, because it moves while it grows. */
static void decode_names(struct path_members *m)
{
	struct path_member *list = (struct path_member *)m->list.data;
	size_t at = 0;

	for (size_t i = 0; i < m->count; i++) {
		const size_t before = m->names.len;

		if (!has_escape(list[i].name))
			continue;
		json_string_text(&m->names, json_quoted(list[i].name));
		list[i].key = (struct slice){NULL, m->names.len - before};
	}
	for (size_t i = 0; i < m->count; i++) {
		if (list[i].key.p)
			continue;
		list[i].key.p = slice_of(&m->names).p + at;
		at += list[i].key.len;
	}
}

/* Of several members with the same name, gives the first one the value of the
 * last one, and marks the others by a name of NULL. Returns true if any were
 * marked. */
static bool join_duplicates(struct path_member **order, size_t count)
{
	bool found = false;

	for (size_t i = 0, first = 0; i < count; i++) {
		if (!i || compare_names(order[i]->key, order[first]->key)) {
			first = i;
			continue;
		}
		order[first]->value = order[i]->value;
		order[i]->name.p = NULL;
		found = true;
	}
	return found;
}

static void drop_marked(struct path_members *m)
{
	struct path_member *list = (struct path_member *)m->list.data;
	size_t kept = 0;

	for (size_t i = 0; i < m->count; i++)
		if (list[i].name.p)
			list[kept++] = list[i];
	m->count = kept;
}

void path_members_read(struct path_members *m, struct slice object)
{
	struct path_member **order;
	struct path_member *list;

	read_all(m, object);
	if (m->count < 2)
		return;
	decode_names(m);
	list = (struct path_member *)m->list.data;
	order = xmalloc(m->count * sizeof(struct path_member *));
	for (size_t i = 0; i < m->count; i++)
		order[i] = &list[i];
	qsort(order, m->count, sizeof(*order), compare_members);
	if (join_duplicates(order, m->count))
		drop_marked(m);
	free(order);
}

void path_members_release(struct path_members *m)
{
	buf_release(&m->list);
	buf_release(&m->names);
	*m = (struct path_members){0};
}
