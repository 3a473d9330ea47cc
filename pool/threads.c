/*
 * Work in threads of its own.
 *
 * The loop and its workers share two locked lists, to do and done, and one
 * descriptor that wakes the loop up. A wake-up is the dear part (35 us, half a
 * small page), so it is left out whenever the other side is awake anyway: a
 * worker is called only if one sleeps, and the descriptor is written only when
 * the done list was empty.
 *
 * DESIGN
 * A worker takes one job at a time. Taking several would save a lock that
 * nobody fights over, and they would be waiting behind a slow one, out of
 * reach of cancel, while the next worker has nothing to do. It gives each one
 * back at once for the same reason. Together 1.5 us of CPU for a job that does
 * nothing, and about 5 us for one of 50 us, where the loop sleeps in between.
 *
 * Threads are started as jobs come in and find nobody idle, and kept until
 * close. When the system refuses the first one, the jobs are run on the loop:
 * slower, but each comes back. When it refuses a later one, those that are
 * there have to do.
 *
 * What is not done: a job that is running is not stopped. That takes a process
 * (procs).
 */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/thread.h"
#include "pool/job_list.h"
#include "pool/loop.h"
#include "pool/stage.h"

/* Not the user's `ulimit -s`: a thousand threads are wanted. The most that was
 * seen in use is 18 KB (all of tests/cases and 16 MB hostile pages, with TLS,
 * HTTP/2, brotli and ICU, release build, x86-64). A parser may take 100 KB
 * more, and three times as much would still fit. Sanitizers make frames several
 * times as large. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { STACK_BYTES = 4 << 20 };
#else
enum { STACK_BYTES = 384 << 10 };
#endif

struct threads {
	struct stage stage;

	/* The loop's thread only. */
	struct loop *loop;
	struct stage *instead;	/* inline, when there can be no thread */
	pthread_t *ids;
	unsigned started;
	unsigned limit;
	int wake;		/* eventfd; workers write it */

	/* Never change. */
	const struct work *work;
	const void *config;

	/* Guards todo, idle, called and closing. */
	pthread_mutex_t todo_lock;
	pthread_cond_t todo_more;
	struct job_list todo;
	unsigned idle;		/* asleep, and nobody has called them */
	unsigned called;	/* and not yet awake */
	bool closing;

	/* Guards done. */
	pthread_mutex_t done_lock;
	struct job_list done;
};

/* Sleeps until there is a job; NULL when the stage is closing. */
static struct job *worker_take(struct threads *t)
{
	struct job *job;

	pthread_mutex_lock(&t->todo_lock);
	while (!t->closing && TAILQ_EMPTY(&t->todo)) {
		t->idle++;
		while (!t->closing && !t->called)
			pthread_cond_wait(&t->todo_more, &t->todo_lock);
		/* Another one may have been quicker: look again. */
		if (t->called)
			t->called--;
	}
	job = TAILQ_FIRST(&t->todo);
	if (job)
		TAILQ_REMOVE(&t->todo, job, link);
	pthread_mutex_unlock(&t->todo_lock);
	return job;
}

/* By workers, and by cancel. */
static void give_back(struct threads *t, struct job *job)
{
	const uint64_t one = 1;
	bool was_empty;

	pthread_mutex_lock(&t->done_lock);
	was_empty = TAILQ_EMPTY(&t->done);
	TAILQ_INSERT_TAIL(&t->done, job, link);
	pthread_mutex_unlock(&t->done_lock);
	/* It cannot fail: the counter is far from full. */
	if (was_empty)
		(void)!write(t->wake, &one, sizeof(one));
}

static void *worker_main(void *arg)
{
	struct threads *t = arg;
	void *own = t->work->begin(t->config);
	struct job *job;

	while ((job = worker_take(t)) != NULL) {
		t->work->run(own, job);
		give_back(t, job);
	}
	t->work->end(own);
	return NULL;
}

static void on_inline_done(void *ctx, struct job *job)
{
	struct threads *t = ctx;

	stage_return(&t->stage, job);
}

/* No thread has ever seen the list, so no lock is needed. */
static void go_inline(struct threads *t)
{
	struct job *job;

	t->instead = inline_open(t->loop, t->work, t->config);
	stage_set_on_done(t->instead, on_inline_done, t);
	while ((job = TAILQ_FIRST(&t->todo)) != NULL) {
		TAILQ_REMOVE(&t->todo, job, link);
		stage_submit(t->instead, job);
	}
}

static void start_one(struct threads *t)
{
	const int err = thread_start(&t->ids[t->started], STACK_BYTES,
				     worker_main, t);

	if (!err) {
		t->started++;
		return;
	}
	/* Not tried again with each job: the refusal is dear, too. */
	log_warn("only %u of %u worker threads could be started: %s",
		 t->started, t->limit, strerror(err));
	t->limit = t->started;
	if (!t->started)
		go_inline(t);
}

static void threads_submit(struct stage *stage, struct job *job)
{
	struct threads *t = (struct threads *)stage;
	bool call;

	if (t->instead) {
		stage_submit(t->instead, job);
		return;
	}
	pthread_mutex_lock(&t->todo_lock);
	TAILQ_INSERT_TAIL(&t->todo, job, link);
	call = t->idle > 0;
	if (call) {
		t->idle--;
		t->called++;
	}
	pthread_mutex_unlock(&t->todo_lock);
	if (call)
		pthread_cond_signal(&t->todo_more);
	else if (t->started < t->limit)
		start_one(t);
}

static void threads_cancel(struct stage *stage, struct job *job)
{
	struct threads *t = (struct threads *)stage;
	bool queued;

	if (t->instead) {
		stage_cancel(t->instead, job);
		return;
	}
	pthread_mutex_lock(&t->todo_lock);
	queued = job_list_take(&t->todo, job);
	pthread_mutex_unlock(&t->todo_lock);
	if (!queued)
		return;
	job_fail(job, ERR_CANCELLED, "cancelled");
	give_back(t, job);
}

static void on_wake(void *ctx, int fd, int events)
{
	struct threads *t = ctx;
	struct job_list done = TAILQ_HEAD_INITIALIZER(done);
	struct job *job;
	uint64_t count;

	(void)events;
	/* Before the list is taken: what comes later wakes us again. */
	(void)!read(fd, &count, sizeof(count));
	pthread_mutex_lock(&t->done_lock);
	TAILQ_CONCAT(&done, &t->done, link);
	pthread_mutex_unlock(&t->done_lock);
	/* The last one may close the stage; nothing of it is touched then. */
	while ((job = TAILQ_FIRST(&done)) != NULL) {
		TAILQ_REMOVE(&done, job, link);
		stage_return(&t->stage, job);
	}
}

static void threads_free(struct threads *t)
{
	pthread_mutex_destroy(&t->todo_lock);
	pthread_cond_destroy(&t->todo_more);
	pthread_mutex_destroy(&t->done_lock);
	free(t->ids);
	close(t->wake);
	free(t);
}

static void threads_close(struct stage *stage)
{
	struct threads *t = (struct threads *)stage;

	assert(!stage->jobs);
	stage_close(t->instead);
	pthread_mutex_lock(&t->todo_lock);
	t->closing = true;
	pthread_cond_broadcast(&t->todo_more);
	pthread_mutex_unlock(&t->todo_lock);
	for (unsigned i = 0; i < t->started; i++)
		pthread_join(t->ids[i], NULL);
	loop_unwatch(t->loop, t->wake);
	threads_free(t);
}

static const struct stage_ops threads_ops = {
	.name = "threads",
	.submit = threads_submit,
	.cancel = threads_cancel,
	.close = threads_close,
};

struct stage *threads_open(struct loop *loop, const struct work *work,
			   const void *config, unsigned workers)
{
	struct threads *t = xcalloc(1, sizeof(*t));
	int error;

	assert(workers);
	t->stage.ops = &threads_ops;
	t->loop = loop;
	t->work = work;
	t->config = config;
	t->limit = workers;
	t->ids = xcalloc(workers, sizeof(*t->ids));
	pthread_mutex_init(&t->todo_lock, NULL);
	pthread_cond_init(&t->todo_more, NULL);
	pthread_mutex_init(&t->done_lock, NULL);
	TAILQ_INIT(&t->todo);
	TAILQ_INIT(&t->done);
	t->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (t->wake >= 0 &&
	    !loop_watch(loop, t->wake, LOOP_READ, on_wake, t))
		return &t->stage;
	error = errno;
	if (t->wake >= 0)
		close(t->wake);
	t->wake = -1;
	threads_free(t);
	errno = error;
	return NULL;
}
