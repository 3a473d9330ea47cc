/*
 * The interface between the event loop and its back ends: a const table of
 * functions for each. Only loop.c and the back ends include this.
 *
 * A back end knows descriptors and events, not their owners. The loop keeps the
 * events that are registered, and passes them to change().
 */
#ifndef POOL_LOOP_BACKEND_H
#define POOL_LOOP_BACKEND_H

#include <stddef.h>

struct loop_ready {
	int fd;
	int events;	/* bits LOOP_READ, LOOP_WRITE, LOOP_ERROR */
};

struct loop_backend_ops {
	/* Opens a back end. Returns NULL with errno on failure. */
	void *(*open)(void);
	void (*close)(void *own);

	/* Reports these events and LOOP_ERROR for fd from now on, in place of
	 * the events in `had`. events 0: removes fd. had 0: fd is not
	 * registered yet. Returns -1 with errno if nothing has changed. */
	int (*change)(void *own, int fd, int had, int events);

	/* Waits up to timeout milliseconds, or for ever if timeout is negative.
	 * Writes at most `room` entries to ready and returns their number. A
	 * signal ends the wait early. */
	size_t (*wait)(void *own, int timeout, struct loop_ready *ready,
		       size_t room);
};

extern const struct loop_backend_ops loop_epoll;
extern const struct loop_backend_ops loop_poll;

#endif
