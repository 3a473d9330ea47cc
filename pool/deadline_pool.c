#include "pool/deadline_pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/queue.h>

#include "base/mem.h"

struct guards {
	LIST_ENTRY(guards) link;
	const struct guard_work *work;	/* borrowed, as config */
	const void *config;
	unsigned most;
	unsigned users;
	unsigned busy;
	struct guard **idle;
	size_t idle_count;
	pthread_cond_t freed;
};

/* The lock guards the list and all in it. */
static LIST_HEAD(, guards) known = LIST_HEAD_INITIALIZER(known);
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct guards *find(const void *config)
{
	struct guards *all;

	LIST_FOREACH(all, &known, link)
		if (all->config == config)
			break;
	return all;
}

static struct guards *make(const struct guard_work *work, const void *config,
			   unsigned most)
{
	struct guards *all = xcalloc(1, sizeof(*all));

	all->work = work;
	all->config = config;
	all->most = most;
	pthread_cond_init(&all->freed, NULL);
	LIST_INSERT_HEAD(&known, all, link);
	return all;
}

/* The one that was used last: it has most in its caches. */
static struct guard *take(struct guards *all)
{
	struct guard *g = NULL;

	pthread_mutex_lock(&lock);
	while (all->most && all->busy == all->most)
		pthread_cond_wait(&all->freed, &lock);
	all->busy++;
	if (all->idle_count)
		g = all->idle[--all->idle_count];
	pthread_mutex_unlock(&lock);
	return g ? g : guard_new(all->work, all->config);
}

static void give_back(struct guards *all, struct guard *g)
{
	pthread_mutex_lock(&lock);
	all->idle = xrealloc(all->idle,
			     (all->idle_count + 1) * sizeof(struct guard *));
	all->idle[all->idle_count++] = g;
	all->busy--;
	pthread_cond_signal(&all->freed);
	pthread_mutex_unlock(&lock);
}

struct guards *guards_join(const struct guard_work *work, const void *config,
			   unsigned most)
{
	struct guards *all;

	pthread_mutex_lock(&lock);
	all = find(config);
	if (!all)
		all = make(work, config, most);
	all->users++;
	pthread_mutex_unlock(&lock);
	return all;
}

void guards_leave(struct guards *all)
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
		guard_free(all->idle[i]);
	free(all->idle);
	pthread_cond_destroy(&all->freed);
	free(all);
}

enum guard_result guards_run(struct guards *all, void *task, msec limit)
{
	struct guard *g = take(all);
	const enum guard_result result = guard_run(g, task, limit);

	give_back(all, g);
	return result;
}
