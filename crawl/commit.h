/* A commit of the store, in the store's thread. */
#ifndef CRAWL_COMMIT_H
#define CRAWL_COMMIT_H

#include "crawl/store.h"
#include "crawl/database/task_queue.h"

/* A callback that makes the output permanent, called in the store's thread.
 * Returns 0 after filling in the state of the output, or -1 after logging the
 * reason. */
struct frontier_sync {
	int (*sync)(void *ctx, struct store_output *output);
	void *ctx;
};

struct commit {
	struct task task;
	struct store *store;
	struct frontier_sync sync;
	void *ctx;		/* the caller's, for on_done() */
	int result;		/* 0, or -1 */
};

/* Posts a task that makes the output permanent, then all changes of the store
 * so far. on_done() takes the commit. */
void commit_post(struct store *store, const struct frontier_sync *sync,
		 void (*on_done)(struct task *task), void *ctx);

#endif
