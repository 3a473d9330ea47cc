#include "parse/html/common/region.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "base/mem.h"
#include "base/memory_budget.h"
#include "parse/html/common/limits.h"
#include "parse/tree/region.h"

enum { CHARGE_STEP = 64 << 10 };

/* At the beginning of each stretch. */
struct html_stretch {
	struct html_stretch *before;
	size_t bytes;		/* in all; other than REGION_BYTES: a block that
				 * is too large for one */
};

static struct html_stretch *take_stretch(size_t bytes)
{
	struct html_stretch *s;

	if (bytes <= REGION_BYTES) {
		bytes = REGION_BYTES;
		s = (void *)region_take();
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

static void give_stretch(struct html_stretch *s, size_t used)
{
	ASAN_UNPOISON_MEMORY_REGION(s, s->bytes);
	if (s->bytes == REGION_BYTES)
		region_give((char *)s, used);
	else
		munmap(s, s->bytes);
}

/* Of the stretch in use. */
static size_t used_of(const struct html_region *r)
{
	return r->stretches ? (size_t)(r->next - (char *)r->stretches) : 0;
}

static size_t left_of(const struct html_region *r)
{
	const struct html_stretch *s = r->stretches;

	return s ? s->bytes - (size_t)(r->end - (const char *)s) : 0;
}

/* Makes more of the stretch available. */
static void charge(struct html_region *r, size_t bytes)
{
	r->charged += bytes;
	r->end += bytes;
	if (!memory_charge(bytes) || memory_is_over() ||
	    r->charged > HTML_TREE_BYTES)
		longjmp(*r->on_full, 1);
}

static void begin_stretch(struct html_region *r, size_t bytes)
{
	struct html_stretch *s = NULL;

	if (bytes <= HTML_TREE_BYTES)
		s = take_stretch(bytes + sizeof(*s));
	if (!s)
		longjmp(*r->on_full, 1);
	s->before = r->stretches;
	r->stretches = s;
	r->next = (char *)(s + 1);
	r->end = (char *)s;
	ASAN_POISON_MEMORY_REGION(r->next, s->bytes - sizeof(*s));
}

void *html_region_more(struct html_region *r, size_t bytes)
{
	const size_t room = ((bytes + 7) & ~(size_t)7) + HTML_REGION_GAP;
	size_t missing;

	if (room > (size_t)(r->end - r->next) + left_of(r))
		begin_stretch(r, room);
	missing = room + (size_t)(r->next - r->end);
	if (missing < CHARGE_STEP)
		missing = CHARGE_STEP;
	charge(r, missing < left_of(r) ? missing : left_of(r));
	return html_region_get(r, bytes);
}

void html_region_release(struct html_region *r)
{
	struct html_stretch *s = r->stretches, *before;
	size_t used = used_of(r);

	for (; s; s = before) {
		before = s->before;
		give_stretch(s, used);
		used = before ? before->bytes : 0;
	}
	memory_uncharge(r->charged);
	*r = (struct html_region){0};
}

void *html_grow(void *p, size_t bytes, size_t new_bytes)
{
	(void)memory_recharge(bytes, new_bytes);
	return xrealloc(p, new_bytes);
}
