/* Finds and replaces values by JSON pointers. */
#include "base/json/pointer.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/json/string.h"

/* State while a pointer is followed; json is the value reached so far. */
struct walk {
	json_t *json, *parent;
	struct buf name;	/* the last name read: json is parent's member
				 * of that name */
	size_t index;		/* the last name as a number, if parent is an
				 * array */
	const char *pointer;
	struct buf *why;
};

static bool fail_walk(struct walk *w, const char *what)
{
	const struct slice shown = {w->pointer, strlen(w->pointer)};

	buf_addf(w->why, "\"%.*s\": %s", json_shown_length(shown), shown.p,
		 what);
	return false;
}

/* Reads one name; "~1" stands for "/" and "~0" for "~". */
static bool read_name(struct walk *w, const char **at)
{
	const char *p = *at + 1;

	buf_clear(&w->name);
	for (; *p && *p != '/'; p++) {
		if (*p != '~') {
			buf_addch(&w->name, *p);
			continue;
		}
		p++;
		if (*p != '0' && *p != '1')
			return fail_walk(w, "a ~ itself is written ~0");
		buf_addch(&w->name, *p == '0' ? '~' : '/');
	}
	*at = p;
	return true;
}

/* Reads an index: digits without leading zeros. Returns false for "-", which
 * means the position after the last element, because there is no value. */
static bool read_index(struct walk *w)
{
	const struct buf *name = &w->name;
	size_t n = 0;

	if (!name->len || (name->len > 1 && name->data[0] == '0'))
		return false;
	for (size_t i = 0; i < name->len; i++) {
		if (name->data[i] < '0' || name->data[i] > '9')
			return false;
		n = n * 10 + (size_t)(name->data[i] - '0');
		if (n >= json_array_size(w->parent))
			return false;
	}
	w->index = n;
	return true;
}

static bool enter_value(struct walk *w)
{
	const char *name = buf_cstr(&w->name);
	const struct slice shown = {name, w->name.len};

	w->parent = w->json;
	w->json = NULL;
	if (json_is_array(w->parent) && read_index(w))
		w->json = json_array_get(w->parent, w->index);
	else if (json_is_object(w->parent))
		w->json = json_object_get(w->parent, name);
	if (w->json)
		return true;
	fail_walk(w, "there is no \"");
	buf_addf(w->why, "%.*s\" (a member to be set must exist, as null)",
		 json_shown_length(shown), shown.p);
	return false;
}

/* Follows the pointer. The caller releases w->name in any case. */
static bool walk(struct walk *w)
{
	const char *at = w->pointer;

	if (*at && *at != '/')
		return fail_walk(w, "a JSON pointer begins with \"/\"");
	while (*at)
		if (!read_name(w, &at) || !enter_value(w))
			return false;
	return true;
}

json_t *json_pointer_find(json_t *json, const char *pointer, struct buf *why)
{
	struct walk w = {.json = json, .pointer = pointer, .why = why};
	const bool found = walk(&w);

	buf_release(&w.name);
	return found ? w.json : NULL;
}

static bool replace_value(struct walk *w, const char *text)
{
	json_t *value;

	if (!w->parent)
		return fail_walk(w,
				 "is the whole document, not a member of it");
	value = json_loads(text, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	if (!value)
		return fail_walk(w, "the value cannot be read as JSON");
	if (json_is_array(w->parent))
		json_array_set_new(w->parent, w->index, value);
	else
		json_object_set_new(w->parent, buf_cstr(&w->name), value);
	return true;
}

int json_pointer_set(json_t *json, const char *pointer, const char *text,
		     struct buf *why)
{
	struct walk w = {.json = json, .pointer = pointer, .why = why};
	const bool done = walk(&w) && replace_value(&w, text);

	buf_release(&w.name);
	return done ? 0 : -1;
}
