/* A list of pools, one for each configuration. Each pool has a stack of idle
 * deadline threads. */
#include "pool/deadline_pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/queue.h>

#include "base/mem.h"

struct deadline_pool {
	LIST_ENTRY(deadline_pool) link;
	const struct deadline_work *work;	/* borrowed, as is config */
	const void *config;
	unsigned most;		/* maximum number of tasks at the same time; 0:
				 * no limit */
	unsigned users;		/* number of workers that have joined */
	unsigned busy;		/* number of tasks that are running */
	struct deadline **idle;
	size_t idle_count;
	pthread_cond_t freed;
};

/* The lock protects the list of all pools, and every pool in it. */
static LIST_HEAD(, deadline_pool) known = LIST_HEAD_INITIALIZER(known);
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct deadline_pool *find_pool(const void *config)
{
	struct deadline_pool *pool;

	LIST_FOREACH(pool, &known, link)
		if (pool->config == config)
			break;
	return pool;
}

static struct deadline_pool *add_pool(const struct deadline_work *work,
				      const void *config, unsigned most)
{
	struct deadline_pool *pool = xcalloc(1, sizeof(*pool));

	pool->work = work;
	pool->config = config;
	pool->most = most;
	pthread_cond_init(&pool->freed, NULL);
	LIST_INSERT_HEAD(&known, pool, link);
	return pool;
}

/* Takes the thread that was used last, because its data is most likely still in
 * the processor's caches. */
static struct deadline *take_thread(struct deadline_pool *pool)
{
	struct deadline *d = NULL;

	pthread_mutex_lock(&lock);
	while (pool->most && pool->busy == pool->most)
		pthread_cond_wait(&pool->freed, &lock);
	pool->busy++;
	if (pool->idle_count)
		d = pool->idle[--pool->idle_count];
	pthread_mutex_unlock(&lock);
	return d ? d : deadline_new(pool->work, pool->config);
}

static void return_thread(struct deadline_pool *pool, struct deadline *d)
{
	pthread_mutex_lock(&lock);
	pool->idle = xrealloc(pool->idle, (pool->idle_count + 1) *
						  sizeof(struct deadline *));
	pool->idle[pool->idle_count++] = d;
	pool->busy--;
	pthread_cond_signal(&pool->freed);
	pthread_mutex_unlock(&lock);
}

struct deadline_pool *deadline_pool_join(const struct deadline_work *work,
					 const void *config, unsigned most)
{
	struct deadline_pool *pool;

	pthread_mutex_lock(&lock);
	pool = find_pool(config);
	if (!pool)
		pool = add_pool(work, config, most);
	pool->users++;
	pthread_mutex_unlock(&lock);
	return pool;
}

void deadline_pool_leave(struct deadline_pool *pool)
{
	unsigned left;

	pthread_mutex_lock(&lock);
	left = --pool->users;
	if (!left)
		LIST_REMOVE(pool, link);
	pthread_mutex_unlock(&lock);
	if (left)
		return;
	for (size_t i = 0; i < pool->idle_count; i++)
		deadline_free(pool->idle[i]);
	free(pool->idle);
	pthread_cond_destroy(&pool->freed);
	free(pool);
}

enum deadline_result deadline_pool_run(struct deadline_pool *pool, void *task,
				       msec limit)
{
	struct deadline *d = take_thread(pool);
	const enum deadline_result result = deadline_run(d, task, limit);

	return_thread(pool, d);
	return result;
}
