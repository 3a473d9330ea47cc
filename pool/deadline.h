/*
 * Work that may run away, in a thread of its own.
 *
 * Filters, paths and patterns come from the user and may need for ever. The
 * worker that has a page to read lets its guard's thread do it, and waits until
 * a deadline. A thread that is late is abandoned: it is asked to stop, goes on
 * with what it was given (which is its own from then on), and ends when it
 * comes back, if ever. The next page gets a new thread.
 *
 * While DEADLINE_MAX_ABANDONED abandoned threads are alive in the process, nothing
 * more is tried. (There can be more, if what was running then is late as well.)
 * A program that ends while some are alive must do so by _exit()
 * (deadline_abandoned()): destructors would pull the libraries from under them.
 *
 * Not for children of --mode fork, which are killed instead.
 */
#ifndef POOL_DEADLINE_H
#define POOL_DEADLINE_H

#include <stddef.h>

#include "base/clock.h"

enum { DEADLINE_MAX_ABANDONED = 16 };

/* All called in the guard's thread, but stop. */
struct deadline_work {
	void *(*begin)(const void *config);	/* state of this thread */
	void (*run)(void *own, void *task);
	void (*end)(void *own);
	/* The thread was abandoned, and run() has come back after all. */
	void (*discard)(void *task);
	/* From the thread that waits: run() should end soon, also when it has
	 * not quite begun. Not called while begin() runs. NULL: no way. */
	void (*stop)(void *own, void *task);
	/* From the thread that waits: how long the task was held up by others
	 * until now, which does not count. NULL: never. */
	msec (*held_up)(void *task, msec now);
};

enum deadline_result {
	DEADLINE_DONE,
	DEADLINE_ABANDONED,	/* at the deadline: task is no longer yours */
	DEADLINE_REFUSED,		/* too many runaways, or no thread: task is
				 * still yours, and nothing was done */
};

struct deadline;

/* The thread is started with the first task. work and config are borrowed and
 * outlive all threads. */
struct deadline *deadline_new(const struct deadline_work *work,
			      const void *config);

/* No task may be running. */
void deadline_free(struct deadline *g);

/* Runs the task. limit, which includes begin() for the first one: 0 is none. */
enum deadline_result deadline_run(struct deadline *g, void *task, msec limit);

/* Abandoned threads alive in the process. */
unsigned deadline_abandoned(void);

#endif
