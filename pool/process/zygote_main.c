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

/* The zygote's. A worker's is SANDBOX_SOCKET; 1 is closed, so that what some
 * library may print is no frame. */
enum { SOCKET = 3 };

struct task {
	const void *config;	/* the work's */
	uint64_t memory;
};

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

/* One message of len bytes and count descriptors; -1 when the program is gone,
 * or what it says makes no sense. */
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

/* What workers are to know; ends the process if that does not come. */
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
	struct worker_slot *place;

	process_die_with(parent);
	place = mmap(NULL, sizeof(*place), PROT_READ | PROT_WRITE, MAP_SHARED,
		     order->place, 0);
	if (place == MAP_FAILED)
		_exit(EXIT_FAILURE);
	if (order->socket != SANDBOX_SOCKET)
		dup2(order->socket, SANDBOX_SOCKET);
	close(STDOUT_FILENO);
	process_close_from(STDERR_FILENO + 1);
	worker_run(SANDBOX_SOCKET, place, work, task->config, task->memory);
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
	struct task task = {0};
	struct order order;

	process_ignore_signals();
	process_die_with(parent);
	keep_only(socket);
	take_task(&task, config);
	answer(ZYGOTE_READY);
	while (!take_order(&order)) {
		const pid_t pid = fork_sibling();

		if (pid == 0)
			become_worker(&order, parent, config->work, &task);
		answer(pid > 0 ? pid : -errno);
		close(order.socket);
		close(order.place);
	}
	_exit(0);
}
