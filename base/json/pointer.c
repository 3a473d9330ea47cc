#include "base/json/pointer.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/json/string.h"

/* The walk along a pointer: json is what names up to here lead to. */
struct walk {
	json_t *json, *parent;
	struct buf name;	/* the last one: in parent */
	size_t index;		/* the same, when parent is an array */
	const char *pointer;
	struct buf *why;
};

static bool fail(struct walk *w, const char *what)
{
	const struct slice shown = {w->pointer, strlen(w->pointer)};

	buf_addf(w->why, "\"%.*s\": %s", json_shown(shown), shown.p, what);
	return false;
}

/* "~1" is "/", "~0" is "~". */
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
			return fail(w, "a ~ itself is written ~0");
		buf_addch(&w->name, *p == '0' ? '~' : '/');
	}
	*at = p;
	return true;
}

/* Digits without leading zeros. "-", the place behind the last element, has
 * nothing in it. */
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

static bool enter(struct walk *w)
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
	fail(w, "there is no \"");
	buf_addf(w->why, "%.*s\" (what is to be set must be there, as null)",
		 json_shown(shown), shown.p);
	return false;
}

/* w->name is to be released, whatever the result. */
static bool walk(struct walk *w)
{
	const char *at = w->pointer;

	if (*at && *at != '/')
		return fail(w, "a JSON pointer begins with \"/\"");
	while (*at)
		if (!read_name(w, &at) || !enter(w))
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

static bool set(struct walk *w, const char *text)
{
	json_t *value;

	if (!w->parent)
		return fail(w, "is the whole, of which no part is named");
	value = json_loads(text, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	if (!value)
		return fail(w, "the value cannot be read as JSON");
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
	const bool done = walk(&w) && set(&w, text);

	buf_release(&w.name);
	return done ? 0 : -1;
}
