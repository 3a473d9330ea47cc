/*
 * The process that makes worker processes.
 *
 * Forking a program that has threads, a loop, libcurl and a gigabyte of pages
 * is slow and unsafe (locks that other threads hold stay locked for ever). So
 * one process is forked when none of that exists yet: the zygote. It has one
 * thread, waits for orders, and forks each worker from its clean state.
 *
 * Workers read what strangers wrote and may be theirs one day, so nothing that
 * is secret is in their memory: the zygote is forked before the options are
 * read, forgets arguments and environment, and is told (a task) what its
 * workers need and nothing else.
 *
 * The workers are children of the program, not of the zygote (CLONE_PARENT):
 * the program alone kills them, hears of their end and reaps them, and when
 * the zygote dies nothing changes for them. Then a new zygote is made by
 * running the program's own file again, without arguments, as fork alone is no
 * longer safe; an environment variable tells it what it is. It is given the
 * same task. Workers can be had again when it is ready.
 *
 * Zygote and workers ignore what a terminal sends to all of its foreground
 * (an interrupted run still wants its pages parsed), are killed when the
 * program ends in whatever way, and hold no descriptor but their socket and
 * standard error, so that nobody waits for a pipe that they keep open.
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

/* The same in every start of the program. */
struct zygote_config {
	const struct work *work;	/* what workers do */
	/* Called once in the zygote: makes work's config of a task's text.
	 * NULL: that is NULL. */
	const void *(*unpack)(struct slice text);
	/* Then: what workers should find ready, and what is not to be had in
	 * the sandbox. NULL: nothing. */
	void (*prepare)(void);
};

/* What this run wants of workers. */
struct zygote_task {
	const void *config;	/* borrowed: work's, for use on the loop */
	struct buf text;	/* the same, for unpack() */
	uint64_t memory;	/* sandbox.h; of each worker */
	bool needs_sandbox;	/* a worker without is given no job */
};

/* At the very start of main, before any thread and any secret. argv is main's,
 * to be forgotten in the zygote; NULL: it is too late to fork, the file is run
 * again. Returns in the program alone: in the zygote never, whether this call
 * has forked it or the program was started to be one. NULL with errno. There
 * is one at a time. */
struct zygote *zygote_open(const struct zygote_config *config, char **argv);
void zygote_close(struct zygote *z);	/* NULL is fine */

/* Whether this process was started to be a zygote, and has to come to
 * zygote_open() before it does anything else. */
bool zygote_is_requested(void);

/* Once, before workers are asked for. Takes the text. */
void zygote_set_task(struct zygote *z, struct zygote_task *task);

const struct work *zygote_work(const struct zygote *z);
const struct zygote_task *zygote_task(const struct zygote *z);

/* From here on its end is noticed and repaired. on_change is called from the
 * loop when workers can be had (again), and for each attempt that has failed.
 * Returns -1 with errno if the loop cannot watch it. Detach before the loop is
 * closed. */
int zygote_attach(struct zygote *z, struct loop *loop,
		  void (*on_change)(void *ctx), void *ctx);
void zygote_detach(struct zygote *z);

/* Whether workers can be had. */
bool zygote_is_up(const struct zygote *z);

/* Forks a worker that has socket and place (a descriptor of memory, one struct
 * worker_slot long); both stay the caller's, who has to waitpid() for it.
 * Waits for the zygote's answer: less than a millisecond. Returns its pid; or
 * -1 with errno, EAGAIN when there is no zygote now. */
pid_t zygote_fork(struct zygote *z, int socket, int place);

/* For tests and messages; 0: there is none now. */
pid_t zygote_pid(const struct zygote *z);

#endif
