#include "cmd/gather_pages.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cmd/gather_arrival.h"

static int after_one(struct arrival *a)
{
	(void)a;
	return 0;
}

static int (*const after[])(struct arrival *a) = {
	[PAGES_ONE] = after_one,
	[PAGES_LINK] = arrival_link,
	[PAGES_NEXT] = arrival_next,
	[PAGES_CURSOR] = arrival_cursor,
	[PAGES_NUMBER] = arrival_number,
	[PAGES_OFFSET] = arrival_number,
};

void page_request_release(struct page_request *p)
{
	free(p->url);
	free(p->value);
	*p = (struct page_request){0};
}

struct gather_pages_state *gather_pages_new(const struct gather_pages *pages,
					    struct gather_filters *filters)
{
	struct gather_pages_state *s = xcalloc(1, sizeof(*s));

	assert(pages->kind != PAGES_OFFSET || pages->step > 0);
	s->pages = pages;
	s->filters = filters;
	s->end = ULONG_MAX;
	return s;
}

void gather_pages_free(struct gather_pages_state *s)
{
	if (!s)
		return;
	seen_release(&s->seen);
	free(s);
}

struct page_request gather_pages_first(struct gather_pages_state *s)
{
	struct page_request request = {0};

	assert(!s->given);
	s->given = 1;
	if (s->pages->kind == PAGES_NUMBER || s->pages->kind == PAGES_OFFSET)
		arrival_numbered(s->pages, 0, &request);
	return request;
}

int gather_pages_came(struct gather_pages_state *s, unsigned long number,
		      const struct page_reply *reply,
		      struct page_request **next, size_t *count,
		      struct buf *why)
{
	struct arrival a = {s, number, reply, next, count, why};
	const size_t before = *count;

	assert(s->came < s->given && number < s->given);
	s->came++;
	if (s->over || (s->pages->max && s->given >= s->pages->max))
		return 0;
	if (!after[s->pages->kind](&a))
		return 0;
	s->over = true;
	while (*count > before)
		page_request_release(&(*next)[--*count]);
	return -1;
}
