/* Checks that a line is a record, takes it out of the array that --format json
 * writes around records, and reports lines that are no records. If a file is a
 * table (csv, tsv) by mistake, its header is reported and its rows are not. */
#ifndef CMD_TABLE_RECORD_LINE_H
#define CMD_TABLE_RECORD_LINE_H

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/table/source.h"

enum { RECORD_LINE_MESSAGES = 100 };	/* maximum number of messages about
					 * lines that are not records */

enum line_kind { LINE_RECORD, LINE_BLANK, LINE_OTHER };

/* Stores the record of a line of the source in *record, as compact JSON without
 * a line end. For LINE_OTHER, sets *why to the reason (static). Rows below
 * the header of a table are LINE_BLANK. */
enum line_kind record_line_read(struct source *s, struct slice line,
				struct buf *record, const char **why);

/* Finds the next record among the lines that the source has read: stores it in
 * *record, and its line in *line (source_next()). Lines before it that are no
 * records are reported and added to *others. Returns false if more bytes are
 * needed, or at the end. */
bool record_line_next(struct source *s, struct slice *line, struct buf *record,
		      uint64_t *others);

/* Reports that the last line is no record, or that the source is a table if the
 * line is the header of one, and adds the line to *others. */
void record_line_report(const struct source *s, const char *why,
			uint64_t *others);

/* Returns the separator of the cells if the line is the header of a table with
 * a column "url", otherwise '\0'. */
char record_line_separator(struct slice line);

#endif
