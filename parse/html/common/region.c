/* Takes chunks of memory for html_region_get() and charges them to the page. */
#include "parse/html/common/region.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "base/memory_budget.h"
#include "parse/html/common/limits.h"
#include "parse/tree/region.h"

enum { CHARGE_STEP = 64 << 10, LARGE_STEP = 256 << 10 };

/* Header of a chunk. A chunk has REGION_BYTES, or more if a single block needs
 * more. */
struct html_chunk {
	struct html_chunk *before;
	size_t bytes;		/* size of the chunk, including this header */
};

static struct html_chunk *acquire_chunk(size_t bytes)
{
	struct html_chunk *s;

	if (bytes <= REGION_BYTES) {
		bytes = REGION_BYTES;
		s = (void *)region_acquire();
	} else {
		s = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
		if (s == MAP_FAILED)
			s = NULL;
	}
	if (s)
		s->bytes = bytes;
	return s;
}

static void release_chunk(struct html_chunk *s, size_t used)
{
	ASAN_UNPOISON_MEMORY_REGION(s, s->bytes);
	if (s->bytes == REGION_BYTES)
		region_release((char *)s, used);
	else
		munmap(s, s->bytes);
}

/* Returns the number of bytes used in the current chunk. */
static size_t used_of(const struct html_region *r)
{
	return r->chunks ? (size_t)(r->next - (char *)r->chunks) : 0;
}

static size_t left_of(const struct html_region *r)
{
	const struct html_chunk *s = r->chunks;

	return s ? s->bytes - (size_t)(r->end - (const char *)s) : 0;
}

void html_populate(char *p, size_t bytes)
{
#ifdef MADV_POPULATE_WRITE
	const uintptr_t page = 4096, from = ((uintptr_t)p + page - 1) & -page;
	const uintptr_t to = ((uintptr_t)p + bytes + page - 1) & -page;

	if (from < to)
		madvise((void *)from, to - from, MADV_POPULATE_WRITE);
#endif
}

/* Makes more bytes of the chunk available. Memory beyond the REGION_KEEP that
 * is kept from page to page is populated at once, because a page fault for each
 * 4 KB takes a third more time. (Huge pages take several times as long if no
 * free one exists.) */
static void charge_bytes(struct html_region *r, size_t bytes)
{
	if (r->charged >= REGION_KEEP)
		html_populate(r->end, bytes);
	r->charged += bytes;
	r->end += bytes;
	if (!memory_charge(bytes) || memory_limit_reached() ||
	    r->charged > HTML_TREE_BYTES)
		longjmp(*r->on_full, 1);
}

static void begin_chunk(struct html_region *r, size_t bytes)
{
	struct html_chunk *s = NULL;

	if (bytes <= HTML_TREE_BYTES)
		s = acquire_chunk(bytes + sizeof(*s));
	if (!s)
		longjmp(*r->on_full, 1);
	s->before = r->chunks;
	r->chunks = s;
	r->next = (char *)(s + 1);
	r->end = (char *)s;
	ASAN_POISON_MEMORY_REGION(r->next, s->bytes - sizeof(*s));
}

void *html_region_more(struct html_region *r, size_t bytes)
{
	const size_t room = ((bytes + 7) & ~(size_t)7) + HTML_REGION_GAP;
	const size_t step = r->charged < REGION_KEEP ? CHARGE_STEP :
						       LARGE_STEP;
	size_t missing;

	if (room > (size_t)(r->end - r->next) + left_of(r))
		begin_chunk(r, room);
	missing = room + (size_t)(r->next - r->end);
	if (missing < step)
		missing = step;
	charge_bytes(r, missing < left_of(r) ? missing : left_of(r));
	return html_region_get(r, bytes);
}

void html_region_release(struct html_region *r)
{
	struct html_chunk *s = r->chunks, *before;
	size_t used = used_of(r);

	for (; s; s = before) {
		before = s->before;
		release_chunk(s, used);
		used = before ? before->bytes : 0;
	}
	memory_uncharge(r->charged);
	*r = (struct html_region){0};
}
