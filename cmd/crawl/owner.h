/* The owner of the engine for a crawl: takes pages from the frontier, and adds
 * the links of finished pages to it. */
#ifndef CMD_CRAWL_OWNER_H
#define CMD_CRAWL_OWNER_H

#include "cmd/crawl/run.h"

/* Returns the callbacks of a crawl for the engine. */
struct engine_owner owner_of(struct crawl *c);

/* Adds the pages of the next entries of sitemaps; called by the timer
 * c->entries. */
void owner_take_entries(void *ctx, msec now);

/* Returns true if all pages are done, except those that a limit or the user
 * keeps from being requested. */
bool owner_is_done(const struct crawl *c);

/* Ends the run because a limit is reached; option is the name of the limit's
 * option. Requests in flight are finished. */
void owner_stop_at(struct crawl *c, const char *option);

#endif
