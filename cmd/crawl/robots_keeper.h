/* Stores the robots.txt rules of origins in the state of a crawl. */
#ifndef CMD_CRAWL_ROBOTS_KEEPER_H
#define CMD_CRAWL_ROBOTS_KEEPER_H

#include "cmd/engine/robots_memory.h"
#include "crawl/frontier.h"

/* Returns the functions for the engine, which use the frontier's database.
 * is_resumed: answers of an earlier run may be stored. */
struct robots_memory robots_keeper(struct frontier *f, bool is_resumed);

#endif
