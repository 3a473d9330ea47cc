/* Paging of one value. Each kind of paging has a function in the table below
 * that finds the next requests; this file keeps the counts and ends paging that
 * repeats itself or stays empty. */
#include "cmd/gather/paging/paging.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cmd/gather/paging/page.h"

static int follow_nothing(struct page_response *a)
{
	(void)a;
	return 0;
}

static int (*const followers[])(struct page_response *a) = {
	[PAGES_ONE] = follow_nothing,
	[PAGES_LINK] = page_response_link,
	[PAGES_NEXT] = page_response_next,
	[PAGES_CURSOR] = page_response_cursor,
	[PAGES_CURSOR_HEADER] = page_response_cursor_header,
	[PAGES_NEXT_HEADER] = page_response_next_header,
	[PAGES_NUMBER] = page_response_number,
	[PAGES_OFFSET] = page_response_number,
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
	s->page_count = ULONG_MAX;
	return s;
}

void gather_pages_free(struct gather_pages_state *s)
{
	if (!s)
		return;
	digest_set_release(&s->seen);
	digest_set_release(&s->bodies);
	buf_release(&s->note);
	free(s);
}

struct page_request gather_pages_first(struct gather_pages_state *s)
{
	struct page_request request = {0};

	assert(!s->requested);
	s->requested = 1;
	if (s->pages->kind == PAGES_NUMBER || s->pages->kind == PAGES_OFFSET)
		page_request_numbered(s->pages, 0, &request);
	return request;
}

/* Returns true if the page repeats an earlier one. Numbered pages may be equal
 * by chance, so only the previous page counts; with a total they arrive in any
 * order and are not compared. */
static bool is_repeat(struct gather_pages_state *s, unsigned long number,
		      const struct page_reply *reply)
{
	const bool is_counted = s->pages->kind == PAGES_NUMBER ||
				s->pages->kind == PAGES_OFFSET;
	const struct digest previous = s->last;
	unsigned long before = number;

	if (s->pages->kind == PAGES_ONE || s->pages->total || !reply->items)
		return false;
	if (!is_counted)
		return digest_set_add(&s->bodies, reply->json, &before);
	s->last = digest_of(reply->json.p, reply->json.len);
	return number && digest_equal(s->last, previous);
}

static void drop_requests(const struct page_response *a, size_t before)
{
	while (*a->count > before)
		page_request_release(&(*a->next)[--*a->count]);
}

/* Ends paging after too many pages without items in a row: some servers name a
 * next page for ever. */
static void limit_empty_pages(const struct page_response *a, size_t before)
{
	struct gather_pages_state *s = a->s;
	const unsigned long most = s->pages->max_empty ? s->pages->max_empty
						       : GATHER_PAGES_EMPTY;

	s->empty = a->reply->items ? 0 : s->empty + 1;
	if (s->empty < most || *a->count == before)
		return;
	drop_requests(a, before);
	s->ended = true;
	buf_addf(&s->note, "%lu page%s in a row without items: paging ends "
			   "here, although there is a next page; \"max_empty\" "
			   "in \"paginate\" allows more, and \"jq\" selects "
			   "the items", most, most == 1 ? "" : "s");
}

int gather_pages_on_page(struct gather_pages_state *s, unsigned long number,
			 const struct page_reply *reply,
			 struct page_request **next, size_t *count,
			 struct buf *why)
{
	struct page_response a = {s, number, reply, next, count, why};
	const size_t before = *count;

	assert(s->received < s->requested && number < s->requested);
	s->received++;
	s->repeated = is_repeat(s, number, reply);
	if (s->ended || (s->pages->max && s->requested >= s->pages->max))
		return 0;
	if (!followers[s->pages->kind](&a)) {
		limit_empty_pages(&a, before);
		return 0;
	}
	s->ended = true;
	drop_requests(&a, before);
	return -1;
}

const char *gather_pages_note(const struct gather_pages_state *s)
{
	return s->note.len ? buf_cstr((struct buf *)&s->note) : NULL;
}

bool gather_pages_is_repeat(const struct gather_pages_state *s)
{
	return s->repeated && s->ended && s->note.len;
}
