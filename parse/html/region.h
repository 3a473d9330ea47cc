/*
 * The memory of one page's tree: blocks are taken by moving a pointer and
 * dropped all at once. It comes from parse/region.h; when a stretch is full,
 * another is chained to it. Under AddressSanitizer what was not given out is
 * poisoned.
 */
#ifndef PARSE_HTML_REGION_H
#define PARSE_HTML_REGION_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/sanitizers.h"

struct html_stretch;

struct html_region {
	char *next, *end;		/* of the stretch in use */
	struct html_stretch *stretches;	/* the one in use first */
	size_t full;			/* bytes in the other ones */
	jmp_buf *on_full;		/* borrowed */
};

/* Goes to on_full when there is no memory, or more than HTML_TREE_BYTES would
 * be in use. Aligned to 8 bytes; not zeroed. */
void *html_region_more(struct html_region *r, size_t bytes);

/* Bytes in use. */
size_t html_region_used(const struct html_region *r);

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
