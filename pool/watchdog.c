/*
 * One thread that waits for the time limit of the current piece of work, calls
 * its stop(), and exits the program if the work goes on after that.
 */
#include "pool/watchdog.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/thread.h"

/* Grace period after stop(), in msec: a regular expression that backtracks does
 * not check whether it should stop. */
#define GRACE 5e3

struct watchdog {
	msec limit;
	pthread_t thread;
	pthread_cond_t changed;

	/* Protects all members below. */
	pthread_mutex_t lock;
	void (*stop)(void *ctx);	/* NULL: no work is running */
	void *ctx;
	msec due;			/* time at which stop() is called; after
					 * that, the end of the grace period */
	bool stopped;
	bool asleep;			/* the thread sleeps until it is
					 * signalled */
	bool closing;
};

/* Sleeps until work begins or the time limit is reached. Called with the lock
 * held. The end of a piece of work does not wake the thread: waking it each
 * time would cost more than most work takes. */
static void wait_for_change(struct watchdog *w)
{
	const struct timespec due = clock_timespec(w->due);

	w->asleep = !w->stop;
	if (w->asleep)
		pthread_cond_wait(&w->changed, &w->lock);
	else
		pthread_cond_timedwait(&w->changed, &w->lock, &due);
	w->asleep = false;
}

static void *watchdog_main(void *arg)
{
	struct watchdog *w = arg;

	pthread_mutex_lock(&w->lock);
	while (!w->closing) {
		wait_for_change(w);
		if (!w->stop || clock_now() < w->due)
			continue;
		if (w->stopped) {
			log_fatal("the run was ended: a jq filter did not stop "
				  "%g s after its time limit", GRACE / 1e3);
			_exit(EXIT_NOT_COMPLETED);
		}
		w->stopped = true;
		w->due = clock_now() + GRACE;
		w->stop(w->ctx);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

struct watchdog *watchdog_open(msec limit)
{
	struct watchdog *w = xcalloc(1, sizeof(*w));
	pthread_condattr_t attr;

	/* 0 stands for no limit, because a wait until MSEC_NEVER would return
	 * at once. */
	w->limit = limit < MSEC_NEVER ? limit : 0;
	pthread_mutex_init(&w->lock, NULL);
	pthread_condattr_init(&attr);
	/* The wait uses the same clock as clock_now(). */
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&w->changed, &attr);
	pthread_condattr_destroy(&attr);
	/* If the thread cannot be started, no work is stopped at its limit. */
	if (w->limit > 0 && thread_start(&w->thread, 0, watchdog_main, w))
		w->limit = 0;
	return w;
}

void watchdog_close(struct watchdog *w)
{
	if (!w)
		return;
	if (w->limit > 0) {
		pthread_mutex_lock(&w->lock);
		w->closing = true;
		pthread_cond_signal(&w->changed);
		pthread_mutex_unlock(&w->lock);
		pthread_join(w->thread, NULL);
	}
	pthread_cond_destroy(&w->changed);
	pthread_mutex_destroy(&w->lock);
	free(w);
}

void watchdog_begin(struct watchdog *w, void (*stop)(void *ctx), void *ctx)
{
	if (w->limit <= 0)
		return;
	pthread_mutex_lock(&w->lock);
	w->stop = stop;
	w->ctx = ctx;
	w->due = clock_now() + w->limit;
	w->stopped = false;
	if (w->asleep)
		pthread_cond_signal(&w->changed);
	pthread_mutex_unlock(&w->lock);
}

bool watchdog_end(struct watchdog *w)
{
	bool stopped;

	if (w->limit <= 0)
		return false;
	pthread_mutex_lock(&w->lock);
	stopped = w->stopped;
	w->stop = NULL;
	pthread_mutex_unlock(&w->lock);
	return stopped;
}
