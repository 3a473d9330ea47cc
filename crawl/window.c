#include "crawl/window.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "crawl/store.h"

/* A host gets more pages when fewer than this are in the window. */
enum { LOW = FRONTIER_WINDOW_HOST / 4 };

static char *copy_text(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

struct frontier_page *frontier_page_new(const struct store_page *from)
{
	struct frontier_page *page = xcalloc(1, sizeof(*page));

	page->index = from->index;
	page->fingerprint = from->fingerprint;
	page->level = from->level;
	page->priority = from->priority;
	page->role = from->role;
	page->url = xmemdup(from->url.p, from->url.len);
	page->via = copy_text(from->via);
	page->lastmod = copy_text(from->lastmod);
	page->carried = copy_text(from->carried);
	page->id = copy_text(from->id);
	page->headers = copy_text(from->headers);
	page->from_public = from->from_public;
	page->no_credentials = from->no_credentials;
	return page;
}

void frontier_page_free(struct frontier_page *page)
{
	free(page->duplicate_of);
	free(page->url);
	free(page->via);
	free(page->lastmod);
	free(page->carried);
	free(page->id);
	free(page->headers);
	buf_release(&page->claims);
	free(page);
}

void window_init(struct window *w)
{
	*w = (struct window){0};
	TAILQ_INIT(&w->ready);
	TAILQ_INIT(&w->hungry);
}

static void free_pages(struct page_list *list)
{
	struct frontier_page *page;

	while ((page = TAILQ_FIRST(list))) {
		TAILQ_REMOVE(list, page, link);
		frontier_page_free(page);
	}
}

void window_release(struct window *w)
{
	struct frontier_host *h, *next;

	HASH_ITER(hh, w->hosts, h, next) {
		HASH_DEL(w->hosts, h);
		free_pages(&h->pages);
		free_pages(&h->given);
		free(h);
	}
	window_init(w);
}

struct frontier_host *window_host(const struct window *w, const char *name)
{
	struct frontier_host *h;

	HASH_FIND_STR(w->hosts, name, h);
	return h;
}

/* Returns true if no further page of the host may be requested. */
static bool is_at_limit(const struct window *w, const struct frontier_host *h)
{
	return w->max_per_host && h->asked >= w->max_per_host;
}

/* Puts the host into the list of those that need more pages, or takes it
 * out. */
static void update_hungry(struct window *w, struct frontier_host *h)
{
	const bool is_hungry = h->stored && h->in_window < LOW &&
			       !is_at_limit(w, h);

	if (is_hungry == h->is_hungry)
		return;
	h->is_hungry = is_hungry;
	if (is_hungry)
		TAILQ_INSERT_TAIL(&w->hungry, h, hungry_link);
	else
		TAILQ_REMOVE(&w->hungry, h, hungry_link);
}

struct frontier_host *window_add_host(struct window *w, const char *name,
				      uint64_t number, uint64_t stored)
{
	const size_t len = strlen(name);
	struct frontier_host *h = xcalloc(1, sizeof(*h) + len + 1);

	memcpy(h->name, name, len);
	h->number = number;
	h->stored = stored;
	TAILQ_INIT(&h->pages);
	TAILQ_INIT(&h->given);
	HASH_ADD_KEYPTR(hh, w->hosts, h->name, len, h);
	update_hungry(w, h);
	return h;
}

void window_set_asked(struct window *w, struct frontier_host *h,
		      uint64_t asked)
{
	h->asked = asked;
	update_hungry(w, h);
}

size_t window_hosts(const struct window *w)
{
	return HASH_COUNT(w->hosts);
}

bool window_has_room(const struct window *w, const struct frontier_host *h)
{
	return !h->stored && !is_at_limit(w, h) &&
	       h->in_window < FRONTIER_WINDOW_HOST &&
	       w->pages < FRONTIER_WINDOW;
}

/* Most pages are added at the end. */
static void insert_in_order(struct page_list *list, struct frontier_page *page)
{
	struct frontier_page *before = TAILQ_LAST(list, page_list);

	while (before && before->priority < page->priority)
		before = TAILQ_PREV(before, page_list, link);
	if (before)
		TAILQ_INSERT_AFTER(list, before, page, link);
	else
		TAILQ_INSERT_HEAD(list, page, link);
}

void window_add(struct window *w, struct frontier_host *h,
		struct frontier_page *page)
{
	if (TAILQ_EMPTY(&h->pages))
		TAILQ_INSERT_TAIL(&w->ready, h, ready_link);
	page->host = h;
	insert_in_order(&h->pages, page);
	h->in_window++;
	w->pages++;
	update_hungry(w, h);
}

void window_count_stored(struct window *w, struct frontier_host *h)
{
	h->stored++;
	update_hungry(w, h);
}

void window_uncount_stored(struct window *w, struct frontier_host *h)
{
	h->stored--;
	update_hungry(w, h);
}

static bool list_has(const struct page_list *list, uint64_t index)
{
	const struct frontier_page *page;

	TAILQ_FOREACH(page, list, link)
		if (page->index == index)
			return true;
	return false;
}

bool window_holds(const struct frontier_host *h, uint64_t index)
{
	return list_has(&h->pages, index) || list_has(&h->given, index);
}

struct frontier_host *window_hungry(const struct window *w)
{
	return w->pages + FRONTIER_WINDOW_HOST <= FRONTIER_WINDOW
		       ? TAILQ_FIRST(&w->hungry) : NULL;
}

/* Leaves the pages of a host that are not given out to the store. */
static void drop_pages(struct window *w, struct frontier_host *h)
{
	const struct frontier_page *page;

	TAILQ_FOREACH(page, &h->pages, link) {
		h->stored++;
		h->in_window--;
		w->pages--;
	}
	free_pages(&h->pages);
	update_hungry(w, h);
}

struct frontier_page *window_next(struct window *w)
{
	struct frontier_host *h = TAILQ_FIRST(&w->ready);
	struct frontier_page *page;

	if (!h)
		return NULL;
	page = TAILQ_FIRST(&h->pages);
	TAILQ_REMOVE(&h->pages, page, link);
	TAILQ_INSERT_TAIL(&h->given, page, link);
	TAILQ_REMOVE(&w->ready, h, ready_link);
	h->asked++;
	if (is_at_limit(w, h))
		drop_pages(w, h);
	if (!TAILQ_EMPTY(&h->pages))
		TAILQ_INSERT_TAIL(&w->ready, h, ready_link);
	return page;
}

void window_remove(struct window *w, struct frontier_page *page)
{
	struct frontier_host *h = page->host;

	TAILQ_REMOVE(&h->given, page, link);
	if (!page->was_requested)
		h->asked--;
	h->in_window--;
	w->pages--;
	update_hungry(w, h);
	frontier_page_free(page);
}
