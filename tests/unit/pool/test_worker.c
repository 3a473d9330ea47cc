/*
 * pool/process/worker.c by itself: a process that was forked for the test is the
 * worker, and the test is the program at the other end of its socket. It is in
 * no sandbox (sandbox_enter() is a wrapper here), so that it may be looked at.
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

/* What the worker does and what the test sees of it. */
static struct shared {
	struct worker_slot place;
	_Atomic int ended;		/* work_end() was called */
	_Atomic uint64_t seq;		/* of the place, while it was at it */
	_Atomic uint64_t memory;	/* told to the sandbox */
} *shared;

/* Set before the worker is forked. */
static bool interrupts;
static int sandbox_error;

/* --- Wrappers ---------------------------------------------------------------- */

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

/* Of three calls one is interrupted, and one writes a few bytes: of the first
 * part, or of both. */
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

/* In place of mimalloc's, which the program is linked with. */
static void (*on_malloc_error)(int error, void *ctx);
extern void mi_register_error(void (*on_error)(int error, void *ctx),
			      void *ctx);

void mi_register_error(void (*on_error)(int error, void *ctx), void *ctx)
{
	(void)ctx;
	on_malloc_error = on_error;
}

/* --- What the worker does ---------------------------------------------------- */

static void *work_begin(const void *with)
{
	assert(with == config);
	return (void *)with;
}

/* More than its share, so that it has to ask; and again, which has been
 * granted. */
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
	/* Its end is the worker's own business, and gcov's. */
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

/* --- The program's side ------------------------------------------------------ */

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

/* How it ended; the test's own end is closed first, or is already. */
static int program_end(struct program *p)
{
	int status;

	if (p->socket >= 0)
		close(p->socket);
	assert_int_equal(waitpid(p->pid, &status, 0), p->pid);
	wire_release(&p->in);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/* --- Tests ------------------------------------------------------------------- */

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

/* There is one in a page that both can see. */
static void place_says_which_job_it_is_at(void **state)
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

static void sandbox_that_is_not_there_is_told(void **state)
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

/* Nobody reads while it writes: it waits. */
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

static void what_is_no_request_ends_it(void **state)
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

static void worker_without_memory_says_so_by_its_end(void **state)
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
		/* So that it is known which one it was. */
		assert_int_equal(shared->place.seq, 3);
	}
}

static void wake(void)
{
	atomic_fetch_add(&shared->place.answers, 1);
	syscall(SYS_futex, &shared->place.answers, FUTEX_WAKE, 1, NULL, NULL,
		0);
}

static void memory_beyond_its_share_is_asked_for(void **state)
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
	/* An answer that is less than it needs is none. */
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
		cmocka_unit_test(place_says_which_job_it_is_at),
		cmocka_unit_test(sandbox_that_is_not_there_is_told),
		cmocka_unit_test(work_that_is_done_apart_is_examined),
		cmocka_unit_test(interrupted_and_short_calls_lose_nothing),
		cmocka_unit_test(record_larger_than_the_socket_comes_whole),
		cmocka_unit_test(worker_whose_reader_is_gone_ends_quietly),
		cmocka_unit_test(what_is_no_request_ends_it),
		cmocka_unit_test(worker_without_memory_says_so_by_its_end),
		cmocka_unit_test(memory_beyond_its_share_is_asked_for),
	};

	signal(SIGPIPE, SIG_IGN);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
