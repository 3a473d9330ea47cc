/*
 * The zygote's loop: read the task, then fork a worker for each order. The
 * process has one thread, and only the descriptors that it needs.
 */
#include "pool/process/zygote_main.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "pool/process/hygiene.h"
#include "pool/process/sandbox.h"
#include "pool/process/worker.h"

/* The descriptor that is the zygote's socket. A worker's socket is
 * SANDBOX_SOCKET; in a worker, descriptor 1 is closed, so that the output of a
 * library cannot be read as a frame. */
enum { SOCKET = 3 };

struct task {
	const void *config;	/* config of the work */
	uint64_t memory;
};

/* The descriptors that come with an order. */
struct order {
	int socket;
	int slot;
};

static void keep_only(int socket)
{
	if (socket != SOCKET)
		dup2(socket, SOCKET);
	process_close_from(SOCKET + 1);
	close(STDIN_FILENO);
	close(STDOUT_FILENO);
}

/* Receives one message of len bytes and count descriptors. Returns -1 if the
 * program has ended or the message is not valid. */
static int take_message(void *bytes, size_t len, int *descriptors,
			size_t count)
{
	union {
		char room[CMSG_SPACE(2 * sizeof(int))];
		struct cmsghdr align;
	} control;
	struct iovec text = {bytes, len};
	struct msghdr message = {
		.msg_iov = &text, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = sizeof(control),
	};
	const struct cmsghdr *c;
	ssize_t n;

	do {
		n = recvmsg(SOCKET, &message, MSG_CMSG_CLOEXEC);
	} while (n < 0 && errno == EINTR);
	c = n == (ssize_t)len ? CMSG_FIRSTHDR(&message) : NULL;
	if (!c || c->cmsg_type != SCM_RIGHTS ||
	    c->cmsg_len != CMSG_LEN(count * sizeof(int)))
		return -1;
	memcpy(descriptors, CMSG_DATA(c), count * sizeof(int));
	return 0;
}

static int take_order(struct order *order)
{
	int descriptors[2];
	char byte;

	if (take_message(&byte, 1, descriptors, 2))
		return -1;
	*order = (struct order){descriptors[0], descriptors[1]};
	return 0;
}

/* Receives the task. Exits if no task arrives. */
static void take_task(struct task *task, const struct zygote_config *config)
{
	struct slice text = {0};
	struct stat file;
	void *map = NULL;
	int fd;

	if (take_message(&task->memory, sizeof(task->memory), &fd, 1))
		_exit(0);
	if (fstat(fd, &file))
		_exit(EXIT_FAILURE);
	text.len = (size_t)file.st_size;
	if (text.len)
		map = mmap(NULL, text.len, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED)
		_exit(EXIT_FAILURE);
	text.p = map;
	close(fd);
	if (config->unpack)
		task->config = config->unpack(text);
	if (map)
		munmap(map, text.len);
	if (config->prepare)
		config->prepare();
}

static _Noreturn void become_worker(const struct order *order, pid_t parent,
				    const struct work *work,
				    const struct task *task)
{
	struct worker_slot *slot;

	process_die_with(parent);
	slot = mmap(NULL, sizeof(*slot), PROT_READ | PROT_WRITE, MAP_SHARED,
		    order->slot, 0);
	if (slot == MAP_FAILED)
		_exit(EXIT_FAILURE);
	if (order->socket != SANDBOX_SOCKET)
		dup2(order->socket, SANDBOX_SOCKET);
	close(STDOUT_FILENO);
	process_close_from(STDERR_FILENO + 1);
	worker_run(SANDBOX_SOCKET, slot, work, task->config, task->memory);
}

/* Forks a child whose parent is this process's parent. The system call is used
 * because glibc's fork() takes no flags; what fork() does in addition is only
 * needed with threads. */
static pid_t fork_sibling(void)
{
	return (pid_t)syscall(SYS_clone, CLONE_PARENT | SIGCHLD, NULL, NULL,
			      NULL, NULL);
}

static void send_answer(int pid)
{
	const struct zygote_answer a = {pid};

	/* If the write fails, the program has ended, and the next read of an
	 * order will fail. */
	(void)!write(SOCKET, &a, sizeof(a));
}

void zygote_run(int socket, pid_t parent, const struct zygote_config *config)
{
	struct task task = {0};
	struct order order;

	process_ignore_signals();
	process_die_with(parent);
	keep_only(socket);
	take_task(&task, config);
	send_answer(ZYGOTE_READY);
	while (!take_order(&order)) {
		const pid_t pid = fork_sibling();

		if (pid == 0)
			become_worker(&order, parent, config->work, &task);
		send_answer(pid > 0 ? pid : -errno);
		close(order.socket);
		close(order.slot);
	}
	_exit(0);
}
