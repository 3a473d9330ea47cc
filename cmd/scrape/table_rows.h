/*
 * Reads the rows of a CSV or TSV file that this program wrote, so that --resume
 * can continue it: finds out whether a row is whole, and which request it
 * belongs to.
 */
#ifndef CMD_SCRAPE_TABLE_ROWS_H
#define CMD_SCRAPE_TABLE_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "cmd/options/options.h"
#include "cmd/output/columns.h"
#include "cmd/session/record_head.h"

/* Description of the rows. Immutable; may be used by several readers. */
struct table_rows {
	struct columns *columns;
	char separator;
	/* Indexes of columns, from 0; -1: the table has no such column. */
	int index, id, url, status, ok, error;
};

/* Returns the description for the options' output; NULL if its format is not a
 * table. */
struct table_rows *table_rows_new(const struct options *o);
void table_rows_free(struct table_rows *t);	/* NULL is fine */

/* Reads a whole row, without its line end. head borrows from row and from
 * cells, which is overwritten. Returns false if the text is not a row of such a
 * table. */
bool table_row_read(const struct table_rows *t, struct slice row,
		    struct buf *cells, struct record_head *head);

/* Returns true if a part of a row ends with a line end that is not in quotes.
 * *quotes counts the quotes over several calls with the parts of a row, and is
 * 0 at first. */
bool table_row_ends(struct slice part, size_t *quotes);

/* Returns true if the row has the names of the columns, perhaps after a byte
 * order mark. */
bool table_row_is_header(const struct table_rows *t, struct slice row);

#endif
