/* The archive of a run (--warc-file), around the run. */
#ifndef CMD_SESSION_ARCHIVE_H
#define CMD_SESSION_ARCHIVE_H

#include <stdbool.h>

#include "cmd/options/options.h"

/* Calls run(options) between the start and the end of libcurl, and before that
 * creates the archive if the options ask for one. Returns the exit code: that
 * of run(), or another one if there cannot be an archive. */
int archive_run(struct options *o, int (*run)(void *options));

/* Creates the first file, after all else has been checked. Returns 0; or -1,
 * with a message logged. Does nothing without --warc-file. */
int archive_begin(const struct options *o);

/* Returns true if an exchange could not be stored; then no further record may be
 * written. */
bool archive_has_failed(const struct options *o);

#endif
