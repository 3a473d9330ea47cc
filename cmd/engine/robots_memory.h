/* Interface by which a robots filter stores the answers of origins, so that a
 * later run need not request them again. Only the loop's thread calls these
 * functions. */
#ifndef CMD_ENGINE_ROBOTS_MEMORY_H
#define CMD_ENGINE_ROBOTS_MEMORY_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/clock.h"

/* The answer of an origin to the request for its robots.txt. */
struct robots_kept {
	struct buf text;	/* text of its robots.txt */
	bool has_file;		/* false: there is no robots.txt, all is
				 * allowed */
	bool from_public;	/* the answer is from a public server */
	bool is_paced;		/* the schedule knows the time of the last
				 * request to the origin; false: it may have
				 * been made just now */
	msec crawl_delay;	/* for keep(): the time between two requests
				 * that the rules demand, at most
				 * ROBOTS_DELAY_MAX; 0: none */
	msec lifetime;		/* time in msec for which the answer stays
				 * valid */
};

struct robots_memory {
	/* Stores the answer to a request for robots.txt; the caller still owns
	 * it. origin is only a key, and need not be a URL. */
	void (*keep)(void *ctx, const char *origin,
		     const struct robots_kept *kept);
	/* Returns true and fills *kept, whose text the caller frees, if an
	 * answer is stored and still valid; otherwise false. */
	bool (*recall)(void *ctx, const char *origin,
		       struct robots_kept *kept);
	void *ctx;
};

#endif
