/*
 * --retry-failed: the new records are written to FILE.scrape-retry. At the end
 * of the run, even if it was interrupted, they replace the old records, in a
 * new file that replaces FILE (cmd/scrape/record_copy.h). So at any time, even
 * if the program is killed, FILE has either the old or the new record of a
 * request.
 *
 * If a killed run has left a FILE.scrape-retry, the next run that continues
 * FILE first merges it into FILE. The first line of FILE.scrape-retry is a
 * digest of FILE, so that it is not merged if FILE has changed meanwhile.
 */
#ifndef CMD_SCRAPE_RETRY_FILE_H
#define CMD_SCRAPE_RETRY_FILE_H

#include "base/buf.h"
#include "cmd/options/options.h"

/* Merges the FILE.scrape-retry of a killed run into FILE. Returns 0, or the
 * exit code, with a message logged. */
int retry_file_recover(const struct options *o);

/* Creates FILE.scrape-retry, for records to be appended. Returns its path, to
 * be freed; or NULL, with a message logged. */
char *retry_file_create(const struct options *o);

/* Merges the records of FILE.scrape-retry into FILE, and removes it. Returns 0;
 * or -1, with the reason appended to why and both files unchanged. */
int retry_file_finish(const struct options *o, const char *path,
		      struct buf *why);

#endif
