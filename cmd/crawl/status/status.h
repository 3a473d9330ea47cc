/* `scrape crawl --state DIR --status`: prints how far a crawl is, whether it
 * runs or not. Only reads the database of the crawl: requests nothing, takes no
 * lock, and does not keep a running crawl waiting. */
#ifndef CMD_CRAWL_STATUS_STATUS_H
#define CMD_CRAWL_STATUS_STATUS_H

#include "cmd/options/options.h"

/* Prints the status to standard output, as JSON with --format json. Returns the
 * exit code of the program. */
int status_print(const struct options *options);

#endif
