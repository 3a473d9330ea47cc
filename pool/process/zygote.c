/*
 * The zygote as the program sees it: starts the zygote, sends its task and
 * orders, and starts a new one after its end.
 *
 * The zygote is STARTING until its ready answer, then UP; DOWN during the pause
 * before the next attempt. The zygote answers an order very soon (one fork of a
 * small process), so the program waits for the answer. A zygote that does not
 * answer is killed.
 */
#include "pool/process/zygote.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "pool/loop.h"
#include "pool/process/hygiene.h"
#include "pool/process/messages.h"
#include "pool/process/zygote_main.h"

/* Environment of a zygote: "DESCRIPTOR PARENT" (socket, program's pid). */
#define VARIABLE "SCRAPE_ZYGOTE"

enum { ANSWER_WITHIN = 1000 };			/* msec to wait for an answer */
static const msec ready_within = 30e3;		/* msec; sanitizers start
						 * slowly */
static const msec first_pause = 5, longest_pause = 1000;

enum state { DOWN, STARTING, UP };

struct zygote {
	struct zygote_config config;
	struct zygote_task task;
	bool has_task;
	enum state state;
	pid_t pid;		/* 0: no zygote is running */
	int socket;		/* -1: no connection */
	struct messages *messages; /* standard error of zygote and workers */
	msec pause;		/* msec before the next attempt to start */

	struct loop *loop;	/* NULL: not attached */
	void (*on_change)(void *ctx);
	void *ctx;
	struct loop_timer timer; /* STARTING: latest time to be ready. DOWN:
				  * time of the next start */
};

static int make_sockets(int ends[2])
{
	return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends);
}

/* Blocks all signals, so that a signal from the terminal cannot end the zygote
 * before it ignores them. */
static void block_signals(sigset_t *before)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, before);
}

/* Sends one message with these bytes and descriptors. */
static int send_message(const struct zygote *z, const void *bytes, size_t len,
			const int *descriptors, size_t count)
{
	union {
		char room[CMSG_SPACE(2 * sizeof(int))];
		struct cmsghdr align;
	} control = {0};
	struct iovec text = {(void *)bytes, len};
	const struct msghdr message = {
		.msg_iov = &text, .msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = CMSG_SPACE(count * sizeof(int)),
	};
	struct cmsghdr *c = CMSG_FIRSTHDR(&message);

	assert(count <= 2);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(count * sizeof(int));
	memcpy(CMSG_DATA(c), descriptors, count * sizeof(int));
	return sendmsg(z->socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL) ==
			       (ssize_t)len ? 0 : -1;
}

/* Returns the descriptor of a memory file that contains the text, because the
 * text may be too long for a message; or -1. */
static int make_file(struct slice text)
{
	const int fd = memfd_create("scrape-task", MFD_CLOEXEC);
	size_t done = 0;

	while (fd >= 0 && done < text.len) {
		const ssize_t n = write(fd, text.p + done, text.len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			close(fd);
			return -1;
		}
		done += (size_t)n;
	}
	return fd;
}

static int send_task(const struct zygote *z)
{
	const struct zygote_task *t = &z->task;
	const int fd = make_file((struct slice){t->text.data, t->text.len});
	int err;

	if (fd < 0)
		return -1;
	err = send_message(z, &t->memory, sizeof(t->memory), &fd, 1);
	close(fd);
	return err;
}

static int first_start(struct zygote *z, char **argv)
{
	const pid_t parent = getpid();
	sigset_t before;
	int ends[2];

	if (make_sockets(ends))
		return -1;
	block_signals(&before);
	z->pid = fork();
	if (z->pid == 0) {
		process_wipe_secrets(argv);
		dup2(messages_descriptor(z->messages), STDERR_FILENO);
		zygote_run(ends[1], parent, &z->config);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	close(ends[1]);
	z->socket = ends[0];
	z->state = STARTING;
	if (z->pid > 0)
		return 0;
	close(z->socket);
	return -1;
}

/* Returns the filtered environment for a child, plus VARIABLE. The caller frees
 * the list and its first string only. */
static char **make_environment(int socket)
{
	size_t len = 0;
	char **list;

	while (environ[len])
		len++;
	list = xcalloc(len + 2, sizeof(*list));
	list[0] = xasprintf(VARIABLE "=%d %d", socket, (int)getpid());
	process_filter_environment(list + 1);
	return list;
}

/* Executes the program's file as a new zygote. posix_spawn() works like
 * vfork(): it is safe with threads, and its cost does not depend on the
 * program's memory. The child has no standard input and no standard output, and
 * its standard error is the pipe for messages. Returns 0 or an errno. */
static int spawn_zygote(struct zygote *z, int socket)
{
	static char name[] = "scrape";
	char *arguments[] = {name, NULL};
	char **environment = make_environment(socket);
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t all;
	int error;

	sigfillset(&all);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setsigmask(&attributes, &all);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null",
					 O_RDWR, 0);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null",
					 O_RDWR, 0);
	posix_spawn_file_actions_adddup2(&files,
					 messages_descriptor(z->messages),
					 STDERR_FILENO);
	/* Duplicating it to the same number clears O_CLOEXEC. */
	posix_spawn_file_actions_adddup2(&files, socket, socket);
	error = posix_spawn(&z->pid, "/proc/self/exe", &files, &attributes,
			    arguments, environment);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attributes);
	free(environment[0]);
	free(environment);
	return error;
}

static int start_again(struct zygote *z)
{
	int ends[2], error;

	if (make_sockets(ends))
		return -1;
	error = spawn_zygote(z, ends[1]);
	close(ends[1]);
	if (error) {
		close(ends[0]);
		z->pid = 0;
		errno = error;
		return -1;
	}
	z->socket = ends[0];
	z->state = STARTING;
	return z->has_task ? send_task(z) : 0;
}

static void go_down(struct zygote *z)
{
	if (z->loop)
		loop_unwatch(z->loop, z->socket);
	if (z->socket >= 0)
		close(z->socket);
	z->socket = -1;
	if (z->pid > 0) {
		kill(z->pid, SIGKILL);
		while (waitpid(z->pid, NULL, 0) < 0 && errno == EINTR)
			continue;
	}
	z->pid = 0;
	z->state = DOWN;
	if (!z->loop)
		return;
	loop_set_timer(z->loop, &z->timer, clock_now() + z->pause);
	z->pause = z->pause * 2 < longest_pause ? z->pause * 2 : longest_pause;
}

static void on_failure(struct zygote *z)
{
	go_down(z);
	z->on_change(z->ctx);
}

static void on_socket(void *ctx, int fd, int events)
{
	struct zygote *z = ctx;
	struct zygote_answer a;
	const ssize_t n = recv(fd, &a, sizeof(a), MSG_DONTWAIT);

	(void)events;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n != sizeof(a) || a.pid != ZYGOTE_READY || z->state != STARTING) {
		log_debug("the zygote, which starts worker processes, has "
			  "ended");
		on_failure(z);
		return;
	}
	z->state = UP;
	z->pause = first_pause;
	loop_set_timer(z->loop, &z->timer, MSEC_NEVER);
	z->on_change(z->ctx);
}

static int watch_zygote(struct zygote *z)
{
	if (loop_watch(z->loop, z->socket, LOOP_READ, on_socket, z))
		return -1;
	if (z->state == STARTING)
		loop_set_timer(z->loop, &z->timer, clock_now() + ready_within);
	return 0;
}

static void on_due(void *ctx, msec now)
{
	struct zygote *z = ctx;

	(void)now;
	if (z->state == STARTING || start_again(z) || watch_zygote(z))
		on_failure(z);
}

/* Returns the socket in VARIABLE, or -1. The user may have set such a variable,
 * so the descriptor must be a socket of the right type. */
static int requested_socket(pid_t *parent)
{
	const char *value = getenv(VARIABLE);
	int fd, pid, type;
	socklen_t len = sizeof(type);

	if (!value || sscanf(value, "%d %d", &fd, &pid) != 2 ||
	    getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) ||
	    type != SOCK_SEQPACKET)
		return -1;
	*parent = pid;
	return fd;
}

bool zygote_is_requested(void)
{
	pid_t parent;

	return requested_socket(&parent) >= 0;
}

struct zygote *zygote_open(const struct zygote_config *config, char **argv)
{
	struct zygote *z;
	pid_t parent;
	const int socket = requested_socket(&parent);

	if (socket >= 0)
		zygote_run(socket, parent, config);
	z = xcalloc(1, sizeof(*z));
	z->config = *config;
	z->socket = -1;
	z->pause = first_pause;
	z->timer = (struct loop_timer){.on_due = on_due, .ctx = z};
	z->messages = messages_open();
	if (z->messages && !(argv ? first_start(z, argv) : start_again(z)))
		return z;
	messages_close(z->messages);
	free(z);
	return NULL;
}

void zygote_close(struct zygote *z)
{
	if (!z)
		return;
	assert(!z->loop);
	go_down(z);
	messages_close(z->messages);
	buf_release(&z->task.text);
	free(z);
}

/* If the zygote has died, the next one gets the task when it is started. */
void zygote_set_task(struct zygote *z, struct zygote_task *task)
{
	assert(!z->has_task);
	z->task = *task;
	task->text = (struct buf){0};
	z->has_task = true;
	if (send_task(z))
		go_down(z);
}

const struct work *zygote_work(const struct zygote *z)
{
	return z->config.work;
}

const struct zygote_task *zygote_task(const struct zygote *z)
{
	return &z->task;
}

int zygote_attach(struct zygote *z, struct loop *loop,
		  void (*on_change)(void *ctx), void *ctx)
{
	assert(!z->loop);
	z->loop = loop;
	z->on_change = on_change;
	z->ctx = ctx;
	if (messages_attach(z->messages, loop))
		goto fail;
	if (z->state == DOWN) {
		loop_set_timer(loop, &z->timer, clock_now());
		return 0;
	}
	if (!watch_zygote(z))
		return 0;
	messages_detach(z->messages);
fail:
	z->loop = NULL;
	return -1;
}

void zygote_detach(struct zygote *z)
{
	if (z->socket >= 0)
		loop_unwatch(z->loop, z->socket);
	loop_set_timer(z->loop, &z->timer, MSEC_NEVER);
	messages_detach(z->messages);
	z->loop = NULL;
}

/* Sends an order. The byte is needed: no message can be empty. */
static int send_order(const struct zygote *z, int socket, int slot)
{
	const int descriptors[2] = {socket, slot};

	return send_message(z, "", 1, descriptors, 2);
}

static int take_answer(const struct zygote *z, struct zygote_answer *a)
{
	struct pollfd fd = {.fd = z->socket, .events = POLLIN};
	int ready;

	do {
		ready = poll(&fd, 1, ANSWER_WITHIN);
	} while (ready < 0 && errno == EINTR);
	if (ready <= 0 ||
	    recv(z->socket, a, sizeof(*a), MSG_DONTWAIT) != sizeof(*a))
		return -1;
	return 0;
}

pid_t zygote_fork(struct zygote *z, int socket, int slot)
{
	struct zygote_answer a;

	if (z->state != UP) {
		errno = EAGAIN;
		return -1;
	}
	if (send_order(z, socket, slot) || take_answer(z, &a) || !a.pid) {
		go_down(z);
		errno = EAGAIN;
		return -1;
	}
	if (a.pid > 0)
		return a.pid;
	errno = -a.pid;
	return -1;
}

bool zygote_is_up(const struct zygote *z)
{
	return z->state == UP;
}

pid_t zygote_pid(const struct zygote *z)
{
	return z->pid;
}
