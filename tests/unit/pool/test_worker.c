/*
 * pool/process/worker.c on its own. The test forks a process that is the
 * worker, and is itself the program at the other end of the socket. The worker
 * has no sandbox (sandbox_enter() is wrapped), so that it can be observed.
 */
#include <assert.h>
#include <errno.h>
#include <linux/futex.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/job/job.h"
#include "base/mem.h"
#include "base/memory_budget.h"
#include "pool/process/sandbox.h"
#include "pool/process/wire.h"
#include "pool/process/worker.h"

enum { BROKEN = 78, LARGE = 3 << 20, MEMORY = 12345 };

static const char config[] = "config";

/* Memory by which the test controls and observes the worker. */
static struct shared {
	struct worker_slot place;
	_Atomic int ended;		/* work_end() was called */
	_Atomic uint64_t seq;		/* the current job in the shared page,
					 * during the work */
	_Atomic uint64_t memory;	/* the memory limit given to the
					 * sandbox */
} *shared;

/* Settings of the wrappers below; set before the worker is forked. */
static bool interrupts;
static int sandbox_error;

/* --- Wrappers ------------------------------------------------------------- */

extern int __wrap_sandbox_enter(uint64_t memory);
extern ssize_t __real_writev(int fd, const struct iovec *parts, int count);
extern ssize_t __wrap_writev(int fd, const struct iovec *parts, int count);
extern ssize_t __real_read(int fd, void *to, size_t len);
extern ssize_t __wrap_read(int fd, void *to, size_t len);

int __wrap_sandbox_enter(uint64_t memory)
{
	shared->memory = memory;
	return sandbox_error;
}

/* Interrupts one of three calls; another one writes only a few bytes, of the
 * first part or of both. */
ssize_t __wrap_writev(int fd, const struct iovec *parts, int count)
{
	static unsigned calls;
	struct iovec few[2];

	if (!interrupts || ++calls % 3 == 0)
		return __real_writev(fd, parts, count);
	if (calls % 3 == 1) {
		errno = EINTR;
		return -1;
	}
	memcpy(few, parts, (size_t)count * sizeof(*few));
	if (calls % 2)
		count = 1;
	if (few[count - 1].iov_len > 3)
		few[count - 1].iov_len = 3;
	return __real_writev(fd, few, count);
}

ssize_t __wrap_read(int fd, void *to, size_t len)
{
	static unsigned calls;

	if (!interrupts || ++calls % 2)
		return __real_read(fd, to, len);
	errno = EINTR;
	return -1;
}

/* Replaces the function of mimalloc, which is linked only with the program. */
static void (*on_malloc_error)(int error, void *ctx);
extern void mi_register_error(void (*on_error)(int error, void *ctx),
			      void *ctx);

void mi_register_error(void (*on_error)(int error, void *ctx), void *ctx)
{
	(void)ctx;
	on_malloc_error = on_error;
}

/* --- Functions of the worker ---------------------------------------------- */

static void *work_begin(const void *with)
{
	assert(with == config);
	return (void *)with;
}

/* Charges more than the worker's share, so that the worker has to request
 * memory; then the same amount again, which was granted already. */
static void charge(struct job *job)
{
	struct memory_account account;
	bool fine;

	memory_account_init(&account);
	memory_account_start(&account);
	fine = memory_charge(memory_budget_bytes() / 2);
	fine &= memory_charge(1);
	memory_account_stop();
	memory_account_release(&account);
	buf_addstr(&job->record, fine ? "granted" : "refused");
}

static void fill(struct job *job)
{
	memset(buf_reserve(&job->record, LARGE), 'x', LARGE);
	job->record.len = LARGE;
}

static void work_run(void *own, struct job *job)
{
	const char *url = job->res.final_url;

	assert(own == config);
	shared->seq = shared->place.seq;
	if (!strcmp(url, "charge"))
		charge(job);
	else if (!strcmp(url, "large"))
		fill(job);
	else if (!strcmp(url, "library without memory"))
		on_malloc_error(ENOMEM, NULL);
	else if (!strcmp(url, "other mistake"))
		on_malloc_error(EINVAL, NULL);
	else if (!strcmp(url, "no memory"))
		mem_exhausted();
	if (!job->record.len)
		buf_add(&job->record, job->res.body.data, job->res.body.len);
}

static void work_end(void *own)
{
	assert(own == config);
	/* The end of the worker, with gcov's output, is not interrupted. */
	interrupts = false;
	shared->ended = 1;
}

static void examine(void *own, struct job *job)
{
	assert(own == config);
	buf_addf(&job->record, "examined %s", job->res.final_url);
}

static const struct work work = {
	.begin = work_begin, .run = work_run, .end = work_end,
};
static const struct work_split apart = {.examine = examine};
static const struct work work_split = {
	.begin = work_begin, .run = work_run, .end = work_end,
	.split = &apart,
};

/* --- The program's side --------------------------------------------------- */

struct program {
	pid_t pid;
	int socket;
	struct wire in;
};

static void program_start(struct program *p, const struct work *what)
{
	int ends[2];

	*p = (struct program){
		.in = {.fields_max = 1 << 16, .payload_max = LARGE},
	};
	memset(shared, 0, sizeof(*shared));
	shared->place.budget = 64 << 20;
	shared->place.workers = 1;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	p->pid = fork();
	assert_true(p->pid >= 0);
	if (p->pid == 0) {
		close(ends[0]);
		worker_run(ends[1], &shared->place, what, config, MEMORY);
	}
	close(ends[1]);
	p->socket = ends[0];
}

static enum wire_kind program_read(struct program *p)
{
	enum wire_kind kind;

	while ((kind = wire_next(&p->in)) == WIRE_NONE)
		if (wire_read(&p->in, p->socket) <= 0)
			return WIRE_NONE;
	return kind;
}

static void program_write(struct program *p, const struct buf *bytes)
{
	assert_int_equal(send(p->socket, bytes->data, bytes->len,
			      MSG_NOSIGNAL), bytes->len);
}

static void program_ask(struct program *p, uint64_t seq, const char *url,
			const char *body)
{
	struct job *job = job_new();
	struct buf out = {0};

	job->res.final_url = xstrdup(url);
	buf_addstr(&job->res.body, body);
	wire_put_request(&out, seq, job);
	buf_addstr(&out, body);
	program_write(p, &out);
	buf_release(&out);
	job_free(job);
}

static void program_expect_hello(struct program *p, int sandbox)
{
	int got;

	assert_int_equal(program_read(p), WIRE_HELLO);
	assert_int_equal(wire_get_hello(&p->in, &got), 0);
	assert_int_equal(got, sandbox);
}

static void program_expect(struct program *p, uint64_t seq, const char *record)
{
	struct job *job = job_new();

	assert_int_equal(program_read(p), WIRE_REPLY);
	assert_int_equal(p->in.head.seq, seq);
	assert_int_equal(wire_get_reply(&p->in, job), 0);
	assert_string_equal(buf_cstr(&job->record), record);
	job_free(job);
}

/* Returns how the worker ended, after closing the test's end of the socket. */
static int program_end(struct program *p)
{
	int status;

	if (p->socket >= 0)
		close(p->socket);
	assert_int_equal(waitpid(p->pid, &status, 0), p->pid);
	wire_release(&p->in);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/* --- Tests ---------------------------------------------------------------- */

static void jobs_are_answered_in_their_order(void **state)
{
	struct program p;

	(void)state;
	program_start(&p, &work);
	program_expect_hello(&p, 0);
	program_ask(&p, 7, "copy", "one");
	program_ask(&p, 9, "copy", "");
	program_ask(&p, 8, "other mistake", "three");
	program_expect(&p, 7, "one");
	program_expect(&p, 9, "");
	program_expect(&p, 8, "three");
	assert_int_equal(shared->memory, MEMORY);
	assert_int_equal(program_end(&p), 0);
	assert_int_equal(shared->ended, 1);
}

/* The page of memory shared with the worker has the number of the current
 * job. */
static void shared_memory_has_the_current_job(void **state)
{
	struct program p;

	(void)state;
	program_start(&p, &work);
	program_expect_hello(&p, 0);
	program_ask(&p, 7, "copy", "one");
	program_expect(&p, 7, "one");
	assert_int_equal(shared->seq, 7);
	assert_int_equal(shared->place.seq, 0);
	assert_int_equal(program_end(&p), 0);
}

static void missing_sandbox_is_reported(void **state)
{
	struct program p;

	(void)state;
	sandbox_error = ENOSYS;
	program_start(&p, &work);
	sandbox_error = 0;
	program_expect_hello(&p, ENOSYS);
	assert_int_equal(program_end(&p), 0);
}

static void work_that_is_done_apart_is_examined(void **state)
{
	struct program p;

	(void)state;
	program_start(&p, &work_split);
	program_expect_hello(&p, 0);
	program_ask(&p, 1, "this", "body");
	program_expect(&p, 1, "examined this");
	assert_int_equal(program_end(&p), 0);
}

static void interrupted_and_short_calls_lose_nothing(void **state)
{
	struct program p;

	(void)state;
	interrupts = true;
	program_start(&p, &work);
	interrupts = false;
	program_expect_hello(&p, 0);
	for (int i = 1; i < 20; i++) {
		program_ask(&p, (uint64_t)i, "copy", i % 3 ? "a body" : "");
		program_expect(&p, (uint64_t)i, i % 3 ? "a body" : "");
	}
	assert_int_equal(program_end(&p), 0);
	assert_int_equal(shared->ended, 1);
}

/* A worker waits while the program does not read. */
static void record_larger_than_the_socket_comes_whole(void **state)
{
	struct program p;
	struct job *job = job_new();

	(void)state;
	program_start(&p, &work);
	program_expect_hello(&p, 0);
	program_ask(&p, 1, "large", "");
	assert_int_equal(program_read(&p), WIRE_REPLY);
	assert_int_equal(wire_get_reply(&p.in, job), 0);
	assert_int_equal(job->record.len, LARGE);
	job_free(job);
	assert_int_equal(program_end(&p), 0);
}

static void worker_whose_reader_is_gone_ends_quietly(void **state)
{
	struct program p;

	(void)state;
	program_start(&p, &work);
	program_expect_hello(&p, 0);
	program_ask(&p, 1, "large", "");
	assert_int_equal(program_end(&p), 0);
	assert_int_equal(shared->ended, 0);
}

static void expect_end(const struct buf *bytes, int code)
{
	struct program p;

	program_start(&p, &work);
	program_expect_hello(&p, 0);
	program_write(&p, bytes);
	assert_int_equal(program_read(&p), WIRE_NONE);
	assert_int_equal(program_end(&p), code);
	assert_int_equal(shared->ended, 0);
}

static void invalid_request_ends_the_worker(void **state)
{
	struct buf bytes = {0};

	(void)state;
	buf_addstr(&bytes,
		   "GET / HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n");
	expect_end(&bytes, BROKEN);
	buf_clear(&bytes);
	wire_put_want(&bytes, 1);
	expect_end(&bytes, BROKEN);
	buf_clear(&bytes);
	wire_put_hello(&bytes, 0);
	((struct wire_head *)(void *)bytes.data)->kind = WIRE_REQUEST;
	expect_end(&bytes, BROKEN);
	buf_release(&bytes);
}

static void worker_without_memory_ends_with_its_exit_code(void **state)
{
	static const char *const urls[] = {
		"no memory", "library without memory",
	};
	struct program p;

	(void)state;
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++) {
		program_start(&p, &work);
		program_expect_hello(&p, 0);
		program_ask(&p, 3, urls[i], "");
		assert_int_equal(program_read(&p), WIRE_NONE);
		assert_int_equal(program_end(&p), WORKER_NO_MEMORY);
		/* The number in the shared page tells which job was lost. */
		assert_int_equal(shared->place.seq, 3);
	}
}

static void wake(void)
{
	atomic_fetch_add(&shared->place.answers, 1);
	syscall(SYS_futex, &shared->place.answers, FUTEX_WAKE, 1, NULL, NULL,
		0);
}

static void memory_beyond_the_share_is_requested(void **state)
{
	struct program p;
	uint64_t bytes;

	(void)state;
	program_start(&p, &work);
	program_expect_hello(&p, 0);
	program_ask(&p, 1, "charge", "");
	assert_int_equal(program_read(&p), WIRE_WANT);
	assert_int_equal(wire_get_want(&p.in, &bytes), 0);
	assert_true(bytes >= shared->place.budget / 2);
	/* A grant that is smaller than needed counts as a refusal. */
	shared->place.granted = bytes - 1;
	wake();
	usleep(20000);
	assert_int_equal(shared->place.seq, 1);
	shared->place.granted = bytes;
	wake();
	program_expect(&p, 1, "granted");
	assert_int_equal(program_end(&p), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jobs_are_answered_in_their_order),
		cmocka_unit_test(shared_memory_has_the_current_job),
		cmocka_unit_test(missing_sandbox_is_reported),
		cmocka_unit_test(work_that_is_done_apart_is_examined),
		cmocka_unit_test(interrupted_and_short_calls_lose_nothing),
		cmocka_unit_test(record_larger_than_the_socket_comes_whole),
		cmocka_unit_test(worker_whose_reader_is_gone_ends_quietly),
		cmocka_unit_test(invalid_request_ends_the_worker),
		cmocka_unit_test(worker_without_memory_ends_with_its_exit_code),
		cmocka_unit_test(memory_beyond_the_share_is_requested),
	};

	signal(SIGPIPE, SIG_IGN);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
