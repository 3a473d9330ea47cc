/*
 * Pool of memory regions for arenas, reused from one page to the next.
 *
 * The pool belongs to the process and not to each thread, because far fewer
 * threads parse at a time than may exist: a thousand threads with 4 MB each
 * would keep 4 GB. The region returned last is reused first, because its memory
 * is mapped already and in the cache.
 */
#ifndef PARSE_TREE_REGION_H
#define PARSE_TREE_REGION_H

#include <stddef.h>

enum {
	REGION_BYTES = 64 << 20,	/* bytes of address space: enough for
					 * HTML pages up to 4 MB */
	REGION_KEEP = 4 << 20,		/* bytes of physical memory kept from
					 * one page to the next */
};

/* Returns REGION_BYTES of memory, for region_release(); NULL if the address
 * space is too small. Both functions may be called from any thread. */
char *region_acquire(void);

/* Returns a region to the pool. Only its first `used` bytes may have been
 * written to. */
void region_release(char *region, size_t used);

#endif
