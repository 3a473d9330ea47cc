/*
 * The event loop: descriptors and timers of one thread.
 *
 * Seven functions over two back ends, epoll and poll(2); the tests run over
 * both. The loop is made for libcurl's socket interface, where a transfer ends
 * with "stop watching" and the next one on the same connection begins with
 * "watch". So a descriptor whose events are 0 stays registered with the kernel
 * until an event comes for it; only then is it removed. (This takes 15 % less
 * CPU per request than EPOLL_CTL_DEL at once, as measured.) Timers are kept in
 * a heap in memory. Timerfds would cost a system call each time a timer is set.
 *
 * A step of the loop waits for events or the next timer, calls the callbacks of
 * the descriptors that are ready, and then those of the timers that are due,
 * one round of them (a timer set for "now" by a descriptor's callback runs in
 * the same step, one set by a timer's callback in the next). Callbacks may
 * watch and unwatch descriptors and set timers freely, including those of
 * others: an event for a descriptor that was unwatched in the same step is not
 * delivered.
 */
#ifndef POOL_LOOP_H
#define POOL_LOOP_H

#include "base/clock.h"
#include "base/heap.h"

enum {
	LOOP_READ = 1,
	LOOP_WRITE = 2,
	LOOP_ERROR = 4,	/* POLLERR, POLLHUP: reported even if not asked for */
};

enum loop_backend { LOOP_EPOLL, LOOP_POLL };

struct loop;

typedef void loop_fn(void *ctx, int fd, int events);

/* A timer, embedded in a struct of its owner, who stops the timer before
 * freeing it. Set on_due and ctx once; the other members start as zero. */
struct loop_timer {
	void (*on_due)(void *ctx, msec now);
	void *ctx;
	msec at;		/* written by the loop */
	struct heap_node node;	/* written by the loop */
};

/* Opens a loop. Returns NULL with errno if the kernel refuses. */
struct loop *loop_open(enum loop_backend backend);
void loop_close(struct loop *loop);

/*
 * Calls fn whenever fd is ready for one of the events (level-triggered), until
 * the next call for the same fd. events 0: report nothing for now; LOOP_ERROR
 * alone: report errors only. A regular file cannot be watched (EPERM from
 * epoll) and is reported ready at each step. Returns 0, or -1 with errno and
 * nothing changed.
 */
int loop_watch(struct loop *loop, int fd, int events, loop_fn *fn, void *ctx);

/* Stops watching fd. Must be called before fd is closed. Does nothing if fd is
 * not watched. */
void loop_unwatch(struct loop *loop, int fd);

/* Sets the time of a timer; MSEC_NEVER stops it. */
void loop_set_timer(struct loop *loop, struct loop_timer *timer, msec at);

/* Returns the time at which the current step began its callbacks. Does not read
 * the clock. */
msec loop_now(const struct loop *loop);

/* Runs one step; waits at most until the time `until`. */
void loop_step(struct loop *loop, msec until);

#endif
