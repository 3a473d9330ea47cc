/*
 * --resume and --retry-failed in a run: what is done with the output file
 * before the first request and after the last one.
 */
#ifndef CMD_SCRAPE_RESUMPTION_H
#define CMD_SCRAPE_RESUMPTION_H

#include <stdint.h>

#include "cmd/options/options.h"
#include "cmd/scrape/resume.h"
#include "pool/loop.h"

/* Zero is a run that continues nothing. */
struct resumption {
	const struct options *options;	/* borrowed */
	struct resume *resume;	/* NULL: nothing is continued */
	struct table_rows *table;	/* of the output; NULL: no table */
	char *retry_path;	/* the file to which new records are written;
				 * NULL: to the output file */
};

/* Does nothing without --resume. Returns 0, or the exit code, with a message
 * logged. The output file is changed only after all checks. */
int resumption_open(struct resumption *r, const struct options *options,
		    struct loop *loop);

/* After the output is closed: puts new records into the place of old ones, and,
 * unless the run was stopped early, checks that the file is of the list, and
 * rewrites it without damage and in order. requests: the length of the list.
 * Returns 0; or -1, with a message logged unless it was a signal. */
int resumption_finish(const struct resumption *r, uint64_t requests,
		      bool was_stopped);

void resumption_close(struct resumption *r);

#endif
