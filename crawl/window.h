/*
 * The part of a frontier that is in memory: all hosts, and the next pages of
 * each host. There are at most FRONTIER_WINDOW pages, including the pages that
 * are given out. Of one host, at most FRONTIER_WINDOW_HOST pages are given out
 * (more if max_given is larger), and as many wait; if there are few hosts, up
 * to FRONTIER_WINDOW_AHEAD wait, so that requests go on while the store is
 * busy. While there is only one host, up to FRONTIER_WINDOW_ALONE of its new
 * pages wait here. The other pages are in the store, and are only counted. If a
 * host has reached its limit of requests, all its pages are in the store only.
 *
 * Hosts take turns. Pages of a host are in the order of their priority, then of
 * their index. Only one thread may use a window.
 */
#ifndef CRAWL_WINDOW_H
#define CRAWL_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "base/mem.h"
#include "base/slice.h"
#include "crawl/page.h"
#include "crawl/store.h"

#define uthash_malloc(bytes) xmalloc(bytes)
#define uthash_free(p, bytes) free(p)
#include <uthash.h>

enum {
	FRONTIER_WINDOW = 8192,
	FRONTIER_WINDOW_HOST = 64,
	FRONTIER_WINDOW_AHEAD = 512,
	FRONTIER_WINDOW_ALONE = FRONTIER_WINDOW,
};

TAILQ_HEAD(page_list, frontier_page);
TAILQ_HEAD(host_list, frontier_host);

struct frontier_host {
	UT_hash_handle hh;
	TAILQ_ENTRY(frontier_host) ready_link, hungry_link;
	struct page_list pages;		/* pages that are not given out */
	struct page_list given;
	uint64_t number;		/* 1: the first host */
	uint64_t stored;		/* number of pages that are in the store
					 * only */
	uint64_t postponed;		/* number of postponed pages, which are
					 * in the store only, but not counted in
					 * `stored` */
	unsigned n_pages, n_given;	/* number of pages in these lists */
	unsigned expected;		/* room reserved for pages that are
					 * being loaded */
	/* All waiting pages up to this place in the order are in the window;
	 * the next load reads the pages after it. */
	struct store_place place;
	bool must_restart;		/* a page in front of `place` is in the
					 * store only: the next load begins with
					 * the first page */
	bool is_from_start;		/* the current load has begun with the
					 * first page */
	int most_urgent;		/* highest priority that was stored
					 * during the current load */
	bool is_mixed;			/* the store had a page with a higher
					 * priority than one in the window */
	uint64_t asked;			/* number of pages requested or given
					 * out */
	bool is_ready, is_hungry, is_loading;
	bool is_outdated;		/* pages that are being loaded may have
					 * been changed: load them again */
	char name[];
};

struct window {
	struct frontier_host *hosts;	/* hash table by name */
	struct host_list ready;		/* hosts with pages to give out */
	struct host_list hungry;	/* hosts that need more pages from the
					 * store */
	size_t pages;			/* number of pages in the window,
					 * including those given out */
	uint64_t max_per_host;		/* limit of requested pages; 0: no
					 * limit */
	unsigned max_given;		/* limit of pages of a host that are
					 * given out */
	size_t expected;		/* room reserved for pages that are
					 * being loaded */
	/* Called before a page that is not done leaves the window for the
	 * store; set by the owner. NULL: all pages are in the store. */
	void (*on_leave)(void *ctx, const struct frontier_page *page);
	void *ctx;
};

void window_init(struct window *w);
void window_release(struct window *w);	/* frees all pages, also those given
					 * out */

/* Returns the host of that name, or NULL. */
struct frontier_host *window_host(const struct window *w, const char *name);

/* Adds a host that is not in the window, with the number of its pages in the
 * store. */
struct frontier_host *window_add_host(struct window *w, const char *name,
				      uint64_t number, uint64_t stored);

/* Sets how many pages of the host earlier runs have requested. */
void window_set_asked(struct window *w, struct frontier_host *h,
		      uint64_t asked);

size_t window_hosts(const struct window *w);

/* Returns true if a new page of the host can be added to the window: there is
 * room, and the host has no other pages in the store. */
bool window_has_room(const struct window *w, const struct frontier_host *h);

/* Takes ownership of a page of the host. */
void window_add(struct window *w, struct frontier_host *h,
		struct frontier_page *page);

/* Changes a page that is in the window or given out: sets the date if the page
 * has none, and the priority if that is 0. Pages that are being loaded are
 * loaded again, because the page may be one of them. */
void window_date(struct window *w, struct slice host, uint64_t fingerprint,
		 const char *lastmod, int priority);

/* Counts a page of the host that is in the store only. */
void window_count_stored(struct window *w, struct frontier_host *h,
			 int priority);

/* Counts the postponed pages of the host as stored pages. Returns the number of
 * the host; 0: no page of the host is postponed. */
uint64_t window_release_host(struct window *w, struct slice host);

/* Sets *indexes to the indexes of the pages after h->place that are in the
 * window or given out, to be freed. Returns their number. */
unsigned window_indexes(const struct frontier_host *h, uint64_t **indexes);

/* Returns the host that has waited longest for pages from the store, if the
 * window has room for them; otherwise NULL. The caller then loads at most
 * h->expected pages after h->place, and passes them to window_end_load(), which
 * moves them to the window. In between, no page of the host is added to the
 * window. */
struct frontier_host *window_begin_load(struct window *w);
void window_end_load(struct window *w, struct frontier_host *h,
		     struct page_list *pages);

/* Returns the next page, which stays counted until window_remove(); NULL if
 * there is none. */
struct frontier_page *window_next(struct window *w);

/* Frees a page that was given out. The page is in the store, and waits there
 * again. */
void window_drop(struct window *w, struct frontier_page *page);

/* Frees a page that was given out. Unless it was requested, another page of the
 * host may be requested instead. */
void window_remove(struct window *w, struct frontier_page *page);

#endif
