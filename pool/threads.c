/*
 * A stage that runs work in threads.
 *
 * The loop and its workers share two locked lists, to do and done, and one
 * descriptor that wakes the loop. A wake-up is expensive (35 us, half a small
 * page), so it is skipped whenever the other side is awake anyway: a worker is
 * signalled only if one sleeps, and the descriptor is written only if the done
 * list was empty.
 *
 * DESIGN
 * A worker takes one job at a time. Taking several would save an uncontended
 * lock, but jobs would wait behind a slow one, where they cannot be cancelled,
 * while another worker is idle. For the same reason a worker gives each job
 * back at once. The overhead is 1.5 us of CPU for a job that does nothing, and
 * about 5 us for a job of 50 us, because the loop sleeps between such jobs.
 *
 * A thread is started when a job arrives and no worker is idle, and kept until
 * close. If the system refuses to start the first thread, the jobs run on the
 * loop, which is slower. If it refuses a later thread, the existing threads do
 * all the work.
 *
 * A running job is not stopped. Only a job in a process can be stopped
 * (pool/process/stage.h).
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

/*
 * Bytes of stack of a thread. The user's `ulimit -s` is not used, because there
 * may be a thousand threads. The largest use measured is 18 KB (all of
 * tests/cases and 16 MB hostile pages, with TLS, HTTP/2, brotli and ICU,
 * release build, x86-64). A parser may take 100 KB more, and three times as
 * much would still fit. Sanitizers make frames several times as large.
 */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { STACK_BYTES = 4 << 20 };
#else
enum { STACK_BYTES = 384 << 10 };
#endif

struct threads {
	struct stage stage;

	/* Used only by the loop's thread. */
	struct loop *loop;
	struct stage *fallback;	/* an inline stage, used if no thread can be
				 * started */
	pthread_t *ids;
	unsigned started;
	unsigned limit;
	int wake;		/* eventfd that wakes the loop; workers write to
				 * it */

	/* These members never change. */
	const struct work *work;
	const void *config;

	/* Protects todo, idle, signalled and closing. */
	pthread_mutex_t todo_lock;
	pthread_cond_t todo_more;
	struct job_list todo;
	unsigned idle;		/* number of workers that sleep and were not
				 * signalled */
	unsigned signalled;	/* number of workers that were signalled and are
				 * not awake yet */
	bool closing;

	/* Protects done. */
	pthread_mutex_t done_lock;
	struct job_list done;
};

/* Waits for a job and returns it; returns NULL if the stage is closing. */
static struct job *worker_take(struct threads *t)
{
	struct job *job;

	pthread_mutex_lock(&t->todo_lock);
	while (!t->closing && TAILQ_EMPTY(&t->todo)) {
		t->idle++;
		while (!t->closing && !t->signalled)
			pthread_cond_wait(&t->todo_more, &t->todo_lock);
		/* If another worker has taken the job meanwhile, the loop goes
		 * on waiting. */
		if (t->signalled)
			t->signalled--;
	}
	job = TAILQ_FIRST(&t->todo);
	if (job)
		TAILQ_REMOVE(&t->todo, job, link);
	pthread_mutex_unlock(&t->todo_lock);
	return job;
}

/* Adds the job to the done list, and wakes the loop if necessary. Called by
 * workers, and when a job is cancelled. */
static void give_back(struct threads *t, struct job *job)
{
	const uint64_t one = 1;
	bool was_empty;

	pthread_mutex_lock(&t->done_lock);
	was_empty = TAILQ_EMPTY(&t->done);
	TAILQ_INSERT_TAIL(&t->done, job, link);
	pthread_mutex_unlock(&t->done_lock);
	/* The write cannot fail: the counter is far from its maximum. */
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

/* Switches to running jobs on the loop. There is no thread, so no lock is
 * needed. */
static void use_fallback(struct threads *t)
{
	struct job *job;

	t->fallback = inline_open(t->loop, t->work, t->config);
	stage_set_on_done(t->fallback, on_inline_done, t);
	while ((job = TAILQ_FIRST(&t->todo)) != NULL) {
		TAILQ_REMOVE(&t->todo, job, link);
		stage_submit(t->fallback, job);
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
	/* Said only once and not tried again for each job: a refused attempt is
	 * expensive, too. */
	log_warn("only %u of %u worker threads could be started: %s",
		 t->started, t->limit, strerror(err));
	t->limit = t->started;
	if (!t->started)
		use_fallback(t);
}

static void threads_submit(struct stage *stage, struct job *job)
{
	struct threads *t = (struct threads *)stage;
	bool signal_worker;

	if (t->fallback) {
		stage_submit(t->fallback, job);
		return;
	}
	pthread_mutex_lock(&t->todo_lock);
	TAILQ_INSERT_TAIL(&t->todo, job, link);
	signal_worker = t->idle > 0;
	if (signal_worker) {
		t->idle--;
		t->signalled++;
	}
	pthread_mutex_unlock(&t->todo_lock);
	if (signal_worker)
		pthread_cond_signal(&t->todo_more);
	else if (t->started < t->limit)
		start_one(t);
}

static void threads_cancel(struct stage *stage, struct job *job)
{
	struct threads *t = (struct threads *)stage;
	bool queued;

	if (t->fallback) {
		stage_cancel(t->fallback, job);
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
	/* The counter is read before the list is taken, so that a job added
	 * later wakes the loop again. */
	(void)!read(fd, &count, sizeof(count));
	pthread_mutex_lock(&t->done_lock);
	TAILQ_CONCAT(&done, &t->done, link);
	pthread_mutex_unlock(&t->done_lock);
	/* The callback of the last job may close the stage, which must not be
	 * used after that. */
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
	stage_close(t->fallback);
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
