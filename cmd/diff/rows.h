/*
 * Writes differences as a table: csv for spreadsheets, Markdown, or a page of
 * HTML. A changed record has a row for each field that differs. A record that
 * appeared or vanished has one row, or a row for each field if the user has
 * chosen the fields.
 *
 * Rows of csv are written at once. The other formats begin with the counts, so
 * their rows are kept in memory, the first DIFFERENCE_ROWS_MAX of them.
 */
#ifndef CMD_DIFF_ROWS_H
#define CMD_DIFF_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "cmd/diff/writer.h"
#include "cmd/options/audit.h"

enum { DIFFERENCE_ROWS_MAX = 10000 };

struct difference_rows {
	enum audit_format format;	/* csv, md or html */
	bool has_chosen_fields;
	const char *before, *after;	/* names of the files; borrowed */

	struct buf rows;		/* rows of the formats md and html */
	uint64_t count;			/* number of rows */
};

/* Appends the text with which the table begins. */
void difference_rows_begin(const struct difference_rows *r, struct buf *to);

/* Adds a difference with the arguments of difference_add_json(). Appends the
 * text that can be written at once to `to`. */
void difference_rows_add(struct difference_rows *r, struct buf *to,
			 enum difference kind, struct slice record,
			 const struct fields *fields);

/* Appends the rest of the table. */
void difference_rows_end(struct difference_rows *r, struct buf *to,
			 const struct difference_counts *c);

void difference_rows_release(struct difference_rows *r);

#endif
