/* Where a robots filter keeps the answers of origins, so that a later run need
 * not ask again. Only the loop's thread calls these functions. */
#ifndef CMD_ENGINE_ROBOTS_MEMORY_H
#define CMD_ENGINE_ROBOTS_MEMORY_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/clock.h"

/* What an origin has answered. */
struct robots_kept {
	struct buf text;	/* of its robots.txt */
	bool has_file;		/* false: all is allowed */
	bool from_public;	/* the answer is from a public server */
	msec lifetime;		/* the answer is valid for so long */
};

struct robots_memory {
	/* Keeps an answer, which stays the caller's. origin is any text. */
	void (*keep)(void *ctx, const char *origin,
		     const struct robots_kept *kept);
	/* Returns true and fills in an answer, whose text the caller frees;
	 * false if there is none that is still valid. */
	bool (*recall)(void *ctx, const char *origin,
		       struct robots_kept *kept);
	void *ctx;
};

#endif
