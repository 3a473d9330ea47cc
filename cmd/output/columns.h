/*
 * The columns of a table: their names and types, and their values in a record.
 *
 * Without --columns, the columns are the members of the record. If fields are
 * extracted, they are instead: url, status, error, the fields, and the members
 * that other options ask for. A field keeps its name: if a member of the record
 * itself has the same name, the column of that member is called page_NAME.
 */
#ifndef CMD_OUTPUT_COLUMNS_H
#define CMD_OUTPUT_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/output/key_tree.h"
#include "cmd/output/shape.h"

struct column {
	char *name;
	enum column_type type;	/* type of the values other than null */
};

/* Immutable after columns_new(), apart from the flags. */
struct columns {
	struct column *list;
	size_t len;
	struct key_tree keys;	/* where the values are in a record */
	bool items;	/* --items: a page has several rows */
	bool safe;	/* --csv-safe: cells of CSV and TSV are never
			 * formulas */
	bool bom;	/* --bom: CSV and TSV begin with a byte order mark */
	bool named;	/* the CSV or TSV file already has the line of column
			 * names */
};

/*
 * Makes the columns of a table of records of that shape.
 *
 * names: the value of --columns, names joined by commas; NULL: not given. A
 * name is that of a field, or of a member of the record (page_NAME if a field
 * has the name NAME), or a path into an object, such as data.price or
 * time.total. A name in double quotes may contain commas.
 *
 * same(a, b), like strcmp(), returns 0 if the format does not distinguish the
 * two names.
 *
 * Returns NULL and appends the reason to why if a name is unknown, or if two
 * columns would have the same name or the same value.
 */
struct columns *columns_new(const struct shape *shape, const char *names,
			    int (*same)(const char *a, const char *b),
			    struct buf *why);
void columns_free(struct columns *c);

/* Finds the value of each column in a record line: raw JSON text, borrowed from
 * the line; p is NULL where the record has no such value. values has room for
 * c->len. */
void columns_read(const struct columns *c, struct slice line,
		  struct slice *values);

/* Finds the column of the record's own member of that name, such as "url",
 * whatever the column is called. Returns false if there is no such column. */
bool columns_find(const struct columns *c, const char *member, size_t *at);

/* Appends a value as plain text: strings without quotes and escapes, null as
 * the empty text, anything else as its JSON text. */
void columns_add_text(struct buf *out, struct slice value);

#endif
