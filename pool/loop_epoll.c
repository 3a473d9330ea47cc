/*
 * The epoll(7) back end. It is level-triggered, because edge-triggered events
 * would require every reader to read until EAGAIN, which libcurl does not do.
 *
 * Regular files and /dev/null cannot be in an epoll set (EPERM), and are always
 * ready. They are kept in a list that each wait reports; a wait that reports
 * one returns at once.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/mem.h"
#include "pool/loop.h"
#include "pool/loop_backend.h"

enum { BATCH = 256 };

struct set {
	int fd;

	/* Watched files that epoll refuses. A list is enough, because there are
	 * at most two: input and output. */
	struct loop_ready *files;
	size_t files_len;

	struct epoll_event batch[BATCH];
};

static uint32_t to_epoll(int events)
{
	return (events & LOOP_READ ? (uint32_t)EPOLLIN : 0) |
	       (events & LOOP_WRITE ? (uint32_t)EPOLLOUT : 0);
}

static int from_epoll(uint32_t events)
{
	return (events & EPOLLIN ? LOOP_READ : 0) |
	       (events & EPOLLOUT ? LOOP_WRITE : 0) |
	       (events & (EPOLLERR | EPOLLHUP) ? LOOP_ERROR : 0);
}

static struct loop_ready *find_file(const struct set *set, int fd)
{
	for (size_t i = 0; i < set->files_len; i++)
		if (set->files[i].fd == fd)
			return &set->files[i];
	return NULL;
}

static void add_file(struct set *set, int fd, int events)
{
	const size_t len = set->files_len + 1;

	set->files = xrealloc(set->files, len * sizeof(*set->files));
	set->files[set->files_len] = (struct loop_ready){fd, events};
	set->files_len = len;
}

static int set_change(void *own, int fd, int had, int events)
{
	struct set *set = own;
	struct loop_ready *file = had ? find_file(set, fd) : NULL;
	struct epoll_event event = {
		.events = to_epoll(events),
		.data.fd = fd,
	};

	if (file) {
		file->events = events;
		if (!events)
			*file = set->files[--set->files_len];
		return 0;
	}
	if (!events)
		return epoll_ctl(set->fd, EPOLL_CTL_DEL, fd, &event);
	if (!epoll_ctl(set->fd, had ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd,
		       &event))
		return 0;
	/* The old descriptor was closed without loop_unwatch(), and a new one
	 * has got its number. */
	if (had && errno == ENOENT)
		return epoll_ctl(set->fd, EPOLL_CTL_ADD, fd, &event);
	if (errno != EPERM)
		return -1;
	add_file(set, fd, events);
	return 0;
}

static size_t ready_files(const struct set *set, struct loop_ready *ready,
			  size_t room)
{
	size_t len = 0;

	for (size_t i = 0; i < set->files_len && len < room; i++) {
		const int events = set->files[i].events & ~LOOP_ERROR;

		if (events)
			ready[len++] = (struct loop_ready){
				set->files[i].fd, events
			};
	}
	return len;
}

static size_t set_wait(void *own, int timeout, struct loop_ready *ready,
		       size_t room)
{
	struct set *set = own;
	size_t len = ready_files(set, ready, room / 2);
	const size_t left = room - len < BATCH ? room - len : BATCH;
	const int got = epoll_wait(set->fd, set->batch, (int)left,
				   len ? 0 : timeout);

	for (int i = 0; i < got; i++)
		ready[len++] = (struct loop_ready){
			set->batch[i].data.fd,
			from_epoll(set->batch[i].events),
		};
	return len;
}

static void *set_open(void)
{
	struct set *set;
	const int fd = epoll_create1(EPOLL_CLOEXEC);

	if (fd < 0)
		return NULL;
	set = xcalloc(1, sizeof(*set));
	set->fd = fd;
	return set;
}

static void set_close(void *own)
{
	struct set *set = own;

	close(set->fd);
	free(set->files);
	free(set);
}

const struct loop_backend_ops loop_epoll = {
	.open = set_open,
	.close = set_close,
	.change = set_change,
	.wait = set_wait,
};
