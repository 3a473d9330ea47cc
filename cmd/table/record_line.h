/* Checks that a line is a record, and takes it out of the array that --format
 * json writes around records. */
#ifndef CMD_TABLE_RECORD_LINE_H
#define CMD_TABLE_RECORD_LINE_H

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/table/source.h"

enum line_kind { LINE_RECORD, LINE_BLANK, LINE_OTHER };

/* Stores the record of a line of the source in *record, as compact JSON without
 * a line end. For LINE_OTHER, *why says what the line is; static. */
enum line_kind record_line_read(struct source *s, struct slice line,
				struct buf *record, const char **why);

#endif
