/*
 * --retry-failed: the new records are written to FILE.scrape-retry. At the end
 * of the run, also of one that was interrupted, they take the places of the old
 * ones, in a new file that takes the name of FILE (cmd/scrape/record_copy.h).
 * So whenever the program is killed, FILE has exactly one of them.
 *
 * A FILE.scrape-retry that a killed run has left is taken in first by the next
 * run that continues FILE. Its first line has a digest of FILE, so that it is
 * not taken in if FILE has changed since then.
 */
#ifndef CMD_SCRAPE_RETRY_FILE_H
#define CMD_SCRAPE_RETRY_FILE_H

#include "base/buf.h"
#include "cmd/options/options.h"

/* Takes in what a killed run has left. Returns 0, or the exit code, with a
 * message logged. */
int retry_file_recover(const struct options *o);

/* Creates FILE.scrape-retry, for records to be appended. Returns its path, to
 * be freed; or NULL, with a message logged. */
char *retry_file_create(const struct options *o);

/* Takes in the records that were appended, and removes the file. Returns 0; or
 * -1 with the reason appended to why, and both files stay. */
int retry_file_finish(const struct options *o, const char *path,
		      struct buf *why);

#endif
