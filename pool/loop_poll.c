/*
 * The poll(2) back end, for systems without epoll and as a reference: the tests
 * run over both. Watched descriptors are kept without gaps in the array that is
 * passed to the kernel; a second array maps a descriptor to its index in the
 * first. The time for a wait is proportional to the number of watched
 * descriptors.
 */
#include <assert.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pool/loop.h"
#include "pool/loop_backend.h"

struct array {
	struct pollfd *fds;
	size_t len;
	size_t cap;
	size_t *places;		/* indexed by descriptor: 1 + its index in fds;
				 * 0: not watched */
	size_t places_len;
	size_t next;		/* index at which the next wait resumes, if
				 * ready had no room for all events */
};

static short to_poll(int events)
{
	return (short)((events & LOOP_READ ? POLLIN : 0) |
		       (events & LOOP_WRITE ? POLLOUT : 0));
}

static int from_poll(short events)
{
	return (events & POLLIN ? LOOP_READ : 0) |
	       (events & POLLOUT ? LOOP_WRITE : 0) |
	       (events & (POLLERR | POLLHUP | POLLNVAL) ? LOOP_ERROR : 0);
}

static void make_place(struct array *a, size_t fd)
{
	size_t len = a->places_len ? a->places_len : 64;

	if (fd < a->places_len)
		return;
	while (len <= fd)
		len *= 2;
	a->places = xrealloc(a->places, len * sizeof(*a->places));
	memset(a->places + a->places_len, 0,
	       (len - a->places_len) * sizeof(*a->places));
	a->places_len = len;
}

static int add_descriptor(struct array *a, int fd, int events)
{
	/* Refuses a bad descriptor, as epoll does. */
	if (fcntl(fd, F_GETFD) < 0)
		return -1;
	if (a->len == a->cap) {
		a->cap = a->cap ? a->cap * 2 : 64;
		a->fds = xrealloc(a->fds, a->cap * sizeof(*a->fds));
	}
	make_place(a, (size_t)fd);
	a->fds[a->len++] = (struct pollfd){.fd = fd, .events = to_poll(events)};
	a->places[fd] = a->len;
	return 0;
}

static void remove_descriptor(struct array *a, size_t i)
{
	a->places[a->fds[i].fd] = 0;
	a->len--;
	if (i == a->len)
		return;
	a->fds[i] = a->fds[a->len];
	a->places[a->fds[i].fd] = i + 1;
}

static int array_change(void *own, int fd, int had, int events)
{
	struct array *a = own;
	size_t i;

	if (!had)
		return add_descriptor(a, fd, events);
	assert((size_t)fd < a->places_len && a->places[fd]);
	i = a->places[fd] - 1;
	if (events)
		a->fds[i].events = to_poll(events);
	else
		remove_descriptor(a, i);
	return 0;
}

static size_t array_wait(void *own, int timeout, struct loop_ready *ready,
			 size_t room)
{
	struct array *a = own;
	const int got = poll(a->fds, a->len, timeout);
	size_t left = got > 0 ? (size_t)got : 0;
	size_t len = 0;

	while (left > 0 && len < room) {
		const struct pollfd *p = &a->fds[a->next++ % a->len];

		if (!p->revents)
			continue;
		/* POLLNVAL: the descriptor was closed before loop_unwatch(). */
		assert(!(p->revents & POLLNVAL));
		ready[len++] = (struct loop_ready){
			p->fd, from_poll(p->revents)
		};
		left--;
	}
	return len;
}

static void *array_open(void)
{
	return xcalloc(1, sizeof(struct array));
}

static void array_close(void *own)
{
	struct array *a = own;

	free(a->fds);
	free(a->places);
	free(a);
}

const struct loop_backend_ops loop_poll = {
	.open = array_open,
	.close = array_close,
	.change = array_change,
	.wait = array_wait,
};
