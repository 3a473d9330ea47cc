/* Reads which requests have rows in a table of an SQLite database, for
 * --resume. */
#ifndef CMD_OUTPUT_SQLITE_ROWS_H
#define CMD_OUTPUT_SQLITE_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "cmd/output/columns.h"
#include "cmd/output/database.h"

struct sqlite_stored {
	/* Called for each row. url is borrowed; "": NULL. Returns 0; or -1 to
	 * stop reading, with a message logged. */
	int (*on_row)(void *ctx, uint64_t index, const char *url, bool failed);
	void *ctx;
};

/* Calls on_row() for each row. The columns must include index and url. A
 * missing database or table counts as one without rows. Returns 0; or -1, with
 * the reason appended to why unless on_row() has logged it (the rows are of
 * several runs, or the file is no database). */
int sqlite_rows_read(const struct database *from, const struct columns *columns,
		     const struct sqlite_stored *stored, struct buf *why);

#endif
