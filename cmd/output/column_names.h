/* Reads the value of --columns, and finds the values that its names stand
 * for. */
#ifndef CMD_OUTPUT_COLUMN_NAMES_H
#define CMD_OUTPUT_COLUMN_NAMES_H

#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/output/shape.h"

/* Prefix of the name of a record's member if a field has the same name. */
#define COLUMN_NAMES_OWN "page_"

/* Path of a value in a record: the keys that lead to it, borrowed from the
 * column's name and from the shape. */
enum { VALUE_PATH_KEYS = 32 };
struct value_path {
	struct slice keys[VALUE_PATH_KEYS];
	size_t len;
	enum column_type type;
};

/* Removes the next name from the front of a list. Returns 0; or -1 with the
 * reason appended to why. */
int column_names_next(const char **list, struct buf *name, struct buf *why);

/* Finds the value that a name stands for. Returns 0; or -1 and appends to why
 * that there is no such value, and which values there are. */
int column_names_find(const struct shape *record, struct slice name,
		      struct value_path *path, struct buf *why);

#endif
