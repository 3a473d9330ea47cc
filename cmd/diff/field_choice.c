/* The lists have few names, so they are searched from the beginning. */
#include "cmd/diff/field_choice.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Returns true if the path is that of the name, or of a member inside of it. */
static bool is_inside(struct slice path, struct slice name)
{
	return path.len >= name.len && !memcmp(path.p, name.p, name.len) &&
	       (path.len == name.len || path.p[name.len] == '.');
}

/* Returns true if the names have the path, or a member around it. */
static bool names_cover(const struct field_names *names, struct slice path)
{
	for (size_t i = 0; i < names->len; i++)
		if (is_inside(path, names->list[i]))
			return true;
	return false;
}

/* Returns true if the names have a member inside of the path. */
static bool names_enter(const struct field_names *names, struct slice path)
{
	for (size_t i = 0; i < names->len; i++)
		if (is_inside(names->list[i], path))
			return true;
	return false;
}

bool field_names_add(struct field_names *names, const char *text)
{
	for (const char *end; text; text = *end ? end + 1 : NULL) {
		struct slice name;

		end = strchrnul(text, ',');
		name = slice_trim((struct slice){text, (size_t)(end - text)},
				  " ");
		if (!name.len)
			return false;
		names->list = xgrow(names->list, names->len, 1,
				    sizeof(*names->list));
		names->list[names->len++] = name;
	}
	return true;
}

enum field_use field_choice_of(const struct field_choice *c, struct slice path)
{
	if (names_cover(&c->ignored, path))
		return FIELD_LEFT_OUT;
	if (c->chosen.len && !names_cover(&c->chosen, path))
		return names_enter(&c->chosen, path) ? FIELD_INSIDE
						     : FIELD_LEFT_OUT;
	return names_enter(&c->ignored, path) ? FIELD_MOSTLY : FIELD_CHOSEN;
}

void field_choice_release(struct field_choice *c)
{
	free(c->chosen.list);
	free(c->ignored.list);
	*c = (struct field_choice){0};
}
