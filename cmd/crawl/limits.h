/* The limits of a crawl, and how much of them is used. A page counts when it is
 * handed to the engine, so that requests in flight never exceed a limit. */
#ifndef CMD_CRAWL_LIMITS_H
#define CMD_CRAWL_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/options/crawl.h"

struct limits {
	const struct crawl_options *options;	/* borrowed */
	uint64_t given;		/* pages handed to the engine, of all runs */
	uint64_t bytes;		/* of the bodies, of all runs */
	const char *reached;	/* option of a limit of time or bytes that has
				 * ended the crawl; NULL: none */
};

/* Returns true if no further page may be requested, until one that was given
 * turns out not to count. */
bool limits_end(struct limits *l);

/* Returns the option of the limit that has kept pages from being requested;
 * NULL: none. left: pages that wait. */
const char *limits_name(const struct limits *l, uint64_t left);

/* Counts the body of a finished page. Returns true if the crawl has to end
 * because of it. */
bool limits_add_bytes(struct limits *l, uint64_t bytes);

/* Notes the option of a limit that is reached, unless another was before. */
void limits_reach(struct limits *l, const char *option);

#endif
