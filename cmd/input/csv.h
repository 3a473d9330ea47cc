/*
 * Splits the bytes of a source into the rows and cells of a table: CSV as RFC
 * 4180 has it, or the same with another separator.
 *
 * A cell in quotes may contain separators, line ends and doubled quotes. A row
 * ends with LF, CRLF or CR. A UTF-8 BOM at the start and rows without any text
 * are skipped. A quote inside of a cell that does not begin with one is text.
 *
 * A row whose quotes are wrong is an error; reading goes on with the line after
 * the one in which that row begins, so that one quote too many costs one row.
 */
#ifndef CMD_INPUT_CSV_H
#define CMD_INPUT_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/input/lines.h"

enum { CSV_ROW_MAX = 16 << 20 };	/* bytes */

/* Zero except for the separator: the start of a source. */
struct csv {
	char separator;
	bool begun;		/* the start of the source was checked for a
				 * BOM */
	bool skipping;		/* skip bytes up to the next line end */
	uint64_t line;		/* number of lines before the current row */
	size_t scanned;		/* number of bytes of the row that were
				 * parsed */
	int state;		/* state of the parser after these bytes */
	/* The current row: its cells one after the other, and the offset of
	 * each cell's end. */
	struct buf text;
	size_t *ends;
	size_t cells, cap;
	struct slice raw;	/* the row as it is in the source, or its first
				 * line if it is an error; borrowed, until bytes
				 * are added */
	uint64_t number;	/* number of the line in which the row begins,
				 * from 1 */
	const char *error;	/* static; NULL: the row has no errors */
};

/* Goes to the next row of the bytes. Returns false if more bytes are needed, or
 * at the end. */
bool csv_next(struct csv *c, struct lines *bytes);

/* Splits the current row again, with another separator. */
void csv_split_again(struct csv *c, char separator);

/* Returns a cell of the current row; empty if the row is shorter. */
struct slice csv_cell(const struct csv *c, size_t number);

void csv_release(struct csv *c);

#endif
