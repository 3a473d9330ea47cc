/*
 * Reads the records of an output file one by one, and tells damage and other
 * people's text apart:
 *
 * A last line that is cut off is torn: the run was killed while it was written.
 * A line with NUL bytes is damaged: a loss of power leaves them for blocks that
 * were not written. Any other line is foreign: the file may be the user's.
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
	KIND_SUSPECT,	/* damaged, and maybe not of a record at all */
	KIND_FOREIGN,
};

struct table_rows;

/* Begins as {.file = ..., .table = ...}. */
struct record_reader {
	FILE *file;		/* borrowed */
	bool goes_on;		/* whatever signals_caught() says */
	const struct table_rows *table;	/* borrowed; NULL: lines of JSON */
	off_t at;		/* of the next line */
	uint64_t line;		/* of the last record, from 1 */
	char *text;
	size_t room;
	struct buf row, cells;	/* of a table */
	off_t header;		/* length of the names of its columns */
};

struct record {
	enum record_kind kind;
	struct record_head head;	/* of KIND_RECORD */
	struct slice text;	/* with its line end; borrowed, until the next */
	off_t at;
	bool has_end;		/* it has a line end */
};

/* Reads the next record. The names of the columns of a table are passed over
 * (header is set then); if they are others, they are a foreign line. Returns 1; 0 at the end of the file; or -1 with
 * errno. */
int record_reader_next(struct record_reader *r, struct record *record);

/* Goes to a record that was read before. Returns 0; or -1 with errno. */
int record_reader_seek(struct record_reader *r, off_t at);

void record_reader_release(struct record_reader *r);

#endif
