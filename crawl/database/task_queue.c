/* Two lists under a lock: tasks to run, and tasks that have run. */
#include "crawl/database/task_queue.h"

#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/thread.h"

/* Limits in bytes: size of a batch; the size at which the queue counts as full;
 * the size at which posting a task waits. */
enum { BATCH = 64 << 10, FULL = 4 << 20, MOST = 8 << 20 };

STAILQ_HEAD(tasks, task);

struct task_queue {
	pthread_t thread;
	int fd;			/* eventfd */
	struct tasks posted;	/* tasks posted and not yet handed to the
				 * thread */
	size_t posted_bytes;

	pthread_mutex_t lock;	/* guards all members below */
	pthread_cond_t more;	/* there are tasks, or the queue is closing */
	pthread_cond_t less;	/* signalled when a batch has run */
	struct tasks waiting, done;
	size_t bytes;		/* size of the tasks that were handed over and
				 * have not run */
	bool is_closing;
	bool wants_room;	/* make fd readable when the queue is not full
				 * any more */
};

static void notify(const struct task_queue *q)
{
	const uint64_t one = 1;

	(void)!write(q->fd, &one, sizeof(one));
}

/* Waits for tasks and takes all of them. Returns false if the queue is closing
 * and no tasks are left. */
static bool take_batch(struct task_queue *q, struct tasks *batch)
{
	bool any;

	STAILQ_INIT(batch);
	pthread_mutex_lock(&q->lock);
	while (STAILQ_EMPTY(&q->waiting) && !q->is_closing)
		pthread_cond_wait(&q->more, &q->lock);
	STAILQ_CONCAT(batch, &q->waiting);
	any = !STAILQ_EMPTY(batch);
	pthread_mutex_unlock(&q->lock);
	return any;
}

/* Counts tasks as run, and gives tasks with an on_done() back to the owner. */
static void finish_batch(struct task_queue *q, struct tasks *done, size_t bytes)
{
	bool wake = !STAILQ_EMPTY(done);

	pthread_mutex_lock(&q->lock);
	STAILQ_CONCAT(&q->done, done);
	q->bytes -= bytes;
	if (q->wants_room && q->bytes < FULL) {
		q->wants_room = false;
		wake = true;
	}
	pthread_cond_broadcast(&q->less);
	pthread_mutex_unlock(&q->lock);
	if (wake)
		notify(q);
}

static void run_batch(struct task_queue *q, struct tasks *batch)
{
	struct tasks done = STAILQ_HEAD_INITIALIZER(done);
	struct task *t;
	size_t bytes = 0;

	while ((t = STAILQ_FIRST(batch))) {
		const bool comes_back = t->on_done;

		STAILQ_REMOVE_HEAD(batch, link);
		bytes += t->bytes;
		t->run(t);
		if (!comes_back)
			continue;
		STAILQ_INSERT_TAIL(&done, t, link);
		finish_batch(q, &done, bytes);
		bytes = 0;
	}
	finish_batch(q, &done, bytes);
}

static void *run_queue(void *arg)
{
	struct task_queue *q = arg;
	struct tasks batch;

	while (take_batch(q, &batch))
		run_batch(q, &batch);
	return NULL;
}

struct task_queue *task_queue_open(void)
{
	struct task_queue *q = xcalloc(1, sizeof(*q));
	int error;

	STAILQ_INIT(&q->posted);
	STAILQ_INIT(&q->waiting);
	STAILQ_INIT(&q->done);
	pthread_mutex_init(&q->lock, NULL);
	pthread_cond_init(&q->more, NULL);
	pthread_cond_init(&q->less, NULL);
	q->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	error = q->fd < 0 ? errno : thread_start(&q->thread, 0, run_queue, q);
	if (!error)
		return q;
	if (q->fd >= 0)
		close(q->fd);
	free(q);
	errno = error;
	return NULL;
}

void task_queue_close(struct task_queue *q)
{
	if (!q)
		return;
	task_queue_flush(q);
	pthread_mutex_lock(&q->lock);
	q->is_closing = true;
	pthread_cond_signal(&q->more);
	pthread_mutex_unlock(&q->lock);
	(void)pthread_join(q->thread, NULL);
	task_queue_receive(q);
	pthread_cond_destroy(&q->less);
	pthread_cond_destroy(&q->more);
	pthread_mutex_destroy(&q->lock);
	close(q->fd);
	free(q);
}

int task_queue_fd(const struct task_queue *q)
{
	return q->fd;
}

void task_queue_flush(struct task_queue *q)
{
	if (STAILQ_EMPTY(&q->posted))
		return;
	pthread_mutex_lock(&q->lock);
	while (q->bytes >= MOST)
		pthread_cond_wait(&q->less, &q->lock);
	STAILQ_CONCAT(&q->waiting, &q->posted);
	q->bytes += q->posted_bytes;
	pthread_cond_signal(&q->more);
	pthread_mutex_unlock(&q->lock);
	q->posted_bytes = 0;
}

void task_queue_post(struct task_queue *q, struct task *task)
{
	/* No task may count as 0 bytes, because task_queue_wait() waits for
	 * bytes. */
	task->bytes += sizeof(*task);
	STAILQ_INSERT_TAIL(&q->posted, task, link);
	q->posted_bytes += task->bytes;
	if (q->posted_bytes >= BATCH)
		task_queue_flush(q);
}

bool task_queue_is_full(struct task_queue *q)
{
	bool full;

	pthread_mutex_lock(&q->lock);
	full = q->bytes >= FULL;
	q->wants_room |= full;
	pthread_mutex_unlock(&q->lock);
	return full;
}

void task_queue_wait(struct task_queue *q)
{
	if (task_queue_is_own_thread(q))
		return;
	task_queue_flush(q);
	pthread_mutex_lock(&q->lock);
	while (q->bytes)
		pthread_cond_wait(&q->less, &q->lock);
	pthread_mutex_unlock(&q->lock);
}

void task_queue_receive(struct task_queue *q)
{
	struct tasks done = STAILQ_HEAD_INITIALIZER(done);
	struct task *t;
	uint64_t count;

	(void)!read(q->fd, &count, sizeof(count));
	pthread_mutex_lock(&q->lock);
	STAILQ_CONCAT(&done, &q->done);
	pthread_mutex_unlock(&q->lock);
	while ((t = STAILQ_FIRST(&done))) {
		STAILQ_REMOVE_HEAD(&done, link);
		t->on_done(t);
	}
}

bool task_queue_is_own_thread(const struct task_queue *q)
{
	return pthread_equal(q->thread, pthread_self());
}
