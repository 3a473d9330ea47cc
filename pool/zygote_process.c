#include "pool/zygote_process.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "pool/process.h"
#include "pool/worker.h"

/* The zygote's. A worker's is 0, the lowest that is free; 1 stays closed, so
 * that what some library may print is no frame. */
enum { SOCKET = 3 };

/* An order's descriptors. */
struct order {
	int socket;
	int place;
};

static void keep_only(int socket)
{
	if (socket != SOCKET)
		dup2(socket, SOCKET);
	process_close_from(SOCKET + 1);
	close(STDIN_FILENO);
	close(STDOUT_FILENO);
}

/* -1 when the program is gone, or what it says makes no sense. */
static int take_order(struct order *order)
{
	union {
		char room[CMSG_SPACE(sizeof(*order))];
		struct cmsghdr align;
	} control;
	char byte;
	struct iovec text = {&byte, 1};
	struct msghdr message = {
		.msg_iov = &text, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = sizeof(control),
	};
	const struct cmsghdr *c;
	ssize_t n;

	do {
		n = recvmsg(SOCKET, &message, MSG_CMSG_CLOEXEC);
	} while (n < 0 && errno == EINTR);
	c = n == 1 ? CMSG_FIRSTHDR(&message) : NULL;
	if (!c || c->cmsg_type != SCM_RIGHTS ||
	    c->cmsg_len != CMSG_LEN(sizeof(*order)))
		return -1;
	memcpy(order, CMSG_DATA(c), sizeof(*order));
	return 0;
}

static _Noreturn void become_worker(const struct order *order, pid_t parent,
				    const struct zygote_config *config)
{
	struct worker_place *place;

	process_die_with(parent);
	place = mmap(NULL, sizeof(*place), PROT_READ | PROT_WRITE, MAP_SHARED,
		     order->place, 0);
	if (place == MAP_FAILED)
		_exit(EXIT_FAILURE);
	close(order->place);
	close(SOCKET);
	worker_run(order->socket, place, config->work, config->config,
		   config->memory);
}

/* A child of this process's parent. glibc's fork() has no flags; what it does
 * beyond the call is for programs with threads. */
static pid_t fork_sibling(void)
{
	return (pid_t)syscall(SYS_clone, CLONE_PARENT | SIGCHLD, NULL, NULL,
			      NULL, NULL);
}

static void answer(int pid)
{
	const struct zygote_answer a = {pid};

	/* If it fails the program is gone, which the next order shows. */
	(void)!write(SOCKET, &a, sizeof(a));
}

void zygote_run(int socket, pid_t parent, const struct zygote_config *config)
{
	struct order order;

	process_ignore_signals();
	process_die_with(parent);
	keep_only(socket);
	if (config->prepare)
		config->prepare();
	answer(ZYGOTE_READY);
	while (!take_order(&order)) {
		const pid_t pid = fork_sibling();

		if (pid == 0)
			become_worker(&order, parent, config);
		answer(pid > 0 ? pid : -errno);
		close(order.socket);
		close(order.place);
	}
	_exit(0);
}
