/*
 * Runs: which rows were added by which run. The table scrape_runs, beside the
 * table of the records, has a row for each run: its number, the table, the list
 * of requests, and when it started. --resume continues the last run of the same
 * list and table.
 */
#ifndef CMD_OUTPUT_POSTGRES_RUN_H
#define CMD_OUTPUT_POSTGRES_RUN_H

#include <stdint.h>

#include "cmd/output/postgres_table.h"

/* Finds the run to be continued, or makes a new one, and locks it. The server
 * holds the lock as long as the connection exists. The table must be prepared.
 * Call inside a transaction. Returns 0 or -1. */
int postgres_run_begin(struct postgres_table *t, int64_t *run);

/* Callback for the rows of the run that --resume continues: on_row() gets the
 * index and the url ("": null) of a record, and whether it has an error.
 * on_row() returns 0 to continue. */
struct postgres_stored {
	int (*on_row)(void *ctx, uint64_t index, const char *url, bool failed);
	void *ctx;
};

/* Reads the rows of the last run of the list, if there is one; changes nothing.
 * Returns 0; or -1, with the reason in why unless on_row() has failed. */
int postgres_run_read(const struct database *to, const struct columns *columns,
		      const struct postgres_stored *stored, struct buf *why);

#endif
