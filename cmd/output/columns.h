/*
 * A record as a row: which columns there are, and what stands in them.
 *
 * The columns are the record's fields in its order, with the fields of data in
 * the place of data. One that is called like a field of the record is
 * "data.NAME". With --items: index, id, url, item, status, error and the
 * fields.
 */
#ifndef CMD_OUTPUT_COLUMNS_H
#define CMD_OUTPUT_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"
#include "parse/config.h"

struct column {
	char *name;
	char *key;	/* as in the JSON text, between its quotes */
	size_t key_len;
	bool in_data;	/* a member of data */
};

struct columns {
	struct column *list;
	size_t len;
	bool safe;	/* --csv-safe: no cell of a table of text is a formula */
};

struct columns *columns_new(const struct parse_config *config);
void columns_free(struct columns *c);

/* The values of a record line: raw JSON text for each column, p NULL where the
 * record has no such field. Borrowed from the line. */
void columns_read(const struct columns *c, struct slice line,
		  struct slice *values);

/* A value as plain text: strings without their quotes and escapes, null as
 * nothing, all else as it is. */
void columns_add_text(struct buf *out, struct slice value);

#endif
