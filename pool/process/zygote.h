/*
 * The process that forks worker processes.
 *
 * Forking a program that has threads, a loop, libcurl and a gigabyte of pages
 * is slow and unsafe (locks that other threads hold stay locked for ever). So
 * one process is forked before any of that exists: the zygote. It has one
 * thread, waits for orders, and forks each worker from its clean state.
 *
 * Workers read untrusted pages and may be taken over by one, so there must be
 * no secrets in their memory: the zygote is forked before the options are read,
 * wipes its arguments and environment, and receives a task with the data that
 * workers need, and nothing else.
 *
 * The workers are children of the program, not of the zygote (CLONE_PARENT):
 * only the program kills them, is notified of their end and reaps them, and the
 * death of the zygote does not affect them. After its death, a new zygote is
 * started by executing the program's own file again, without arguments, because
 * by then fork alone is not safe. An environment variable tells the new process
 * that it is a zygote. The new zygote receives the same task, and workers can
 * be started again when it is ready.
 *
 * Zygote and workers ignore the signals that a terminal sends to its foreground
 * processes (the pages of an interrupted run are still parsed). They are killed
 * when the program ends for any reason. They have no descriptors but their
 * socket and standard error, so they keep no pipe open for whose end another
 * process waits.
 */
#ifndef POOL_PROCESS_ZYGOTE_H
#define POOL_PROCESS_ZYGOTE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/slice.h"
#include "pool/stage.h"

struct loop;
struct zygote;

/* The configuration, the same in every run of the program. */
struct zygote_config {
	const struct work *work;	/* the work that workers do */
	/* Makes the work's config from the text of the task. Called once, in
	 * the zygote. NULL: the config is NULL. */
	const void *(*unpack)(struct slice text);
	/* Loads data that workers should inherit, or that cannot be loaded in
	 * the sandbox. Called after unpack. NULL: nothing to load. */
	void (*prepare)(void);
};

/* The data for the workers of this run. */
struct zygote_task {
	const void *config;	/* the work's config, borrowed; for jobs that
				 * run on the loop */
	struct buf text;	/* the config, serialised for unpack() */
	uint64_t memory;	/* memory of each worker, as in
				 * sandbox_enter() */
	bool needs_sandbox;	/* give no job to a worker without a sandbox */
};

/*
 * Starts the zygote. Call at the very start of main, before threads are started
 * and secrets are read. argv is main's and is wiped in the zygote; NULL: it is
 * too late to fork, so the program's file is executed again. The function
 * returns only in the program, never in the zygote, no matter whether it forks
 * the zygote or this process itself was started as a zygote. Returns NULL with
 * errno on failure. There may be one zygote at a time.
 */
struct zygote *zygote_open(const struct zygote_config *config, char **argv);
void zygote_close(struct zygote *z);	/* NULL is fine */

/* Returns true if this process was started to be a zygote and must call
 * zygote_open() before it does anything else. */
bool zygote_is_requested(void);

/* Sends the task to the zygote. Call once, before zygote_fork(). Takes
 * ownership of task->text. */
void zygote_set_task(struct zygote *z, struct zygote_task *task);

const struct work *zygote_work(const struct zygote *z);
const struct zygote_task *zygote_task(const struct zygote *z);

/* Restarts the zygote from now on whenever it ends. on_change is called from
 * the loop when workers can be started (again), and after each failed attempt.
 * Returns -1 with errno if the loop cannot watch the zygote. Call
 * zygote_detach() before the loop is closed. */
int zygote_attach(struct zygote *z, struct loop *loop,
		  void (*on_change)(void *ctx), void *ctx);
void zygote_detach(struct zygote *z);

/* Returns true if workers can be started. */
bool zygote_is_up(const struct zygote *z);

/* Forks a worker that gets socket and slot (a memory descriptor, one struct
 * worker_slot long); the caller keeps both, and must call waitpid() for the
 * worker. Waits for the zygote's answer: less than a millisecond. Returns the
 * worker's pid; or -1 with errno (EAGAIN: no zygote is running now). */
pid_t zygote_fork(struct zygote *z, int socket, int slot);

/* Returns the zygote's pid, for tests and messages; 0: none is running. */
pid_t zygote_pid(const struct zygote *z);

#endif
