/* A host may be in two lists: of hosts with pages to give out, and of hosts
 * that need more pages. */
#include "crawl/window.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A host is given more pages when fewer than this number are in the window:
 * early, so that the remaining ones last until the store has read more. */
enum { LOW = FRONTIER_WINDOW_HOST * 3 / 4 };

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

/* Adds the host to, or removes it from, the list of hosts that need more
 * pages. */
static void update_hungry(struct window *w, struct frontier_host *h)
{
	const bool is_hungry = h->stored && !h->is_loading &&
			       h->in_window < LOW && !is_at_limit(w, h);

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

/* Search from the end, because most pages belong there. */
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

static struct frontier_page *find_page(struct page_list *list,
				       uint64_t fingerprint)
{
	struct frontier_page *page;

	TAILQ_FOREACH(page, list, link)
		if (page->fingerprint == fingerprint)
			break;
	return page;
}

static void date_page(struct frontier_page *page, const char *lastmod,
		      int priority)
{
	if (!page->lastmod && lastmod)
		page->lastmod = xstrdup(lastmod);
	if (!page->priority)
		page->priority = priority;
}

void window_date(struct window *w, struct slice host, uint64_t fingerprint,
		 const char *lastmod, int priority)
{
	struct frontier_host *h;
	struct frontier_page *page;

	HASH_FIND(hh, w->hosts, host.p, host.len, h);
	if (!h)
		return;
	h->is_outdated |= h->is_loading;
	page = find_page(&h->given, fingerprint);
	if (page) {
		date_page(page, lastmod, priority);
		return;
	}
	page = find_page(&h->pages, fingerprint);
	if (!page)
		return;
	TAILQ_REMOVE(&h->pages, page, link);
	date_page(page, lastmod, priority);
	insert_in_order(&h->pages, page);
}

void window_count_stored(struct window *w, struct frontier_host *h)
{
	h->stored++;
	update_hungry(w, h);
}

uint64_t window_release_host(struct window *w, struct slice host)
{
	struct frontier_host *h;

	HASH_FIND(hh, w->hosts, host.p, host.len, h);
	if (!h || !h->postponed)
		return 0;
	h->stored += h->postponed;
	h->postponed = 0;
	update_hungry(w, h);
	return h->number;
}

static unsigned list_indexes(const struct page_list *list, uint64_t *indexes)
{
	const struct frontier_page *page;
	unsigned count = 0;

	TAILQ_FOREACH(page, list, link)
		indexes[count++] = page->index;
	return count;
}

unsigned window_indexes(const struct frontier_host *h, uint64_t *indexes)
{
	const unsigned count = list_indexes(&h->pages, indexes);

	return count + list_indexes(&h->given, indexes + count);
}

struct frontier_host *window_begin_load(struct window *w)
{
	struct frontier_host *h = TAILQ_FIRST(&w->hungry);

	if (!h || w->pages + w->expected + FRONTIER_WINDOW_HOST >
	    FRONTIER_WINDOW)
		return NULL;
	h->is_loading = true;
	h->is_outdated = false;
	w->expected += FRONTIER_WINDOW_HOST;
	update_hungry(w, h);
	return h;
}

static void move_page(struct window *w, struct frontier_host *h,
		      struct page_list *from)
{
	struct frontier_page *page = TAILQ_FIRST(from);

	TAILQ_REMOVE(from, page, link);
	h->stored--;
	window_add(w, h, page);
}

void window_end_load(struct window *w, struct frontier_host *h,
		     struct page_list *pages)
{
	w->expected -= FRONTIER_WINDOW_HOST;
	if (h->is_outdated) {
		free_pages(pages);
		h->is_loading = false;
		update_hungry(w, h);
		return;
	}
	/* An empty list means that the store has failed: ask for no more pages
	 * of the host. */
	if (TAILQ_EMPTY(pages))
		h->stored = 0;
	while (!TAILQ_EMPTY(pages))
		move_page(w, h, pages);
	h->is_loading = false;
	update_hungry(w, h);
}

/* Removes the pages of a host that are not given out from the window; they stay
 * in the store. */
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

/* Returns the first host with pages to give out. A host may have reached its
 * limit while pages of it were being loaded. */
static struct frontier_host *first_ready(struct window *w)
{
	struct frontier_host *h;

	while ((h = TAILQ_FIRST(&w->ready)) && is_at_limit(w, h)) {
		TAILQ_REMOVE(&w->ready, h, ready_link);
		drop_pages(w, h);
	}
	return h;
}

struct frontier_page *window_next(struct window *w)
{
	struct frontier_host *h = first_ready(w);
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
