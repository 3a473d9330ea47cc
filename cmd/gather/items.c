/* Filters for items, with a null list read as an empty one. */
#include "cmd/gather/items.h"

#include <string.h>

#include "base/json/compact.h"

/* The message of libjq; it is the same in all versions of libjq. */
static const char not_a_list[] = "Cannot iterate over null";

static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
			      "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

static bool is_null(struct slice json)
{
	return json.len == 4 && !memcmp(json.p, "null", 4);
}

/* Replaces *json by its member of that name; if several have the name, by the
 * last one, as jq does. Returns false if there is no such member. */
static bool find_member(struct slice *json, const char *name, size_t len)
{
	struct slice key, value, found = {0};

	if (json->len && json->p[0] == '{')
		for (size_t at = 0; json_next(*json, &at, &key, &value);)
			if (key.len == len && !memcmp(key.p, name, len))
				found = value;
	*json = found;
	return found.len > 0;
}

bool gather_items_are_null(const char *filter, struct slice json)
{
	const char *p = filter + strspn(filter, " \t\r\n");

	if (*p != '.')
		return false;
	if (p[1] == '[')
		p++;
	while (*p == '.') {
		const size_t len = strspn(++p, letters);

		if (!len || !find_member(&json, p, len))
			return false;
		p += len;
		p += p[0] == '.' && p[1] == '[';
	}
	return !strncmp(p, "[]", 2) && is_null(json);
}

/* Returns true if the text has several values, one a line. If the filter fails
 * on one of them, the error is always reported: outputs of earlier values have
 * been passed on, and later values are not processed. */
static bool is_several(struct slice json)
{
	return memchr(json.p, '\n', json.len) != NULL;
}

int gather_items_run(struct filter_cache *c, const char *filter,
		     struct slice json,
		     bool (*on_item)(void *ctx, struct slice json), void *ctx,
		     struct buf *why)
{
	const size_t before = why->len;

	if (!filter_cache_run(c, filter, json, on_item, ctx, why))
		return 0;
	if (!strstr(buf_cstr(why) + before, not_a_list))
		return -1;
	if (!is_several(json) && gather_items_are_null(filter, json)) {
		why->len = before;
		return 0;
	}
	buf_addstr(why, ": if the list may be missing, write \"?\" after [] to "
			"get no items, as in \".items[]?\"");
	return -1;
}
