/*
 * A host may be in two lists: `ready`, of hosts with pages to give out, and
 * `hungry`, of hosts that need more pages.
 *
 * Pages are loaded in their order, each once. But if a page comes to the store
 * that belongs in front of loaded pages, loading begins again with the first
 * page. If the new page also has a higher priority than a page in the window,
 * fewer pages of the host wait in the window from then on, so that urgent pages
 * are given out soon.
 */
#include "crawl/window.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void window_init(struct window *w)
{
	*w = (struct window){.max_given = FRONTIER_WINDOW_HOST};
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

/* Returns how many pages of the host may wait in the window. Hosts with many
 * pages leave half of the window to others. */
static unsigned share_of(const struct window *w, const struct frontier_host *h)
{
	const size_t share = FRONTIER_WINDOW / 2 / window_hosts(w);

	if (h->is_mixed || share < FRONTIER_WINDOW_HOST)
		return FRONTIER_WINDOW_HOST;
	return share < FRONTIER_WINDOW_AHEAD ? (unsigned)share
					     : FRONTIER_WINDOW_AHEAD;
}

/* Updates whether the host is in the list of hosts that need more pages. A host
 * needs more when less than three quarters of its share are left, so that these
 * last until the store has read more. */
static void update_hungry(struct window *w, struct frontier_host *h)
{
	const bool is_hungry = h->stored && !h->is_loading &&
			       h->n_pages < share_of(w, h) / 4 * 3 &&
			       !is_at_limit(w, h);

	if (is_hungry == h->is_hungry)
		return;
	h->is_hungry = is_hungry;
	if (is_hungry)
		TAILQ_INSERT_TAIL(&w->hungry, h, hungry_link);
	else
		TAILQ_REMOVE(&w->hungry, h, hungry_link);
}

/* Updates whether the host is in the list of hosts with pages to give out. */
static void update_ready(struct window *w, struct frontier_host *h)
{
	const bool is_ready = h->n_pages && h->n_given < w->max_given;

	if (is_ready == h->is_ready)
		return;
	h->is_ready = is_ready;
	if (is_ready)
		TAILQ_INSERT_TAIL(&w->ready, h, ready_link);
	else
		TAILQ_REMOVE(&w->ready, h, ready_link);
}

static void update_lists(struct window *w, struct frontier_host *h)
{
	update_ready(w, h);
	update_hungry(w, h);
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
	const unsigned room = window_hosts(w) == 1 ? FRONTIER_WINDOW_ALONE
						   : share_of(w, h);

	return !h->stored && !is_at_limit(w, h) && h->n_pages < room &&
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

static bool is_behind(const struct frontier_page *page,
		      const struct store_place *place)
{
	return page->priority < place->priority ||
	       (page->priority == place->priority &&
		page->index > place->page);
}

void window_add(struct window *w, struct frontier_host *h,
		struct frontier_page *page)
{
	/* If no page of the host is in the store only, all pages up to this one
	 * are in the window. */
	if (!h->stored && is_behind(page, &h->place))
		h->place = (struct store_place){page->priority, page->index};
	page->host = h;
	insert_in_order(&h->pages, page);
	h->n_pages++;
	w->pages++;
	update_lists(w, h);
}

static void note_leave(const struct window *w, const struct frontier_page *page)
{
	if (w->on_leave)
		w->on_leave(w->ctx, page);
}

/* Removes all waiting pages of the host from the window except for the first
 * `keep`. They are still in the store. */
static void drop_pages(struct window *w, struct frontier_host *h, unsigned keep)
{
	while (h->n_pages > keep) {
		struct frontier_page *page = TAILQ_LAST(&h->pages, page_list);

		note_leave(w, page);
		TAILQ_REMOVE(&h->pages, page, link);
		frontier_page_free(page);
		h->stored++;
		h->n_pages--;
		w->pages--;
		h->must_restart = true;
	}
	update_lists(w, h);
}

struct frontier_host *window_add_host(struct window *w, const char *name,
				      uint64_t number, uint64_t stored)
{
	const size_t len = strlen(name);
	struct frontier_host *h = xcalloc(1, sizeof(*h) + len + 1);

	memcpy(h->name, name, len);
	h->number = number;
	h->stored = stored;
	h->place = STORE_FIRST_PLACE;
	TAILQ_INIT(&h->pages);
	TAILQ_INIT(&h->given);
	if (window_hosts(w) == 1)
		drop_pages(w, w->hosts, FRONTIER_WINDOW_AHEAD);
	HASH_ADD_KEYPTR(hh, w->hosts, h->name, len, h);
	update_hungry(w, h);
	return h;
}

/* Makes room in the window for a page in the store with this priority, if a
 * page of the host in the window has a lower one. */
static void make_way(struct window *w, struct frontier_host *h, int priority)
{
	const struct frontier_page *last = TAILQ_LAST(&h->pages, page_list);

	if (!last || last->priority >= priority)
		return;
	h->is_mixed = true;
	drop_pages(w, h, FRONTIER_WINDOW_HOST);
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
	h->must_restart = true;
	page = find_page(&h->given, fingerprint);
	if (page) {
		date_page(page, lastmod, priority);
		return;
	}
	page = find_page(&h->pages, fingerprint);
	if (!page) {
		make_way(w, h, priority);
		return;
	}
	TAILQ_REMOVE(&h->pages, page, link);
	date_page(page, lastmod, priority);
	insert_in_order(&h->pages, page);
}

void window_count_stored(struct window *w, struct frontier_host *h,
			 int priority)
{
	h->stored++;
	if (h->is_loading && priority > h->most_urgent)
		h->most_urgent = priority;
	h->must_restart |= priority > h->place.priority;
	make_way(w, h, priority);
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
	h->must_restart = true;
	update_hungry(w, h);
	return h->number;
}

static unsigned add_indexes(uint64_t *indexes, unsigned count,
			    const struct page_list *list,
			    const struct store_place *place)
{
	const struct frontier_page *page;

	TAILQ_FOREACH(page, list, link)
		if (is_behind(page, place))
			indexes[count++] = page->index;
	return count;
}

unsigned window_indexes(const struct frontier_host *h, uint64_t **indexes)
{
	unsigned count;

	*indexes = xmalloc((h->n_pages + h->n_given + 1) * sizeof(**indexes));
	count = add_indexes(*indexes, 0, &h->pages, &h->place);
	return add_indexes(*indexes, count, &h->given, &h->place);
}

/* Returns the first host that needs pages. Removes hosts from the list that
 * need none any more, because the share of each host in the window has become
 * smaller. */
static struct frontier_host *first_hungry(struct window *w)
{
	struct frontier_host *h;

	while ((h = TAILQ_FIRST(&w->hungry)) && h->n_pages >= share_of(w, h))
		update_hungry(w, h);
	return h;
}

struct frontier_host *window_begin_load(struct window *w)
{
	struct frontier_host *h = first_hungry(w);
	const unsigned most = h ? share_of(w, h) - h->n_pages : 0;

	if (!h || w->pages + w->expected + most > FRONTIER_WINDOW)
		return NULL;
	if (h->must_restart)
		h->place = STORE_FIRST_PLACE;
	h->is_from_start = h->place.priority == STORE_FIRST_PLACE.priority;
	h->must_restart = false;
	h->most_urgent = INT_MIN;
	h->is_loading = true;
	h->is_outdated = false;
	h->expected = most;
	w->expected += most;
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

/* Sets the place from which loading goes on, after pages were loaded. */
static void set_place(struct frontier_host *h, const struct page_list *pages)
{
	const struct frontier_page *last = TAILQ_LAST(pages, page_list);

	if (last) {
		h->place = (struct store_place){last->priority, last->index};
		h->must_restart |= h->most_urgent > last->priority;
	} else if (h->is_from_start) {
		/* The store has failed: ask for no more pages of the host. */
		h->stored = 0;
	} else {
		h->must_restart = true;
	}
}

void window_end_load(struct window *w, struct frontier_host *h,
		     struct page_list *pages)
{
	w->expected -= h->expected;
	h->is_loading = false;
	if (h->is_outdated) {
		free_pages(pages);
		update_hungry(w, h);
		return;
	}
	set_place(h, pages);
	while (!TAILQ_EMPTY(pages))
		move_page(w, h, pages);
	update_hungry(w, h);
}

/* Returns the first host with pages to give out. A host may have reached its
 * limit while pages of it were being loaded. */
static struct frontier_host *first_ready(struct window *w)
{
	struct frontier_host *h;

	while ((h = TAILQ_FIRST(&w->ready)) && is_at_limit(w, h))
		drop_pages(w, h, 0);
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
	h->n_pages--;
	h->n_given++;
	h->asked++;
	/* Take the host out of the list; update_lists() puts it at the end. */
	TAILQ_REMOVE(&w->ready, h, ready_link);
	h->is_ready = false;
	if (is_at_limit(w, h))
		drop_pages(w, h, 0);
	update_lists(w, h);
	return page;
}

void window_remove(struct window *w, struct frontier_page *page)
{
	struct frontier_host *h = page->host;

	TAILQ_REMOVE(&h->given, page, link);
	if (!page->was_requested)
		h->asked--;
	h->n_given--;
	w->pages--;
	update_lists(w, h);
	frontier_page_free(page);
}

void window_drop(struct window *w, struct frontier_page *page)
{
	struct frontier_host *h = page->host;

	note_leave(w, page);
	h->stored++;
	h->must_restart = true;
	window_remove(w, page);
}
