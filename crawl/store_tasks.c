/* The tasks of the store's thread: to read pages, and to commit. */
#include <stdlib.h>

#include "base/mem.h"
#include "crawl/commit.h"
#include "crawl/load.h"

static bool is_held(const struct load *l, uint64_t index)
{
	for (unsigned i = 0; i < l->n_held; i++)
		if (l->held[i] == index)
			return true;
	return false;
}

static void on_page(void *ctx, const struct store_page *page)
{
	struct load *l = ctx;
	struct frontier_page *copy;

	if (!l->most || is_held(l, page->index))
		return;
	l->most--;
	copy = frontier_page_new(page);
	copy->is_stored = true;
	TAILQ_INSERT_TAIL(&l->pages, copy, link);
}

/* Loads pages of a host. Some of the pages that the store returns may be in the
 * window already. */
static void run_load(struct task *task)
{
	struct load *l = (struct load *)task;

	/* An error is noticed by the owner of the store. */
	(void)store_each_page(l->store, l->number, &l->place,
			      l->most + l->n_held, on_page, l);
	free(l->held);
}

void load_post(struct store *store, struct frontier_host *host,
	       void (*on_done)(struct task *task), void *ctx)
{
	struct load *l = xcalloc(1, sizeof(*l));

	l->task = (struct task){.run = run_load, .on_done = on_done,
				.bytes = sizeof(*l)};
	l->store = store;
	l->ctx = ctx;
	l->host = host;
	l->number = host->number;
	TAILQ_INIT(&l->pages);
	l->place = host->place;
	l->n_held = window_indexes(host, &l->held);
	l->most = host->expected;
	task_queue_post(store_queue(store), &l->task);
	task_queue_flush(store_queue(store));
}

static void run_commit(struct task *task)
{
	struct commit *c = (struct commit *)task;
	struct store_output output;

	c->result = c->sync.sync(c->sync.ctx, &output) ||
		    store_commit(c->store, &output) ? -1 : 0;
}

void commit_post(struct store *store, const struct frontier_sync *sync,
		 void (*on_done)(struct task *task), void *ctx)
{
	struct commit *c = xcalloc(1, sizeof(*c));

	/* The commit notices an error. */
	(void)store_write_results(store);
	c->task = (struct task){.run = run_commit, .on_done = on_done,
				.bytes = sizeof(*c)};
	c->store = store;
	c->sync = *sync;
	c->ctx = ctx;
	task_queue_post(store_queue(store), &c->task);
	task_queue_flush(store_queue(store));
}
