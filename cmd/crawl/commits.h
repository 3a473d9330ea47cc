/* When the changes of a crawl become permanent: every 200 msec, or every 1,000
 * pages, records and frontier together (cmd/crawl/state.h). */
#ifndef CMD_CRAWL_COMMITS_H
#define CMD_CRAWL_COMMITS_H

#include "cmd/crawl/run.h"

/* Sets up the timer of commits. */
void commits_begin(struct crawl *c);

/* Notes that a page is done: the frontier and the output have changed. */
void commits_note_change(struct crawl *c);

/* Ends the crawl because it cannot go on: the frontier has an error, or the
 * state cannot be written. */
void commits_fail(struct crawl *c);

#endif
