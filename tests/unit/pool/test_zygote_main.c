/*
 * pool/process/zygote_main.c on its own. The test forks a zygote, and takes the
 * part of the program: it sends the task and the orders, and the workers are
 * its children.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "pool/process/wire.h"
#include "pool/process/worker.h"
#include "pool/process/zygote_main.h"

static const char text[] = "what workers need";

/* Memory in which the processes report. */
static struct shared {
	_Atomic int prepared;
	_Atomic uint64_t text_len;
	_Atomic int begun;		/* number of workers that began with the
					 * right config */
	_Atomic uint64_t memory;	/* the limit given to the sandbox */
} *shared;

/* --- Wrappers: calls that fail in the zygote, as set before it is forked -- */

static bool fstat_fails, mmap_fails, clone_fails;
static unsigned interrupted;	/* 0: no; otherwise every second
				 * recvmsg() is interrupted */

extern int __wrap_sandbox_enter(uint64_t memory);
extern int __real_fstat(int fd, struct stat *st);
extern int __wrap_fstat(int fd, struct stat *st);
extern void *__real_mmap(void *at, size_t len, int prot, int flags, int fd,
			 off_t offset);
extern void *__wrap_mmap(void *at, size_t len, int prot, int flags, int fd,
			 off_t offset);
extern ssize_t __real_recvmsg(int fd, struct msghdr *message, int flags);
extern ssize_t __wrap_recvmsg(int fd, struct msghdr *message, int flags);
extern long __real_syscall(long number, long a, long b, long c, long d,
			   long e);
extern long __wrap_syscall(long number, long a, long b, long c, long d,
			   long e);

int __wrap_sandbox_enter(uint64_t memory)
{
	shared->memory = memory;
	return 0;
}

int __wrap_fstat(int fd, struct stat *st)
{
	if (!fstat_fails)
		return __real_fstat(fd, st);
	fstat_fails = false;
	errno = EIO;
	return -1;
}

void *__wrap_mmap(void *at, size_t len, int prot, int flags, int fd,
		  off_t offset)
{
	if (!mmap_fails)
		return __real_mmap(at, len, prot, flags, fd, offset);
	errno = ENOMEM;
	return MAP_FAILED;
}

ssize_t __wrap_recvmsg(int fd, struct msghdr *message, int flags)
{
	if (!interrupted || ++interrupted % 2)
		return __real_recvmsg(fd, message, flags);
	errno = EINTR;
	return -1;
}

long __wrap_syscall(long number, long a, long b, long c, long d, long e)
{
	if (!clone_fails)
		return __real_syscall(number, a, b, c, d, e);
	errno = EAGAIN;
	return -1;
}

/* --- Functions of workers ------------------------------------------------- */

static void *work_begin(const void *config)
{
	if (config && !strcmp(config, text))
		shared->begun++;
	return NULL;
}

static void work_run(void *own, struct job *job)
{
	(void)own;
	(void)job;
}

static void work_end(void *own)
{
	(void)own;
}

static const struct work work = {
	.begin = work_begin, .run = work_run, .end = work_end,
};

static const void *unpack(struct slice packed)
{
	shared->text_len = packed.len;
	return packed.len ? xmemdup(packed.p, packed.len) : NULL;
}

static void prepare(void)
{
	shared->prepared = 1;
}

static const struct zygote_config full = {
	.work = &work, .unpack = unpack, .prepare = prepare,
};
static const struct zygote_config bare = {.work = &work};

/* --- The program's side --------------------------------------------------- */

struct program {
	pid_t pid;
	int socket;
};

static void program_start(struct program *p,
			  const struct zygote_config *config)
{
	const pid_t parent = getpid();
	int ends[2];

	memset(shared, 0, sizeof(*shared));
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0,
				    ends), 0);
	p->pid = fork();
	assert_true(p->pid >= 0);
	/* The socket has the same number as in the program, or another one. */
	if (p->pid == 0)
		zygote_run(config == &bare ? dup2(ends[1], 3) : ends[1],
			   parent, config);
	close(ends[1]);
	p->socket = ends[0];
	fstat_fails = mmap_fails = clone_fails = false;
	interrupted = 0;
}

static void program_send(const struct program *p, const void *bytes,
			 size_t len, const int *descriptors, size_t count)
{
	union {
		char room[CMSG_SPACE(2 * sizeof(int))];
		struct cmsghdr align;
	} control = {0};
	struct iovec part = {(void *)bytes, len};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	struct cmsghdr *c;

	if (count) {
		message.msg_control = &control;
		message.msg_controllen = CMSG_SPACE(count * sizeof(int));
		c = CMSG_FIRSTHDR(&message);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(count * sizeof(int));
		memcpy(CMSG_DATA(c), descriptors, count * sizeof(int));
	}
	assert_int_equal(sendmsg(p->socket, &message, MSG_NOSIGNAL), len);
}

static void program_give_task(const struct program *p, const char *with)
{
	const uint64_t memory = 777;
	const int fd = memfd_create("task", MFD_CLOEXEC);
	const size_t len = with ? strlen(with) : 0;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, with ? with : "", len), len);
	program_send(p, &memory, sizeof(memory), &fd, 1);
	close(fd);
}

/* Returns the answer of the zygote; -9999 if it has ended. */
static int program_read(const struct program *p)
{
	struct zygote_answer a;

	if (recv(p->socket, &a, sizeof(a), 0) != sizeof(a))
		return -9999;
	return a.pid;
}

/* Orders a worker. Returns its socket, and in *pid its pid or -errno. */
static int program_order(const struct program *p, int *pid)
{
	int ends[2], descriptors[2], place;

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0,
				    ends), 0);
	place = memfd_create("place", MFD_CLOEXEC);
	assert_int_equal(ftruncate(place, sizeof(struct worker_slot)), 0);
	descriptors[0] = ends[1];
	descriptors[1] = place;
	program_send(p, "", 1, descriptors, 2);
	*pid = program_read(p);
	close(ends[1]);
	close(place);
	return ends[0];
}

static int wait_for(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static int program_end(struct program *p)
{
	close(p->socket);
	return wait_for(p->pid);
}

static void expect_hello(int socket)
{
	struct wire in = {.fields_max = 100, .payload_max = 100};
	int sandbox;

	while (wire_next(&in) == WIRE_NONE)
		assert_true(wire_read(&in, socket) > 0);
	assert_int_equal(wire_get_hello(&in, &sandbox), 0);
	wire_release(&in);
}

/* --- Tests ---------------------------------------------------------------- */

static void workers_are_children_of_the_program(void **state)
{
	struct program p;
	int sockets[3], pids[3];

	(void)state;
	interrupted = 1;
	program_start(&p, &full);
	program_give_task(&p, text);
	assert_int_equal(program_read(&p), ZYGOTE_READY);
	assert_int_equal(shared->prepared, 1);
	assert_int_equal(shared->text_len, strlen(text));
	for (int i = 0; i < 3; i++) {
		sockets[i] = program_order(&p, &pids[i]);
		assert_true(pids[i] > 0);
		expect_hello(sockets[i]);
	}
	assert_int_equal(shared->begun, 3);
	assert_int_equal(shared->memory, 777);
	/* The workers continue after the end of the zygote. */
	assert_int_equal(program_end(&p), 0);
	for (int i = 0; i < 3; i++) {
		close(sockets[i]);
		assert_int_equal(wait_for(pids[i]), 0);
	}
}

static void empty_config_is_a_task(void **state)
{
	struct program p;

	(void)state;
	program_start(&p, &bare);
	program_give_task(&p, text);
	assert_int_equal(program_read(&p), ZYGOTE_READY);
	assert_int_equal(program_end(&p), 0);
	program_start(&p, &full);
	program_give_task(&p, NULL);
	assert_int_equal(program_read(&p), ZYGOTE_READY);
	assert_int_equal(shared->text_len, 0);
	assert_int_equal(program_end(&p), 0);
}

static void end_of_the_program_ends_the_zygote(void **state)
{
	struct program p;

	(void)state;
	program_start(&p, &full);
	assert_int_equal(program_end(&p), 0);
	assert_int_equal(shared->prepared, 0);
}

static void invalid_order_ends_the_zygote(void **state)
{
	const uint64_t memory = 1;
	const int two[2] = {STDERR_FILENO, STDERR_FILENO};
	struct program p;

	(void)state;
	/* Sends invalid tasks: without a descriptor, with too many, with too
	 * few bytes. */
	for (int i = 0; i < 3; i++) {
		program_start(&p, &full);
		program_send(&p, &memory, i == 2 ? 3 : sizeof(memory), two,
			     i == 2 ? 1 : (size_t)i * 2);
		assert_int_equal(program_read(&p), -9999);
		assert_int_equal(program_end(&p), 0);
	}
	/* Sends an invalid order. */
	program_start(&p, &full);
	program_give_task(&p, text);
	assert_int_equal(program_read(&p), ZYGOTE_READY);
	program_send(&p, "", 1, two, 1);
	assert_int_equal(program_read(&p), -9999);
	assert_int_equal(program_end(&p), 0);
}

static void unreadable_task_ends_the_zygote(void **state)
{
	struct program p;

	(void)state;
	for (int i = 0; i < 2; i++) {
		fstat_fails = i == 0;
		mmap_fails = i == 1;
		program_start(&p, &full);
		program_give_task(&p, text);
		assert_int_equal(program_read(&p), -9999);
		assert_int_equal(program_end(&p), EXIT_FAILURE);
		assert_int_equal(shared->text_len, 0);
	}
}

static void failed_fork_is_answered(void **state)
{
	struct program p;
	int pid, socket;

	(void)state;
	clone_fails = true;
	program_start(&p, &full);
	program_give_task(&p, text);
	assert_int_equal(program_read(&p), ZYGOTE_READY);
	socket = program_order(&p, &pid);
	assert_int_equal(pid, -EAGAIN);
	close(socket);
	/* The zygote must accept further orders. */
	socket = program_order(&p, &pid);
	assert_int_equal(pid, -EAGAIN);
	close(socket);
	assert_int_equal(program_end(&p), 0);
}

static void invalid_shared_memory_ends_the_worker(void **state)
{
	struct program p;
	int ends[2], pid;

	(void)state;
	program_start(&p, &full);
	program_give_task(&p, text);
	assert_int_equal(program_read(&p), ZYGOTE_READY);
	/* Sends a socket where memory is expected: it cannot be mapped. */
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	program_send(&p, "", 1, ends, 2);
	pid = program_read(&p);
	assert_true(pid > 0);
	assert_int_equal(wait_for(pid), EXIT_FAILURE);
	assert_int_equal(shared->begun, 0);
	assert_int_equal(program_end(&p), 0);
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(workers_are_children_of_the_program),
		cmocka_unit_test(empty_config_is_a_task),
		cmocka_unit_test(end_of_the_program_ends_the_zygote),
		cmocka_unit_test(invalid_order_ends_the_zygote),
		cmocka_unit_test(unreadable_task_ends_the_zygote),
		cmocka_unit_test(failed_fork_is_answered),
		cmocka_unit_test(invalid_shared_memory_ends_the_worker),
	};

	signal(SIGPIPE, SIG_IGN);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
