/*
 * What an event loop asks of the kernel: a const table of functions for each
 * way of asking. Only loop.c and the back ends include this.
 *
 * A back end knows descriptors and events, not who watches them; which events
 * it was last told is kept by the loop, so that it need not be told twice.
 */
#ifndef POOL_LOOP_BACKEND_H
#define POOL_LOOP_BACKEND_H

#include <stddef.h>

struct loop_ready {
	int fd;
	int events;	/* LOOP_READ | LOOP_WRITE | LOOP_ERROR */
};

struct loop_backend_ops {
	/* NULL with errno. */
	void *(*open)(void);
	void (*close)(void *own);

	/* From now on these events and LOOP_ERROR for fd, in place of had.
	 * events 0 takes it out, had 0 means that it is not in. -1 with errno:
	 * nothing has changed. */
	int (*change)(void *own, int fd, int had, int events);

	/* Waits up to timeout milliseconds, without end if it is negative, and
	 * writes up to room of what is ready. A signal ends it early. */
	size_t (*wait)(void *own, int timeout, struct loop_ready *ready,
		       size_t room);
};

extern const struct loop_backend_ops loop_epoll;
extern const struct loop_backend_ops loop_poll;

#endif
