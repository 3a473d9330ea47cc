#include "pool/deadline_pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/queue.h>

#include "base/mem.h"

struct deadline_pool {
	LIST_ENTRY(deadline_pool) link;
	const struct deadline_work *work;	/* borrowed, as config */
	const void *config;
	unsigned most;
	unsigned users;
	unsigned busy;
	struct deadline **idle;
	size_t idle_count;
	pthread_cond_t freed;
};

/* The lock guards the list and all in it. */
static LIST_HEAD(, deadline_pool) known = LIST_HEAD_INITIALIZER(known);
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct deadline_pool *find(const void *config)
{
	struct deadline_pool *all;

	LIST_FOREACH(all, &known, link)
		if (all->config == config)
			break;
	return all;
}

static struct deadline_pool *make(const struct deadline_work *work,
				  const void *config, unsigned most)
{
	struct deadline_pool *all = xcalloc(1, sizeof(*all));

	all->work = work;
	all->config = config;
	all->most = most;
	pthread_cond_init(&all->freed, NULL);
	LIST_INSERT_HEAD(&known, all, link);
	return all;
}

/* The one that was used last: it has most in its caches. */
static struct deadline *take(struct deadline_pool *all)
{
	struct deadline *g = NULL;

	pthread_mutex_lock(&lock);
	while (all->most && all->busy == all->most)
		pthread_cond_wait(&all->freed, &lock);
	all->busy++;
	if (all->idle_count)
		g = all->idle[--all->idle_count];
	pthread_mutex_unlock(&lock);
	return g ? g : deadline_new(all->work, all->config);
}

static void give_back(struct deadline_pool *all, struct deadline *g)
{
	pthread_mutex_lock(&lock);
	all->idle = xrealloc(all->idle,
			     (all->idle_count + 1) * sizeof(struct deadline *));
	all->idle[all->idle_count++] = g;
	all->busy--;
	pthread_cond_signal(&all->freed);
	pthread_mutex_unlock(&lock);
}

struct deadline_pool *deadline_pool_join(const struct deadline_work *work,
					 const void *config, unsigned most)
{
	struct deadline_pool *all;

	pthread_mutex_lock(&lock);
	all = find(config);
	if (!all)
		all = make(work, config, most);
	all->users++;
	pthread_mutex_unlock(&lock);
	return all;
}

void deadline_pool_leave(struct deadline_pool *all)
{
	unsigned left;

	pthread_mutex_lock(&lock);
	left = --all->users;
	if (!left)
		LIST_REMOVE(all, link);
	pthread_mutex_unlock(&lock);
	if (left)
		return;
	for (size_t i = 0; i < all->idle_count; i++)
		deadline_free(all->idle[i]);
	free(all->idle);
	pthread_cond_destroy(&all->freed);
	free(all);
}

enum deadline_result deadline_pool_run(struct deadline_pool *all, void *task,
				       msec limit)
{
	struct deadline *g = take(all);
	const enum deadline_result result = deadline_run(g, task, limit);

	give_back(all, g);
	return result;
}
