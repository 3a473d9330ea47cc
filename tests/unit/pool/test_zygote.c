/*
 * pool/process/zygote.c and pool/process/sandbox_probe.c when something fails:
 * calls of the system, a zygote that sends wrong replies, a sandbox that cannot
 * be entered.
 *
 * A new zygote is started by executing this program again. MALLOC_TEST_ZYGOTE
 * tells it which wrong reply to send, MALLOC_TEST_SANDBOX what sandbox_enter()
 * returns. A zygote keeps variables whose names begin with MALLOC_.
 */
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/job/job.h"
#include "base/log.h"
#include "base/mem.h"
#include "pool/loop.h"
#include "pool/process/sandbox.h"
#include "pool/process/stage.h"
#include "pool/process/worker.h"
#include "pool/process/zygote.h"
#include "pool/process/zygote_main.h"
#include "tests/unit/failing_calls.h"
#include "tests/unit/patience.h"

#define LIE "MALLOC_TEST_ZYGOTE"
#define SANDBOX "MALLOC_TEST_SANDBOX"

static const char text[] = "what workers need";
static msec clock_ahead;

/* --- The calls ------------------------------------------------------------ */

WRAP(int, pipe2, (int ends[2], int flags), (ends, flags))
WRAP(int, socketpair, (int domain, int type, int protocol, int ends[2]),
     (domain, type, protocol, ends))
WRAP(int, memfd_create, (const char *name, unsigned flags), (name, flags))
WRAP(int, epoll_create1, (int flags), (flags))
WRAP(int, epoll_ctl, (int set, int op, int fd, struct epoll_event *event),
     (set, op, fd, event))
WRAP(ssize_t, sendmsg, (int fd, const struct msghdr *message, int flags),
     (fd, message, flags))
WRAP_ERROR(posix_spawn,
	   (pid_t *pid, const char *path,
	    const posix_spawn_file_actions_t *files,
	    const posix_spawnattr_t *attributes, char *const argv[],
	    char *const environment[]),
	   (pid, path, files, attributes, argv, environment))
WRAP_INTERRUPTED(ssize_t, write, (int fd, const void *from, size_t len),
		 (fd, from, len))
WRAP(ssize_t, recv, (int fd, void *to, size_t len, int flags),
     (fd, to, len, flags))
WRAP_INTERRUPTED(int, poll, (struct pollfd *fds, nfds_t count, int timeout),
		 (fds, count, timeout))
WRAP_INTERRUPTED(pid_t, waitpid, (pid_t pid, int *status, int options),
		 (pid, status, options))

extern msec __real_clock_now(void);
extern msec __wrap_clock_now(void);
extern int __real_sandbox_enter(uint64_t memory);
extern int __wrap_sandbox_enter(uint64_t memory);

msec __wrap_clock_now(void)
{
	return __real_clock_now() + clock_ahead;
}

int __wrap_sandbox_enter(uint64_t memory)
{
	const char *result = getenv(SANDBOX);

	return result ? (int)strtol(result, NULL, 10)
		      : __real_sandbox_enter(memory);
}

/* --- A zygote that sends wrong messages ----------------------------------- */

static void say(int fd, int number, size_t len)
{
	const struct zygote_answer a = {number};

	(void)!write(fd, &a, len);
}

/* Waits for the next message and ignores it. */
static void listen_to(int fd)
{
	char bytes[64];

	if (read(fd, bytes, sizeof(bytes)) <= 0)
		_exit(0);
}

static _Noreturn void lie(const char *how)
{
	const char *socket = getenv("SCRAPE_ZYGOTE");
	const int fd = socket ? (int)strtol(socket, NULL, 10) : -1;

	if (!strcmp(how, "short ready")) {
		say(fd, ZYGOTE_READY, 1);
	} else if (!strcmp(how, "no ready")) {
		say(fd, 5, sizeof(struct zygote_answer));
	} else if (strcmp(how, "silent") != 0) {
		say(fd, ZYGOTE_READY, sizeof(struct zygote_answer));
		if (!strcmp(how, "twice"))
			say(fd, ZYGOTE_READY, sizeof(struct zygote_answer));
		listen_to(fd);	/* receive the task */
		listen_to(fd);	/* receive an order */
		if (!strcmp(how, "nobody"))
			say(fd, 0, sizeof(struct zygote_answer));
		else if (!strcmp(how, "refused"))
			say(fd, -ENOMEM, sizeof(struct zygote_answer));
		else if (!strcmp(how, "short"))
			say(fd, 77, 2);
	}
	for (;;)
		listen_to(fd);
}

/* --- Functions of workers ------------------------------------------------- */

static void *work_begin(const void *config)
{
	const char *result = getenv(SANDBOX);

	if (!config || strcmp(config, text) != 0)
		_exit(9);
	if (result && !strcmp(result, "ends at once"))
		_exit(5);
	return (void *)config;
}

static void work_run(void *own, struct job *job)
{
	(void)own;
	buf_addstr(&job->record, job->err ? "lost" : "record");
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
	return xmemdup(packed.p, packed.len);
}

static const struct zygote_config config = {.work = &work, .unpack = unpack};

/* --- The program's side --------------------------------------------------- */

struct side {
	struct loop *loop;
	struct zygote *zygote;
	int changes;
	bool is_attached;
};

static void on_change(void *ctx)
{
	((struct side *)ctx)->changes++;
}

static void give_task(struct zygote *z, bool needs_sandbox)
{
	struct zygote_task task = {
		.config = text, .memory = UINT64_C(1) << 30,
		.needs_sandbox = needs_sandbox,
	};

	buf_addstr(&task.text, text);
	zygote_set_task(z, &task);
}

/* Opens a zygote as the program does. Returns NULL with errno if that fails. */
static struct zygote *open_zygote(bool by_fork)
{
	static char name[] = "test", word[] = "word";
	char *argv[] = {name, word, NULL};

	return zygote_open(&config, by_fork ? argv : NULL);
}

static void side_open(struct side *s, bool needs_sandbox)
{
	*s = (struct side){.loop = loop_open(LOOP_EPOLL)};
	s->zygote = open_zygote(false);
	assert_non_null(s->zygote);
	give_task(s->zygote, needs_sandbox);
}

static void side_attach(struct side *s)
{
	s->is_attached = !zygote_attach(s->zygote, s->loop, on_change, s);
}

static void side_close(struct side *s)
{
	if (s->is_attached)
		zygote_detach(s->zygote);
	zygote_close(s->zygote);
	loop_close(s->loop);
}

static void wait_until_up(struct side *s)
{
	struct patience p = {0};

	while (!zygote_is_up(s->zygote) && patience_lasts(&p, 0))
		loop_step(s->loop, p.until);
	assert_true(zygote_is_up(s->zygote));
}

static void wait_for_change(struct side *s)
{
	struct patience p = {0};
	const int before = s->changes;

	while (s->changes == before && patience_lasts(&p, 0))
		loop_step(s->loop, p.until);
	assert_int_equal(s->changes, before + 1);
}

/* Orders a worker. Returns its pid, or -1 with errno. */
static pid_t order(const struct side *s)
{
	int ends[2], place, error;
	pid_t pid;

	assert_int_equal(__real_socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC,
					   0, ends), 0);
	place = __real_memfd_create("place", MFD_CLOEXEC);
	assert_true(place >= 0);
	assert_int_equal(ftruncate(place, sizeof(struct worker_slot)), 0);
	pid = zygote_fork(s->zygote, ends[1], place);
	error = errno;
	close(ends[0]);
	close(ends[1]);
	close(place);
	errno = error;
	return pid;
}

static void end_worker(pid_t pid)
{
	assert_true(pid > 0);
	kill(pid, SIGKILL);
	assert_int_equal(__real_waitpid(pid, NULL, 0), pid);
}

/* --- Calls that fail ------------------------------------------------------ */

/* Checks that workers can be started after any failure. */
static void use_zygote(struct side *s)
{
	pid_t pid = -1;

	give_task(s->zygote, false);
	side_attach(s);
	if (!s->is_attached) {
		assert_int_equal(errno, failure);
		side_attach(s);
	}
	assert_true(s->is_attached);
	for (int i = 0; i < 5 && pid < 0; i++) {
		wait_until_up(s);
		pid = order(s);
		assert_true(pid > 0 || errno == EAGAIN);
	}
	end_worker(pid);
}

static bool open_with_failure(bool by_fork, unsigned n)
{
	struct side s = {.loop = loop_open(LOOP_EPOLL)};

	fail_at(n);
	s.zygote = open_zygote(by_fork);
	if (s.zygote)
		use_zygote(&s);
	else
		assert_int_equal(errno, failure);
	side_close(&s);
	return has_failed();
}

static void workers_are_started_even_if_calls_fail(void **state)
{
	const size_t before = count_descriptors();

	(void)state;
	for (int by_fork = 0; by_fork < 2; by_fork++) {
		unsigned n = 1;

		while (open_with_failure(by_fork, n))
			n++;
		/* With either kind of zygote, at least this many calls can
		 * fail. */
		assert_true(n > 7);
		assert_int_equal(count_descriptors(), before);
	}
}

static void interrupted_calls_are_made_again(void **state)
{
	struct side s;

	(void)state;
	for (unsigned parity = 1; parity <= 2; parity++) {
		s = (struct side){.loop = loop_open(LOOP_EPOLL)};
		interrupted = parity;
		s.zygote = open_zygote(false);
		assert_non_null(s.zygote);
		use_zygote(&s);
		side_close(&s);
		interrupted = 0;
	}
}

static void closing_nothing_is_fine(void **state)
{
	(void)state;
	zygote_close(NULL);
}

/* --- Zygotes that send wrong messages ------------------------------------- */

static void side_open_liar(struct side *s, const char *how)
{
	setenv(LIE, how, 1);
	side_open(s, false);
	unsetenv(LIE);
	side_attach(s);
	assert_true(s->is_attached);
}

/* Checks that the zygote is killed and that the next one works. */
static void expect_replaced(struct side *s)
{
	assert_false(zygote_is_up(s->zygote));
	assert_int_equal(zygote_pid(s->zygote), 0);
	wait_until_up(s);
	end_worker(order(s));
	side_close(s);
}

static void zygote_that_is_not_ready_is_replaced(void **state)
{
	static const char *const lies[] = {"short ready", "no ready"};
	struct side s;

	(void)state;
	for (size_t i = 0; i < sizeof(lies) / sizeof(*lies); i++) {
		side_open_liar(&s, lies[i]);
		wait_for_change(&s);
		expect_replaced(&s);
	}
}

static void zygote_that_writes_unasked_is_replaced(void **state)
{
	struct side s;

	(void)state;
	side_open_liar(&s, "twice");
	wait_for_change(&s);
	wait_for_change(&s);
	expect_replaced(&s);
}

static void silent_zygote_is_replaced(void **state)
{
	struct side s;

	(void)state;
	side_open_liar(&s, "silent");
	loop_step(s.loop, clock_now() + 20);
	assert_int_equal(s.changes, 0);
	clock_ahead += 20e3;	/* the limit is 30 s */
	loop_step(s.loop, clock_now() + 1);
	assert_int_equal(s.changes, 0);
	clock_ahead += 11e3;
	wait_for_change(&s);
	expect_replaced(&s);
}

static void zygote_that_starts_no_worker_is_replaced(void **state)
{
	static const char *const lies[] = {"nobody", "short"};
	struct side s;

	(void)state;
	for (size_t i = 0; i < sizeof(lies) / sizeof(*lies); i++) {
		side_open_liar(&s, lies[i]);
		wait_until_up(&s);
		assert_int_equal(order(&s), -1);
		assert_int_equal(errno, EAGAIN);
		expect_replaced(&s);
	}
}

/* The zygote is kept after a failed fork, because the reason is a limit of the
 * system. */
static void zygote_that_failed_to_fork_is_kept(void **state)
{
	struct side s;

	(void)state;
	side_open_liar(&s, "refused");
	wait_until_up(&s);
	assert_int_equal(order(&s), -1);
	assert_int_equal(errno, ENOMEM);
	assert_true(zygote_is_up(s.zygote));
	side_close(&s);
}

static void order_before_the_zygote_is_up_is_refused(void **state)
{
	struct side s;

	(void)state;
	side_open_liar(&s, "silent");
	assert_int_equal(order(&s), -1);
	assert_int_equal(errno, EAGAIN);
	side_close(&s);
}

/* The user's environment may have a variable of that name. */
static void variable_without_such_a_socket_is_ignored(void **state)
{
	char names_a_stream[32];
	int ends[2];

	(void)state;
	assert_int_equal(__real_socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	snprintf(names_a_stream, sizeof(names_a_stream), "%d 1", ends[0]);
	assert_false(zygote_is_requested());
	setenv("SCRAPE_ZYGOTE", "", 1);
	assert_false(zygote_is_requested());
	setenv("SCRAPE_ZYGOTE", "3", 1);
	assert_false(zygote_is_requested());
	setenv("SCRAPE_ZYGOTE", "-1 1", 1);
	assert_false(zygote_is_requested());
	setenv("SCRAPE_ZYGOTE", names_a_stream, 1);
	assert_false(zygote_is_requested());
	close(ends[0]);
	close(ends[1]);
	assert_int_equal(__real_socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends),
			 0);
	snprintf(names_a_stream, sizeof(names_a_stream), "%d 1", ends[0]);
	setenv("SCRAPE_ZYGOTE", names_a_stream, 1);
	assert_true(zygote_is_requested());
	unsetenv("SCRAPE_ZYGOTE");
	close(ends[0]);
	close(ends[1]);
}

/* --- The sandbox ---------------------------------------------------------- */

static int probe(const char *sandbox, bool needs_sandbox)
{
	struct side s;
	int result;

	setenv(SANDBOX, sandbox, 1);
	side_open(&s, needs_sandbox);
	unsetenv(SANDBOX);
	result = procs_probe_sandbox(s.zygote);
	side_close(&s);
	return result;
}

static void probe_gives_the_answer_of_the_sandbox(void **state)
{
	(void)state;
	assert_int_equal(probe("0", false), 0);
	assert_int_equal(probe("0", true), 0);
	assert_int_equal(probe("38", false), ENOSYS);
	assert_int_equal(probe("38", true), ENOSYS);
	assert_int_equal(probe("-1", true), SANDBOX_UNSUPPORTED);
	assert_int_equal(probe("ends at once", true), ECHILD);
}

static bool probe_with_failure(struct side *s, unsigned n)
{
	bool failed;
	int error;

	fail_at(n);
	error = procs_probe_sandbox(s->zygote);
	failed = has_failed();
	/* If the failure of the call cannot be avoided, an error is
	 * returned. */
	assert_true(error == 0 || (failed && error > 0));
	return failed;
}

static void probe_gives_the_reason_of_a_failure(void **state)
{
	const size_t before = count_descriptors();
	struct side s;
	unsigned n = 1;

	(void)state;
	setenv(SANDBOX, "0", 1);
	side_open(&s, false);
	while (probe_with_failure(&s, n))
		n++;
	assert_true(n > 3);
	assert_int_equal(procs_probe_sandbox(s.zygote), 0);
	unsetenv(SANDBOX);
	side_close(&s);
	assert_int_equal(count_descriptors(), before);
}

/* --- Jobs without a zygote ------------------------------------------------ */

static int lines;

static void on_line(void)
{
	lines++;
}

static void on_done(void *ctx, struct job *job)
{
	++*(size_t *)ctx;
	(void)job;
}

static struct job *run_job(struct side *s, struct stage *stage)
{
	struct patience p = {0};
	struct job *job = job_new();
	size_t home = 0;

	job->res.final_url = xstrdup("x");
	stage_set_on_done(stage, on_done, &home);
	stage_submit(stage, job);
	while (!home && patience_lasts(&p, 0))
		loop_step(s->loop, p.until);
	assert_int_equal(home, 1);
	return job;
}

/* Runs two jobs, one after the other. Returns their result, and in *said the
 * number of lines logged. */
static enum err run_jobs(const char *sandbox, bool needs_sandbox, int *said)
{
	struct stage *stage;
	struct side s;
	enum err err = ERR_NONE;

	setenv(SANDBOX, sandbox, 1);
	side_open(&s, needs_sandbox);
	lines = 0;
	log_set_level(LOG_NORMAL);
	log_set_hook(on_line);
	stage = procs_open(s.loop, s.zygote, 1, MSEC_NEVER);
	assert_non_null(stage);
	for (int i = 0; i < 2; i++) {
		struct job *job = run_job(&s, stage);

		err = job->err;
		job_free(job);
	}
	stage_close(stage);
	log_set_hook(NULL);
	log_set_level(LOG_QUIET);
	*said = lines;
	unsetenv(SANDBOX);
	side_close(&s);
	return err;
}

static void missing_sandbox_is_reported_once_and_pages_are_parsed(void **state)
{
	int said;

	(void)state;
	assert_int_equal(run_jobs("38", false, &said), ERR_NONE);
	assert_int_equal(said, 1);
	/* Sanitizers run without a sandbox on purpose: no warning. */
	assert_int_equal(run_jobs("-1", false, &said), ERR_NONE);
	assert_int_equal(said, 0);
}

static void required_sandbox_is_never_left_out(void **state)
{
	int said;

	(void)state;
	assert_int_equal(run_jobs("38", true, &said), ERR_INTERNAL);
	assert_true(said >= 1);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(workers_are_started_even_if_calls_fail),
		cmocka_unit_test(interrupted_calls_are_made_again),
		cmocka_unit_test(closing_nothing_is_fine),
		cmocka_unit_test(zygote_that_is_not_ready_is_replaced),
		cmocka_unit_test(zygote_that_writes_unasked_is_replaced),
		cmocka_unit_test(silent_zygote_is_replaced),
		cmocka_unit_test(zygote_that_starts_no_worker_is_replaced),
		cmocka_unit_test(zygote_that_failed_to_fork_is_kept),
		cmocka_unit_test(order_before_the_zygote_is_up_is_refused),
		cmocka_unit_test(
			variable_without_such_a_socket_is_ignored),
		cmocka_unit_test(probe_gives_the_answer_of_the_sandbox),
		cmocka_unit_test(probe_gives_the_reason_of_a_failure),
		cmocka_unit_test(
			missing_sandbox_is_reported_once_and_pages_are_parsed),
		cmocka_unit_test(
			required_sandbox_is_never_left_out),
	};

	(void)argc;
	log_set_level(LOG_QUIET);
	main_thread = pthread_self();
	if (zygote_is_requested() && getenv(LIE))
		lie(getenv(LIE));
	if (zygote_is_requested())
		zygote_open(&config, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
