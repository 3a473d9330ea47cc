/*
 * DESIGN
 * A struct runner consists of a thread and the data that it shares with the
 * waiting thread. When a runner is abandoned, its struct deadline drops it and
 * gets a new one. The decision to abandon a runner is made under the runner's
 * lock, so a task is either done or abandoned, never both.
 *
 * An abandoned thread that has returned is joined by the next call that counts
 * abandoned threads. So a thread that is not counted has really ended.
 */
#include "pool/deadline.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/queue.h>
#include <time.h>

#include "base/mem.h"
#include "base/thread.h"

/* Bytes of stack of a thread: libxml2's XPath recurses to 5,000 levels. The
 * stack is only address space until it is used. */
enum { STACK_BYTES = 8 << 20 };

struct runner {
	SLIST_ENTRY(runner) link;	/* in the list `returned` */
	pthread_t thread;
	const struct deadline_work *work;	/* borrowed, as is config */
	const void *config;

	/* Protects all members below. */
	pthread_mutex_t lock;
	pthread_cond_t changed;		/* wakes the thread when task or closing
					 * is set */
	pthread_cond_t done;		/* wakes the waiting thread when the
					 * task is done */
	void *own;			/* the thread's state, made by
					 * begin() */
	void *task;			/* owned by the thread while busy */
	bool busy;
	bool abandoned;
	bool closing;
};

struct deadline {
	const struct deadline_work *work;
	const void *config;
	struct runner *runner;		/* NULL if none started yet, or it was
					 * abandoned */
};

static atomic_uint abandoned_count;

/* Abandoned runners whose threads have returned and can be joined. The lock
 * protects the list. */
static SLIST_HEAD(, runner) returned = SLIST_HEAD_INITIALIZER(returned);
static pthread_mutex_t returned_lock = PTHREAD_MUTEX_INITIALIZER;

static void runner_free(struct runner *r)
{
	pthread_mutex_destroy(&r->lock);
	pthread_cond_destroy(&r->changed);
	pthread_cond_destroy(&r->done);
	free(r);
}

/* Waits for a task. Returns false if the runner is closing or abandoned. */
static bool next_task(struct runner *r)
{
	bool is_task;

	pthread_mutex_lock(&r->lock);
	while (!r->busy && !r->closing && !r->abandoned)
		pthread_cond_wait(&r->changed, &r->lock);
	is_task = r->busy && !r->abandoned;
	pthread_mutex_unlock(&r->lock);
	return is_task;
}

static void finish_task(struct runner *r)
{
	pthread_mutex_lock(&r->lock);
	r->busy = false;
	pthread_mutex_unlock(&r->lock);
	pthread_cond_signal(&r->done);
}

/* Cleans up an abandoned thread after its task has returned. Called in that
 * thread. */
static void end_abandoned(struct runner *r)
{
	r->work->discard(r->task);
	r->work->end(r->own);
	pthread_mutex_lock(&returned_lock);
	SLIST_INSERT_HEAD(&returned, r, link);
	pthread_mutex_unlock(&returned_lock);
}

static void *runner_main(void *arg)
{
	struct runner *r = arg;
	void *own = r->work->begin(r->config);

	pthread_mutex_lock(&r->lock);
	r->own = own;
	pthread_mutex_unlock(&r->lock);
	while (next_task(r)) {
		r->work->run(own, r->task);
		finish_task(r);
	}
	if (r->abandoned)
		end_abandoned(r);
	else
		r->work->end(own);
	return NULL;
}

/* Starts a runner. Returns NULL if the system cannot start a thread. */
static struct runner *runner_new(const struct deadline *d)
{
	struct runner *r = xcalloc(1, sizeof(*r));
	pthread_condattr_t attr;

	r->work = d->work;
	r->config = d->config;
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->changed, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&r->done, &attr);
	pthread_condattr_destroy(&attr);
	if (!thread_start(&r->thread, STACK_BYTES, runner_main, r))
		return r;
	runner_free(r);
	return NULL;
}

/* Returns the time that is left until the limit. Time for which the task was
 * held up does not count. Called with the lock held. */
static msec time_left(const struct runner *r, msec start, msec limit)
{
	const msec now = clock_now();
	const msec held_up = r->work->held_up ? r->work->held_up(r->task, now)
					      : 0;

	return start + limit + held_up - now;
}

/* Waits until the task is done. Returns false if the limit is reached before.
 * Called with the lock held. */
static bool wait_until_done(struct runner *r, msec limit)
{
	const msec start = clock_now();
	struct timespec deadline;
	msec more = limit;

	if (!limit) {
		while (r->busy)
			pthread_cond_wait(&r->done, &r->lock);
		return true;
	}
	while (r->busy && more > 0) {
		int error = 0;

		deadline = clock_timespec(clock_now() + more);
		while (r->busy && error != ETIMEDOUT)
			error = pthread_cond_timedwait(&r->done, &r->lock,
						       &deadline);
		more = r->busy ? time_left(r, start, limit) : 0;
	}
	return !r->busy;
}

/* Abandons the thread, and asks its task to stop. Called with the lock held, so
 * that the thread cannot free r->own meanwhile. r->own is NULL while the thread
 * is in begin(). */
static void abandon(struct runner *r)
{
	r->abandoned = true;
	atomic_fetch_add(&abandoned_count, 1);
	if (r->work->stop && r->own)
		r->work->stop(r->own, r->task);
}

static void join_returned(void)
{
	SLIST_HEAD(, runner) list;
	struct runner *r;

	pthread_mutex_lock(&returned_lock);
	list.slh_first = SLIST_FIRST(&returned);
	SLIST_INIT(&returned);
	pthread_mutex_unlock(&returned_lock);
	while ((r = SLIST_FIRST(&list)) != NULL) {
		SLIST_REMOVE_HEAD(&list, link);
		pthread_join(r->thread, NULL);
		runner_free(r);
		atomic_fetch_sub(&abandoned_count, 1);
	}
}

struct deadline *deadline_new(const struct deadline_work *work,
			      const void *config)
{
	struct deadline *d = xcalloc(1, sizeof(*d));

	d->work = work;
	d->config = config;
	return d;
}

void deadline_free(struct deadline *d)
{
	struct runner *r;

	if (!d)
		return;
	r = d->runner;
	if (r) {
		pthread_mutex_lock(&r->lock);
		assert(!r->busy);
		r->closing = true;
		pthread_cond_signal(&r->changed);
		pthread_mutex_unlock(&r->lock);
		pthread_join(r->thread, NULL);
		runner_free(r);
	}
	free(d);
}

unsigned deadline_abandoned(void)
{
	if (atomic_load(&abandoned_count))
		join_returned();
	return atomic_load(&abandoned_count);
}

enum deadline_result deadline_run(struct deadline *d, void *task, msec limit)
{
	struct runner *r;
	bool is_done;

	if (deadline_abandoned() >= DEADLINE_MAX_ABANDONED)
		return DEADLINE_REFUSED;
	if (!d->runner)
		d->runner = runner_new(d);
	r = d->runner;
	if (!r)
		return DEADLINE_REFUSED;
	pthread_mutex_lock(&r->lock);
	r->task = task;
	r->busy = true;
	pthread_cond_signal(&r->changed);
	is_done = wait_until_done(r, limit);
	if (!is_done) {
		abandon(r);
		d->runner = NULL;
	}
	pthread_mutex_unlock(&r->lock);
	return is_done ? DEADLINE_DONE : DEADLINE_ABANDONED;
}
