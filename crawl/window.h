/*
 * The part of a frontier that is in memory: its hosts, and those of their pages
 * that are next. A host has at most FRONTIER_WINDOW_HOST pages here, and all
 * hosts together FRONTIER_WINDOW, including the pages that are given out. The
 * other pages are in the store, and are only counted. If a host has reached its
 * limit of requests, all its pages are in the store only.
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

#define uthash_malloc(bytes) xmalloc(bytes)
#define uthash_free(p, bytes) free(p)
#include <uthash.h>

enum { FRONTIER_WINDOW = 8192, FRONTIER_WINDOW_HOST = 64 };

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
	uint64_t postponed;		/* number of pages that are put off;
					 * they are in the store only */
	unsigned in_window;		/* number of pages in the window */
	uint64_t asked;			/* number of pages requested or given
					 * out */
	bool is_hungry, is_loading;
	bool is_outdated;		/* pages that are being loaded may have
					 * been changed since */
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
	size_t expected;		/* room reserved for pages that are
					 * being loaded */
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

/* Sets the date of a page that is in the window or given out, if it has none,
 * and its priority, if that is 0. Pages that are being loaded are loaded again,
 * because the page may be one of them. */
void window_date(struct window *w, struct slice host, uint64_t fingerprint,
		 const char *lastmod, int priority);

/* Counts a page of the host that is in the store only. */
void window_count_stored(struct window *w, struct frontier_host *h);

/* Counts the pages of the host that are put off as pages of the store. Returns
 * the number of the host; 0: there is no such page. */
uint64_t window_release_host(struct window *w, struct slice host);

/* Lists the pages of the host that are in the window or given out, at most
 * FRONTIER_WINDOW_HOST. Returns their number. */
unsigned window_indexes(const struct frontier_host *h, uint64_t *indexes);

/* Returns the host that has waited longest for pages from the store, if the
 * window has room for them; otherwise NULL. No page of the host is added to the
 * window until window_end_load() moves the loaded pages there. */
struct frontier_host *window_begin_load(struct window *w);
void window_end_load(struct window *w, struct frontier_host *h,
		     struct page_list *pages);

/* Returns the next page, which stays counted until window_remove(); NULL: there
 * is none. */
struct frontier_page *window_next(struct window *w);

/* Frees a page that was given out. Unless it was requested, another page of the
 * host may be requested instead. */
void window_remove(struct window *w, struct frontier_page *page);

#endif
