/*
 * Stretches of memory for arenas, kept from one page to the next.
 *
 * They are the process's and not the threads', because far fewer threads parse
 * at a time than there may be: a thousand threads with 4 MB each would keep
 * 4 GB. The one given back last is taken first, as its memory is there already
 * and in the cache.
 */
#ifndef PARSE_TREE_REGION_H
#define PARSE_TREE_REGION_H

#include <stddef.h>

enum {
	REGION_BYTES = 64 << 20,	/* of addresses: pages up to 4 MB */
	REGION_KEEP = 4 << 20,		/* of memory, from page to page */
};

/* REGION_BYTES, for region_release(); NULL when the address space is too small.
 * From any thread, as is the other. */
char *region_acquire(void);

/* No byte after the first used ones was written to. */
void region_release(char *region, size_t used);

#endif
