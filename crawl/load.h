/* Reads the next pages of a host from the store, in the store's thread. */
#ifndef CRAWL_LOAD_H
#define CRAWL_LOAD_H

#include "crawl/store.h"
#include "crawl/database/task_queue.h"
#include "crawl/window.h"

struct load {
	struct task task;
	struct store *store;
	void *ctx;			/* the caller's, for on_done() */
	struct frontier_host *host;	/* not used by the thread */
	uint64_t number;		/* number of the host */
	struct page_list pages;		/* pages that were read */
	unsigned most;			/* pages to read */
	struct store_place place;	/* only pages after this place in the
					 * order are read */
	/* Indexes of the pages after the place that are in the window already;
	 * owned. */
	uint64_t *held;
	unsigned n_held;
};

/* Posts a task that reads pages of the host which are not in the window.
 * on_done() takes the load and its pages. */
void load_post(struct store *store, struct frontier_host *host,
	       void (*on_done)(struct task *task), void *ctx);

#endif
