/*
 * The guards of all workers that read pages with the same configuration.
 *
 * With --mode threads there is a worker for each request in flight. If all of
 * them read at once, hundreds would share the processors and be late for that
 * alone, and each might take what memory a single page is allowed. So only as
 * many pages are read at once as there are guards, the others wait, which does
 * not count as reading; and expressions are compiled once a guard.
 */
#ifndef POOL_DEADLINE_POOL_H
#define POOL_DEADLINE_POOL_H

#include "pool/deadline.h"

struct deadline_pool;

/* For a worker, until it leaves. Guards are the same for the same config.
 * most: tasks that run at once; 0: any number. From any thread. */
struct deadline_pool *deadline_pool_join(const struct deadline_work *work,
					 const void *config, unsigned most);

/* The last one to leave frees them. */
void deadline_pool_leave(struct deadline_pool *all);

/* deadline_run() by one of them, as soon as one is free. limit is from then on. */
enum deadline_result deadline_pool_run(struct deadline_pool *all, void *task,
				       msec limit);

#endif
