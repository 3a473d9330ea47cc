/*
 * Reads the records of an output file one by one, and distinguishes damaged
 * records from text that is not this program's:
 *
 * A last line that is cut off is torn: the run was killed while writing it. A
 * line with NUL bytes is damaged: after a loss of power, blocks that were not
 * written contain NUL bytes. Any other line is foreign: the file may be the
 * user's.
 */
#ifndef CMD_SCRAPE_RECORD_READER_H
#define CMD_SCRAPE_RECORD_READER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "cmd/session/record_head.h"

enum record_kind {
	KIND_RECORD,
	KIND_TORN,	/* the beginning of a record, at the end of the file */
	KIND_DAMAGED,
	KIND_SUSPECT,	/* damaged, and perhaps not from a record at all */
	KIND_FOREIGN,
};

struct table_rows;

/* To be initialised as {.file = ..., .table = ...}. */
struct record_reader {
	FILE *file;		/* borrowed */
	bool goes_on;		/* continue even after a signal
				 * (signals_caught()) */
	const struct table_rows *table;	/* borrowed; NULL: lines of JSON */
	off_t at;		/* offset of the next line */
	uint64_t line;		/* number of the last record's first line, from
				 * 1 */
	char *text;
	size_t room;
	struct buf row, cells;	/* used for tables: the current row, and its
				 * cells */
	off_t header;		/* length of the line of column names */
};

struct record {
	enum record_kind kind;
	struct record_head head;	/* members of the record, if its kind is
					 * KIND_RECORD */
	struct slice text;	/* the record with its line end; borrowed until
				 * the next call */
	off_t at;
	bool has_end;		/* the record has a line end */
};

/* Reads the next record. The line of a table's column names is skipped, and its
 * length stored in header; if the names are different ones, the line is
 * foreign. Returns 1; 0 at the end of the file; or -1 with errno. */
int record_reader_next(struct record_reader *r, struct record *record);

/* Goes back to a record that was read before. Returns 0; or -1 with errno. */
int record_reader_seek(struct record_reader *r, off_t at);

void record_reader_release(struct record_reader *r);

#endif
