/* Matches the keys of an object to the keys of a tree. Both are mostly in the
 * same order, so the search for a key begins behind the previous one. */
#include "cmd/output/key_tree.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/json/string.h"
#include "base/mem.h"

static bool is_key(const struct key_tree *t, struct slice key)
{
	return t->key_len == key.len && !memcmp(t->key, key.p, key.len);
}

/* Returns the branch for a key; adds the branch if it is missing. */
static struct key_tree *branch(struct key_tree *t, struct slice key)
{
	struct key_tree *b;

	for (size_t i = 0; i < t->len; i++)
		if (is_key(&t->list[i], key))
			return &t->list[i];
	t->list = xrealloc(t->list, (t->len + 1) * sizeof(*t->list));
	b = &t->list[t->len++];
	*b = (struct key_tree){
		.key = xmemdup(key.p, key.len),
		.key_len = key.len,
		.column = KEY_TREE_NONE,
	};
	return b;
}

/* Writes a key in the same way as parse/record.c. */
static struct slice key_text(struct buf *json, struct slice key)
{
	buf_clear(json);
	json_add_string(json, key.p, key.len);
	return (struct slice){json->data + 1, json->len - 2};
}

ptrdiff_t key_tree_add(struct key_tree *t, const struct slice *keys,
		       size_t len, ptrdiff_t column)
{
	struct buf json = {0};

	for (size_t i = 0; i < len; i++)
		t = branch(t, key_text(&json, keys[i]));
	buf_release(&json);
	if (t->column != KEY_TREE_NONE)
		return t->column;
	t->column = column;
	return KEY_TREE_NONE;
}

static const struct key_tree *find(const struct key_tree *t, struct slice key,
				   size_t *next)
{
	for (size_t i = 0; i < t->len; i++) {
		const size_t n = (*next + i) % t->len;

		if (!is_key(&t->list[n], key))
			continue;
		*next = n + 1;
		return &t->list[n];
	}
	return NULL;
}

/* Finds the branch for a key that contains escapes. Another program may have
 * written escapes that are not necessary. */
static const struct key_tree *find_escaped(const struct key_tree *t,
					   struct slice key, size_t *next)
{
	struct buf text = {0}, json = {0};
	const struct key_tree *found;

	json_string_text(&text, json_quoted(key));
	found = find(t, key_text(&json, slice_of(&text)), next);
	buf_release(&json);
	buf_release(&text);
	return found;
}

void key_tree_read(const struct key_tree *t, struct slice object,
		   struct slice *values)
{
	struct slice key, value;
	size_t at = 0, next = 0;

	while (json_next(object, &at, &key, &value)) {
		const struct key_tree *b = find(t, key, &next);

		if (!b && key.len && memchr(key.p, '\\', key.len))
			b = find_escaped(t, key, &next);
		if (!b)
			continue;
		if (b->column != KEY_TREE_NONE)
			values[b->column] = value;
		if (b->len && value.p[0] == '{')
			key_tree_read(b, value, values);
	}
}

void key_tree_release(struct key_tree *t)
{
	for (size_t i = 0; i < t->len; i++) {
		free(t->list[i].key);
		key_tree_release(&t->list[i]);
	}
	free(t->list);
	t->list = NULL;
	t->len = 0;
}
