/* The end of a crawl: its last messages, and the exit code. */
#ifndef CMD_CRAWL_ENDING_H
#define CMD_CRAWL_ENDING_H

#include "cmd/crawl/run.h"

/* Logs why the crawl has ended, if that needs to be said. failed: a file of the
 * results could not be written. Returns the exit code. */
int ending_report(const struct crawl *c, bool failed);

#endif
