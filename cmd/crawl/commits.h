/* Commits the changes of a crawl, the records and the frontier together, every
 * 200 msec or every 1,000 pages (cmd/crawl/state.h). */
#ifndef CMD_CRAWL_COMMITS_H
#define CMD_CRAWL_COMMITS_H

#include "cmd/crawl/run.h"

/* Watches the frontier. Returns 0, or -1 with errno. */
int commits_open(struct crawl *c);

/* Waits until the current commit has ended, and the frontier has done all its
 * tasks. Called before the output is closed. */
void commits_close(struct crawl *c);

/* Returns true if no request should be started, because the frontier or the
 * disk is too slow. */
bool commits_are_behind(const struct crawl *c);

/* Notes that a page is done, so that the frontier and the output have
 * changed. */
void commits_note_change(struct crawl *c);

/* Ends the crawl because it cannot go on: the frontier has an error, or the
 * state cannot be written. */
void commits_fail(struct crawl *c);

#endif
