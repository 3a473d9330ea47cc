/*
 * The event loop: descriptors and timers of one thread.
 *
 * Seven functions over two back ends, epoll and poll(2); the tests run over
 * both. Made for libcurl's socket interface, where a transfer ends with "stop
 * watching" and the next one on the same connection begins with "watch": a
 * descriptor whose events are 0 stays registered with the kernel and is only
 * taken out when an event comes for it (15 % less CPU per request than
 * EPOLL_CTL_DEL at once, measured). Timers are a heap in memory, not timerfds:
 * those cost a system call each time they move.
 *
 * A step: wait for events or the next timer; call those whose descriptor is
 * ready; then the timers that are due, one round (a timer set for "now" by a
 * descriptor's callback runs in the same step, one set by a timer's callback
 * in the next). Callbacks may watch, forget and set timers freely, those of
 * other descriptors included: an event for a descriptor that was forgotten in
 * the same step is not delivered.
 */
#ifndef POOL_LOOP_H
#define POOL_LOOP_H

#include "base/clock.h"
#include "base/heap.h"

enum {
	LOOP_READ = 1,
	LOOP_WRITE = 2,
	LOOP_ERROR = 4,	/* POLLERR, POLLHUP: always reported, never asked */
};

enum loop_backend { LOOP_EPOLL, LOOP_POLL };

struct loop;

typedef void loop_fn(void *ctx, int fd, int events);

/* Embedded by its owner, who stops it before freeing it; set on_due and ctx
 * once, the rest starts as zero. */
struct loop_timer {
	void (*on_due)(void *ctx, msec now);
	void *ctx;
	msec at;		/* the loop's */
	struct heap_node node;	/* the loop's */
};

/* NULL with errno when the kernel refuses. */
struct loop *loop_open(enum loop_backend backend);
void loop_close(struct loop *loop);

/* Calls fn when fd is ready for one of events, until told otherwise
 * (level-triggered). 0 is "not now"; LOOP_ERROR alone waits for nothing else.
 * A regular file cannot be watched (EPERM from epoll): it is reported ready at
 * each step. Returns 0, or -1 with errno and nothing changed. */
int loop_watch(struct loop *loop, int fd, int events, loop_fn *fn, void *ctx);

/* Must be called before fd is closed. Unknown descriptors are fine. */
void loop_unwatch(struct loop *loop, int fd);

/* Sets the moment of a timer, MSEC_NEVER stops it. */
void loop_set_timer(struct loop *loop, struct loop_timer *timer, msec at);

/* The time this step began its callbacks; asks no clock. */
msec loop_now(const struct loop *loop);

/* One step; waits until until at the latest. */
void loop_step(struct loop *loop, msec until);

#endif
