/*
 * Runs work that may never end in a thread of its own, with a deadline.
 *
 * jq filters, XPath expressions and regular expressions come from the user and
 * may run for ever. So a worker hands the page that it has to read to a
 * deadline thread, and waits for the thread until the deadline. A thread that
 * is late is abandoned: it is asked to stop, keeps its task (which it owns from
 * then on), and ends when the task returns, if ever. The next page gets a new
 * thread.
 *
 * While DEADLINE_MAX_ABANDONED abandoned threads are alive in the process, new
 * tasks are refused. (There can be more abandoned threads, if tasks that were
 * running at that time are late as well.) A program that ends while abandoned
 * threads are alive (deadline_abandoned()) must call _exit(): destructors would
 * unload libraries that the threads use.
 *
 * Not used in worker processes of --mode fork, which are killed instead.
 */
#ifndef POOL_DEADLINE_H
#define POOL_DEADLINE_H

#include <stddef.h>

#include "base/clock.h"

enum { DEADLINE_MAX_ABANDONED = 16 };

/* Functions of the work. Called in the deadline thread, except stop and
 * held_up. */
struct deadline_work {
	void *(*begin)(const void *config);	/* makes the thread's state */
	void (*run)(void *own, void *task);
	void (*end)(void *own);
	/* Frees the task of an abandoned thread after run() has returned. */
	void (*discard)(void *task);
	/* Asks run() to end soon, even if it has hardly begun. Called in the
	 * waiting thread, but not while begin() runs. NULL: not possible. */
	void (*stop)(void *own, void *task);
	/* Returns the time for which other tasks have delayed this one until
	 * now. That time does not count towards the limit. Called in the
	 * waiting thread. NULL: never delayed. */
	msec (*held_up)(void *task, msec now);
};

enum deadline_result {
	DEADLINE_DONE,
	DEADLINE_ABANDONED,	/* late: the thread owns the task from then
				 * on */
	DEADLINE_REFUSED,	/* too many abandoned threads, or no thread
				 * could be started: nothing was done, and the
				 * caller still owns the task */
};

struct deadline;

/* Creates the runner of tasks. Its thread is started with the first task. work
 * and config are borrowed and must outlive all threads. */
struct deadline *deadline_new(const struct deadline_work *work,
			      const void *config);

/* Ends the thread and frees d. No task may be running. */
void deadline_free(struct deadline *d);

/* Runs the task in the thread and waits for it. limit: maximum time, which
 * includes begin() for the first task; 0: no limit. */
enum deadline_result deadline_run(struct deadline *d, void *task, msec limit);

/* Returns the number of abandoned threads that are alive in the process. */
unsigned deadline_abandoned(void);

#endif
