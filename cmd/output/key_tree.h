/*
 * A tree of keys that finds values inside a record, each by a path of keys. It
 * compares the bytes of keys as they stand in the JSON text, so that a record
 * is read once and nothing is parsed.
 */
#ifndef CMD_OUTPUT_KEY_TREE_H
#define CMD_OUTPUT_KEY_TREE_H

#include <stddef.h>

#include "base/slice.h"

enum { KEY_TREE_NONE = -1 };

/* A node, and the tree below it. In the empty tree column is KEY_TREE_NONE, and
 * all other members are zero. */
struct key_tree {
	char *key;		/* JSON text of the key, without its quotes */
	size_t key_len;
	ptrdiff_t column;	/* column of the value at this node;
				 * KEY_TREE_NONE: no column */
	struct key_tree *list;
	size_t len;
};

/* Adds a path of keys (text, not JSON) whose value goes to values[column].
 * Returns KEY_TREE_NONE; or, if the path was added before, its column. */
ptrdiff_t key_tree_add(struct key_tree *t, const struct slice *keys,
		       size_t len, ptrdiff_t column);

/* Stores the values of the paths in `values`, as raw JSON text borrowed from
 * the object (compact JSON text). Values that the object does not have are not
 * changed. */
void key_tree_read(const struct key_tree *t, struct slice object,
		   struct slice *values);

/* Frees the contents of the tree. */
void key_tree_release(struct key_tree *t);

#endif
