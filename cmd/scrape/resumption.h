/*
 * Handles the output file of a run with --resume or --retry-failed, before the
 * first request and after the last one.
 */
#ifndef CMD_SCRAPE_RESUMPTION_H
#define CMD_SCRAPE_RESUMPTION_H

#include <stdint.h>

#include "cmd/options/options.h"
#include "cmd/scrape/resume.h"
#include "pool/loop.h"

/* State of --resume. A zeroed struct means that the run continues no other
 * run. */
struct resumption {
	const struct options *options;	/* borrowed */
	struct resume *resume;	/* NULL: nothing is continued */
	struct table_rows *table;	/* description of the output's rows;
					 * NULL: the output is no table */
	char *retry_path;	/* the file to which new records are written;
				 * NULL: to the output file */
};

/* Prepares the run for --resume; does nothing without it. The output file is
 * changed only after all checks. Returns 0, or the exit code, with a message
 * logged. */
int resumption_open(struct resumption *r, const struct options *options,
		    struct loop *loop);

/* Begins the archive. A repair of the archive removes the exchanges of requests
 * without a record. Call it after resumption_open(). Returns 0; or -1 after
 * logging the reason. */
int resumption_begin_archive(const struct resumption *r);

/* Moves new records to the places of the old ones. Call it after the output is
 * closed. Unless the run was stopped early, also checks that the file belongs
 * to the list, and rewrites it without damage and in order. requests: length of
 * the list; ours: number of requests of the list that this machine makes.
 * Returns 0; or -1, after logging the reason unless it is a signal. */
int resumption_finish(const struct resumption *r, uint64_t requests,
		      uint64_t ours, bool was_stopped);

void resumption_close(struct resumption *r);

#endif
