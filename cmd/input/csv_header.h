/* The first row of a table: the names of its columns, and which of them has the
 * URLs. */
#ifndef CMD_INPUT_CSV_HEADER_H
#define CMD_INPUT_CSV_HEADER_H

#include "base/buf.h"
#include "cmd/input/csv.h"
#include "fetch/config.h"

/* Zero is no header. */
struct csv_header {
	char **names;		/* no two are the same, none is empty */
	size_t len;
	size_t url;		/* index of the column with the URLs */
};

/* Reads the current row of `row`, the first one of the table; may change the
 * separator to the one that the row has. column: name of the column with the
 * URLs, or its number from 1; NULL: the column is called url or similar.
 * Returns 0; or -1 after adding the reason to why, with the names of the
 * columns. */
int csv_header_read(struct csv_header *h, struct csv *row, const char *column,
		    struct buf *why);

void csv_header_release(struct csv_header *h);

#endif
