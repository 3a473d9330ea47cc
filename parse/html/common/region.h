/*
 * The memory of one page's tree: blocks are taken by moving a pointer and
 * dropped all at once. It comes from parse/tree/region.h; when a stretch is full,
 * another is chained to it. Under AddressSanitizer what was not given out is
 * poisoned.
 *
 * What is in use is charged to the page (base/memory_budget.h). What the parser
 * has beside the tree is, too, by memory_resize(): when that is too much, the
 * next call of html_region_more() finds out.
 */
#ifndef PARSE_HTML_COMMON_REGION_H
#define PARSE_HTML_COMMON_REGION_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/sanitizers.h"

struct html_stretch;

struct html_region {
	char *next, *end;		/* of what is charged of the stretch in
					 * use */
	struct html_stretch *stretches;	/* the one in use first */
	size_t charged;			/* bytes of all stretches */
	jmp_buf *on_full;		/* borrowed */
};

/* Allocates. Jumps to on_full when there is no memory, or when the region would
 * exceed HTML_TREE_BYTES or the page's share of the memory budget. Aligned to 8 bytes; not zeroed. */
void *html_region_more(struct html_region *r, size_t bytes);

void html_region_release(struct html_region *r);

#if ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
enum { HTML_REGION_GAP = 16 };
#else
#define ASAN_UNPOISON_MEMORY_REGION(p, bytes) ((void)(p), (void)(bytes))
#define ASAN_POISON_MEMORY_REGION(p, bytes) ((void)(p), (void)(bytes))
enum { HTML_REGION_GAP = 0 };
#endif

static inline void *html_region_get(struct html_region *r, size_t bytes)
{
	const size_t room = ((bytes + 7) & ~(size_t)7) + HTML_REGION_GAP;
	char *block = r->next;

	if (__builtin_expect(room > (size_t)(r->end - block), 0))
		return html_region_more(r, bytes);
	r->next = block + room;
	ASAN_UNPOISON_MEMORY_REGION(block, bytes);
	return block;
}

#endif
