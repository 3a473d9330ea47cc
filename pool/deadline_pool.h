/*
 * Deadline threads shared by all workers that read pages with the same
 * configuration.
 *
 * With --mode threads there is a worker for each request in flight. If all
 * workers read pages at the same time, hundreds would share the processors and
 * be late for that reason alone, and each could use the maximum memory of a
 * page. So only as many pages are read at the same time as the pool has
 * threads. The other workers wait, and the wait does not count towards the time
 * limit. Expressions are compiled once per thread.
 */
#ifndef POOL_DEADLINE_POOL_H
#define POOL_DEADLINE_POOL_H

#include "pool/deadline.h"

struct deadline_pool;

/* Returns the pool for this config, creating it if necessary. A worker calls
 * deadline_pool_leave() when it needs the pool no more. most: maximum number of
 * tasks at the same time; 0: no limit. May be called in any thread. */
struct deadline_pool *deadline_pool_join(const struct deadline_work *work,
					 const void *config, unsigned most);

/* Leaves the pool; the last worker to leave frees it. */
void deadline_pool_leave(struct deadline_pool *pool);

/* Calls deadline_run() for one of the pool's threads, as soon as a thread is
 * free. The limit counts from then on. */
enum deadline_result deadline_pool_run(struct deadline_pool *pool, void *task,
				       msec limit);

#endif
