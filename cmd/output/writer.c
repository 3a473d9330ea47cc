/*
 * Three parts: the thread, which takes batches off a list and gives them to the
 * sink; the loop's side, which adds batches; and the wake-up of the loop by an
 * eventfd. Written batches go back over a second list, so that on_written() is
 * called on the loop's thread.
 */
#include "cmd/output/writer.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/queue.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/thread.h"
#include "cmd/output/sink.h"

struct batch {
	STAILQ_ENTRY(batch) link;
	struct buf bytes;	/* lines of the batch, released once they are
				 * written */
	size_t len;
	uint64_t records;
	msec written_at;	/* 0: not written, because of an error */
};

STAILQ_HEAD(batches, batch);

struct writer {
	struct loop *loop;
	struct sink *sink;	/* borrowed */
	int wake_fd;		/* eventfd that makes the loop call
				 * on_change() */
	struct writer_owner owner;
	pthread_t thread;

	/* Both are changed under the lock. The loop reads them without it: it
	 * needs queued only roughly, and may notice error late. */
	atomic_size_t queued;	/* number of bytes put and not written yet */
	atomic_int error;

	/* Guards batches, done, closing, finished and mark; and makes setting
	 * mark and lowering queued exclude each other, so that no wake-up is
	 * lost. */
	pthread_mutex_t lock;
	pthread_cond_t more;	/* batches or closing has changed */
	pthread_cond_t less;	/* signalled when a batch has been written */
	uint64_t finished;	/* bytes of finished batches, including batches
				 * that could not be written */
	struct batches batches;	/* batches to be written */
	struct batches done;	/* batches that were written, to be reported to
				 * the owner */
	bool closing;
	size_t mark;		/* wake the loop when queued falls below this
				 * number of bytes; 0: do not wake it */
};

void writer_end_by_sigpipe(void)
{
	sigset_t set;

	log_before_line();
	signal(SIGPIPE, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
	raise(SIGPIPE);
	/* SIGPIPE may have no effect: the first process of a container is not
	 * killed by its own signals (pid_namespaces(7)). */
	_exit(128 + SIGPIPE);
}

static void wake_loop(const struct writer *w)
{
	const uint64_t one = 1;

	(void)!write(w->wake_fd, &one, sizeof(one));
}

/* Waits for a batch and takes it. Returns NULL if the writer is closing and no
 * batch is left. */
static struct batch *next_batch(struct writer *w)
{
	struct batch *b;

	pthread_mutex_lock(&w->lock);
	while (STAILQ_EMPTY(&w->batches) && !w->closing)
		pthread_cond_wait(&w->more, &w->lock);
	b = STAILQ_FIRST(&w->batches);
	if (b)
		STAILQ_REMOVE_HEAD(&w->batches, link);
	pthread_mutex_unlock(&w->lock);
	return b;
}

/* Counts a batch as written; if error is not 0, as failed. b is NULL for a
 * result that belongs to no batch. */
static void finish_batch(struct writer *w, struct batch *b, int error)
{
	bool wake = false;

	pthread_mutex_lock(&w->lock);
	if (b) {
		w->queued -= b->len;
		w->finished += b->len;
		STAILQ_INSERT_TAIL(&w->done, b, link);
	}
	pthread_cond_broadcast(&w->less);
	if (w->mark && w->queued < w->mark) {
		w->mark = 0;
		wake = true;
	}
	if (error && !w->error) {
		w->error = error;
		wake = true;
	}
	pthread_mutex_unlock(&w->lock);
	if (wake)
		wake_loop(w);
}

static void *run_writer(void *arg)
{
	struct writer *w = arg;
	struct batch *b;

	while ((b = next_batch(w)) != NULL) {
		int error = w->error;

		/* After an error, drop later batches: a file that ends early is
		 * better than one with a gap in the middle of a line. */
		if (!error)
			error = w->sink->ops->write(w->sink, b->bytes.data,
						    b->len);
		buf_release(&b->bytes);
		b->written_at = error ? 0 : clock_now();
		finish_batch(w, b, error);
	}
	if (!w->error && w->sink->ops->finish)
		finish_batch(w, NULL, w->sink->ops->finish(w->sink));
	return NULL;
}

static void on_wake(void *ctx, int fd, int events)
{
	struct writer *w = ctx;
	uint64_t count;

	(void)events;
	(void)!read(fd, &count, sizeof(count));
	w->owner.on_change(w->owner.ctx);
}

struct writer *writer_open(struct loop *loop, struct sink *sink,
			   const struct writer_owner *owner)
{
	const int wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	pthread_condattr_t attr;
	struct writer *w;
	int error;

	if (wake_fd < 0)
		return NULL;
	w = xcalloc(1, sizeof(*w));
	w->loop = loop;
	w->sink = sink;
	w->wake_fd = wake_fd;
	w->owner = *owner;
	STAILQ_INIT(&w->batches);
	STAILQ_INIT(&w->done);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->more, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&w->less, &attr);
	pthread_condattr_destroy(&attr);
	if (loop_watch(loop, wake_fd, LOOP_READ, on_wake, w)) {
		error = errno;
		goto fail;
	}
	error = thread_start(&w->thread, 0, run_writer, w);
	if (!error)
		return w;
	loop_unwatch(loop, wake_fd);
fail:
	pthread_cond_destroy(&w->more);
	pthread_cond_destroy(&w->less);
	pthread_mutex_destroy(&w->lock);
	close(wake_fd);
	free(w);
	errno = error;
	return NULL;
}

/* Reports written batches to the owner, and frees them. */
static void report_written(const struct writer *w, struct batches *done)
{
	for (struct batch *b; (b = STAILQ_FIRST(done)) != NULL; free(b)) {
		STAILQ_REMOVE_HEAD(done, link);
		if (b->written_at > 0)
			w->owner.on_written(w->owner.ctx, b->written_at,
					    b->records);
	}
}

void writer_put(struct writer *w, struct buf *batch, uint64_t records)
{
	struct batches done = STAILQ_HEAD_INITIALIZER(done);
	struct batch *b = xcalloc(1, sizeof(*b));

	b->len = batch->len;
	b->bytes = buf_take(batch);
	b->records = records;
	pthread_mutex_lock(&w->lock);
	w->queued += b->len;
	STAILQ_INSERT_TAIL(&w->batches, b, link);
	STAILQ_CONCAT(&done, &w->done);
	pthread_cond_signal(&w->more);
	pthread_mutex_unlock(&w->lock);
	report_written(w, &done);
}

bool writer_full(struct writer *w, size_t mark)
{
	bool full;

	if (w->queued < mark)
		return false;
	pthread_mutex_lock(&w->lock);
	full = w->queued >= mark;
	if (full)
		w->mark = mark;
	pthread_mutex_unlock(&w->lock);
	return full;
}

bool writer_wait_idle(struct writer *w, msec most)
{
	const struct timespec end = clock_timespec(clock_now() + most);
	int error = 0;
	bool is_idle;

	pthread_mutex_lock(&w->lock);
	while (w->queued && !error)
		error = pthread_cond_timedwait(&w->less, &w->lock, &end);
	is_idle = !w->queued;
	pthread_mutex_unlock(&w->lock);
	return is_idle;
}

void writer_wait(struct writer *w, uint64_t bytes)
{
	pthread_mutex_lock(&w->lock);
	while (w->finished < bytes)
		pthread_cond_wait(&w->less, &w->lock);
	pthread_mutex_unlock(&w->lock);
}

int writer_error(const struct writer *w)
{
	return w->error;
}

int writer_close(struct writer *w)
{
	int error;

	pthread_mutex_lock(&w->lock);
	w->closing = true;
	pthread_cond_signal(&w->more);
	pthread_mutex_unlock(&w->lock);
	(void)pthread_join(w->thread, NULL);
	error = w->error;
	assert(STAILQ_EMPTY(&w->batches) && !w->queued);
	report_written(w, &w->done);
	loop_unwatch(w->loop, w->wake_fd);
	close(w->wake_fd);
	pthread_cond_destroy(&w->less);
	pthread_cond_destroy(&w->more);
	pthread_mutex_destroy(&w->lock);
	free(w);
	return error;
}
