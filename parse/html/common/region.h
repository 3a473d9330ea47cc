/*
 * Arena for one page's tree: allocation moves a pointer, and everything is
 * freed at once. Memory comes in chunks from parse/tree/region.h; when one is
 * full, another is chained to it. Under AddressSanitizer, unallocated memory is
 * poisoned.
 *
 * The memory in use is charged to the page (base/memory_budget.h). The parser's
 * other memory is charged by memory_resize(); if that exceeds the limit, the
 * next html_region_more() fails.
 */
#ifndef PARSE_HTML_COMMON_REGION_H
#define PARSE_HTML_COMMON_REGION_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/sanitizers.h"

struct html_chunk;

struct html_region {
	char *next, *end;		/* unused part of the charged bytes in
					 * the current chunk */
	struct html_chunk *chunks;	/* list of chunks, the current one
					 * first */
	size_t charged;			/* bytes of all chunks that are charged
					 * to the page */
	jmp_buf *on_full;		/* where to jump when memory is
					 * exhausted; borrowed */
};

/* Allocates a block, 8-byte aligned and not zeroed. Jumps to on_full if memory
 * is exhausted, or if the region would exceed HTML_TREE_BYTES or the page's
 * share of the memory budget. Called by html_region_get() when the current
 * chunk is full. */
void *html_region_more(struct html_region *r, size_t bytes);

void html_region_release(struct html_region *r);

/* Allocates the physical memory of the range at once. Needs Linux 5.14; older
 * kernels allocate each memory page when it is first written to. */
void html_populate(char *p, size_t bytes);

#if ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
enum { HTML_REGION_GAP = 16 };
#else
#define ASAN_UNPOISON_MEMORY_REGION(p, bytes) ((void)(p), (void)(bytes))
#define ASAN_POISON_MEMORY_REGION(p, bytes) ((void)(p), (void)(bytes))
enum { HTML_REGION_GAP = 0 };
#endif

/* Returns true if the current chunk has room for a block. */
static inline bool html_region_has(const struct html_region *r, size_t bytes)
{
	return ((bytes + 7) & ~(size_t)7) + HTML_REGION_GAP <=
	       (size_t)(r->end - r->next);
}

/* Allocates a block for which the current chunk has room. */
static inline void *html_region_take(struct html_region *r, size_t bytes)
{
	char *block = r->next;

	r->next = block + ((bytes + 7) & ~(size_t)7) + HTML_REGION_GAP;
	ASAN_UNPOISON_MEMORY_REGION(block, bytes);
	return block;
}

static inline void *html_region_get(struct html_region *r, size_t bytes)
{
	if (__builtin_expect(!html_region_has(r, bytes), 0))
		return html_region_more(r, bytes);
	return html_region_take(r, bytes);
}

#endif
