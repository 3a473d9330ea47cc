/* Stores the robots.txt rules of origins in the state of a crawl. */
#ifndef CMD_CRAWL_ROBOTS_KEEPER_H
#define CMD_CRAWL_ROBOTS_KEEPER_H

#include "cmd/engine/robots_memory.h"
#include "crawl/frontier.h"

struct database;

struct robots_keeper {
	struct robots_memory memory;	/* the engine calls these functions */
	struct frontier *frontier;	/* borrowed */
	struct database *earlier;	/* the database of earlier runs, for
					 * reading; NULL: no earlier run */
};

/* is_resumed: answers of an earlier run may be in the folder. The keeper must
 * not move while it is in use. */
void robots_keeper_open(struct robots_keeper *k, struct frontier *f,
			const char *folder, bool is_resumed);
void robots_keeper_close(struct robots_keeper *k);	/* call this before the
							 * frontier is closed */

#endif
