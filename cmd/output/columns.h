/*
 * Table columns: which ones a run's records have, and the cells of a record.
 *
 * The columns are the record's fields in the record's order; the fields inside
 * `data` replace `data`. A field of data that has the name of a field of the
 * record gets the column name "data.NAME". With --items the columns are index,
 * id, url, item, status, error and the fields.
 */
#ifndef CMD_OUTPUT_COLUMNS_H
#define CMD_OUTPUT_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/output/column_type.h"
#include "parse/config.h"

struct column {
	char *name;
	char *key;	/* the JSON text of its key, without the quotes */
	size_t key_len;
	bool in_data;	/* the field is a member of data */
	enum column_type type;
};

struct columns {
	struct column *list;
	size_t len;
	bool items;	/* --items: a url has several rows */
	bool safe;	/* --csv-safe: CSV and TSV cells are no formulas */
};

struct columns *columns_new(const struct parse_config *config);
void columns_free(struct columns *c);

/* Finds the value of each column in a record line: raw JSON text, borrowed from
 * the line; p is NULL where the record has no such field. values has room for
 * c->len. */
void columns_read(const struct columns *c, struct slice line,
		  struct slice *values);

/* Finds the column of a member of the record itself, such as "url". Returns
 * false if there is none. */
bool columns_find(const struct columns *c, const char *member, size_t *at);

/* Appends a value as plain text: strings without quotes and escapes, null as
 * the empty text, anything else as its JSON text. */
void columns_add_text(struct buf *out, struct slice value);

#endif
