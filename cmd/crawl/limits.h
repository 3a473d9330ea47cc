/* The limits of a crawl, and how much of them is used. A page counts when it is
 * handed to the engine, so that requests in flight never exceed a limit. */
#ifndef CMD_CRAWL_LIMITS_H
#define CMD_CRAWL_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/options/crawl.h"

struct limits {
	const struct crawl_options *options;	/* borrowed */
	uint64_t given;		/* number of pages handed to the engine, in all
				 * runs */
	uint64_t bytes;		/* total size of the bodies, in all runs */
	const char *reached;	/* option of the limit (of time or bytes) that
				 * has ended the crawl; NULL if there is none */
};

/* Returns true if no further page may be requested, unless a page that was
 * handed to the engine turns out not to count. */
bool limits_end(struct limits *l);

/* Returns the option of the limit that has kept pages from being requested;
 * NULL if there is none. left: number of pages that wait. */
const char *limits_name(const struct limits *l, uint64_t left);

/* Counts the body of a finished page. Returns true if the limit of bytes is
 * reached, so that the crawl has to end. */
bool limits_add_bytes(struct limits *l, uint64_t bytes);

/* Notes the option of a limit that is reached; only the first one is kept. */
void limits_reach(struct limits *l, const char *option);

#endif
