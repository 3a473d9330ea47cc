#include "crawl/commit.h"

#include "base/mem.h"

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

	c->task = (struct task){.run = run_commit, .on_done = on_done,
				.bytes = sizeof(*c)};
	c->store = store;
	c->sync = *sync;
	c->ctx = ctx;
	task_queue_post(store_queue(store), &c->task);
	task_queue_flush(store_queue(store));
}
