/* The archive of a run (--warc-file), around the run. */
#ifndef CMD_SESSION_ARCHIVE_H
#define CMD_SESSION_ARCHIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/options/options.h"

/* Calls run(options) between the start and the end of libcurl, and before that
 * creates the archive if the options ask for one. Returns the exit code: that
 * of run(), or another one if there cannot be an archive. */
int archive_run(struct options *o, int (*run)(void *options));

/* The records that the output of a continued run has already. */
struct archive_rows {
	/* Returns true if the request with that index has its record. NULL: the
	 * run does not continue another one. */
	bool (*has)(void *ctx, uint64_t index);
	void *ctx;
};

/* Repairs the archive that a killed run has left, and creates the first file.
 * Called after all other checks. Returns 0; or -1 after logging the reason.
 * Does nothing without --warc-file, or if the archive has been begun. */
int archive_begin(const struct options *o, const struct archive_rows *rows);

/* Makes all exchanges so far permanent. Called before their records are
 * committed. Any thread. Returns 0; or -1 after logging the reason. */
int archive_sync(const struct options *o);

/* Returns true if an exchange could not be stored; then no further record may
 * be written. */
bool archive_has_failed(const struct options *o);

#endif
