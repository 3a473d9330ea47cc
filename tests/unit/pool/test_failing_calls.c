/* The stages and the output when calls of the system fail. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/job/job.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/output/output.h"
#include "pool/loop.h"
#include "pool/process/stage.h"
#include "pool/process/zygote.h"
#include "tests/unit/failing_calls.h"
#include "tests/unit/patience.h"
#include "tests/unit/single_thread.h"

/* --- The calls ------------------------------------------------------------ */

WRAP(int, socketpair, (int domain, int type, int protocol, int ends[2]),
     (domain, type, protocol, ends))
WRAP(int, memfd_create, (const char *name, unsigned flags), (name, flags))
WRAP(int, ftruncate, (int fd, off_t length), (fd, length))
/* Lets mmap() fail only for shared memory: large buffers are mapped as well,
 * and mapping these must not fail here. */
extern void *__real_mmap(void *at, size_t len, int prot, int flags, int fd,
			 off_t offset);
extern void *__wrap_mmap(void *at, size_t len, int prot, int flags, int fd,
			 off_t offset);

void *__wrap_mmap(void *at, size_t len, int prot, int flags, int fd,
		  off_t offset)
{
	return fd >= 0 && fails() ? MAP_FAILED
				  : __real_mmap(at, len, prot, flags, fd, offset);
}

WRAP(int, epoll_create1, (int flags), (flags))
WRAP(int, epoll_ctl, (int set, int op, int fd, struct epoll_event *event),
     (set, op, fd, event))
WRAP(int, eventfd, (unsigned count, int flags), (count, flags))
WRAP_ERROR(pthread_create,
	   (pthread_t *id, const pthread_attr_t *attributes,
	    void *(*run)(void *), void *ctx),
	   (id, attributes, run, ctx))
WRAP_ERROR(posix_spawn,
	   (pid_t *pid, const char *path,
	    const posix_spawn_file_actions_t *files,
	    const posix_spawnattr_t *attributes, char *const argv[],
	    char *const environment[]),
	   (pid, path, files, attributes, argv, environment))
WRAP_INTERRUPTED(ssize_t, sendmsg,
		 (int fd, const struct msghdr *message, int flags),
		 (fd, message, flags))
WRAP_INTERRUPTED(ssize_t, read, (int fd, void *to, size_t len), (fd, to, len))
WRAP_INTERRUPTED(pid_t, waitpid, (pid_t pid, int *status, int options),
		 (pid, status, options))

/* --- Stages --------------------------------------------------------------- */

enum { JOBS = 3 };

static const char record[] = "record";
static struct zygote *zygote;

static void *work_begin(const void *config)
{
	return (void *)config;
}

static void work_run(void *own, struct job *job)
{
	(void)own;
	buf_addstr(&job->record, record);
}

static void work_end(void *own)
{
	(void)own;
}

static const struct work work = {
	.begin = work_begin, .run = work_run, .end = work_end,
};

static void on_done(void *ctx, struct job *job)
{
	size_t *home = ctx;

	assert_true(job->record.len > 0);
	++*home;
	job_free(job);
}

/* Submits jobs and checks that all return, whichever calls fail meanwhile. */
static void run_jobs(struct stage *stage, struct loop *loop)
{
	struct patience p = {0};
	size_t home = 0;

	stage_set_on_done(stage, on_done, &home);
	for (int i = 0; i < JOBS; i++) {
		struct job *job = job_new();

		job->req.url = xstrdup("x");
		buf_addstr(&job->res.body, "a body");
		stage_submit(stage, job);
	}
	while (home < JOBS && patience_lasts(&p, home))
		loop_step(loop, p.until);
	assert_int_equal(home, JOBS);
}

static struct stage *open_threads(struct loop *loop)
{
	return threads_open(loop, &work, record, 2);
}

static struct stage *open_procs(struct loop *loop)
{
	return procs_open(loop, zygote, 2, MSEC_NEVER);
}

/* Runs jobs through the stage, with the n-th call failing. Returns true if
 * there was an n-th call. */
static bool run_with_failure(struct stage *(*open)(struct loop *), unsigned n)
{
	struct loop *loop = loop_open(LOOP_EPOLL);
	struct stage *stage;
	bool failed;

	assert_non_null(loop);
	fail_at(n);
	stage = open(loop);
	if (stage) {
		run_jobs(stage, loop);
		stage_close(stage);
	} else {
		assert_int_equal(errno, failure);
	}
	failed = has_failed();
	loop_close(loop);
	return failed;
}

static void threads_return_all_jobs_if_calls_fail(void **state)
{
	const size_t before = count_descriptors();
	unsigned n = 1;

	(void)state;
	while (run_with_failure(open_threads, n))
		n++;
	assert_true(n > 3);
	assert_int_equal(count_descriptors(), before);
}

static void bring_jobs_of_processes_home(void)
{
	unsigned n = 1;
	bool failed;

	do {
		/* Start a new zygote for each run. */
		if (zygote_is_up(zygote))
			kill(zygote_pid(zygote), SIGKILL);
		failed = run_with_failure(open_procs, n++);
	} while (failed);
	assert_true(n > 10);
}

static void processes_return_all_jobs_if_calls_fail(void **state)
{
	(void)state;
	single_thread_only();
	bring_jobs_of_processes_home();
	/* An error of a socket after which the call has to be repeated. */
	failure = ENOBUFS;
	bring_jobs_of_processes_home();
	failure = ENOMEM;
}

static void interrupted_calls_are_made_again(void **state)
{
	struct loop *loop = loop_open(LOOP_EPOLL);
	struct stage *stage;

	(void)state;
	interrupted = 1;
	for (int i = 0; i < 2; i++) {
		stage = (i ? open_procs : open_threads)(loop);
		assert_non_null(stage);
		run_jobs(stage, loop);
		stage_close(stage);
	}
	interrupted = 0;
	loop_close(loop);
}

static void loops_that_cannot_be_opened_are_null(void **state)
{
	struct loop *loop;

	(void)state;
	calls = 0;
	fails_at = 1;
	loop = loop_open(LOOP_EPOLL);
	fails_at = 0;
	assert_true(!loop || calls == 0);
	if (loop)
		loop_close(loop);
}

/* --- The output ----------------------------------------------------------- */

static bool write_with_failure(const char *path, unsigned n)
{
	const struct output_config config = {.path = path};
	struct loop *loop = loop_open(LOOP_EPOLL);
	struct buf line = {0};
	struct output *o;

	calls = 0;
	fails_at = n;
	o = output_open(loop, &config);
	fails_at = 0;
	if (o) {
		buf_addstr(&line, "{}\n");
		output_put(o, 0, &line);
		assert_int_equal(output_close(o), 0);
	}
	assert_true(o || calls >= n);
	loop_close(loop);
	return calls >= n;
}

static void output_that_cannot_be_opened_leaks_nothing(void **state)
{
	char path[] = "/tmp/test_failing_calls.XXXXXX", pipe_path[32];
	size_t before;
	int ends[2];

	(void)state;
	close(mkstemp(path));
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	snprintf(pipe_path, sizeof(pipe_path), "/dev/fd/%d", ends[1]);
	before = count_descriptors();
	for (unsigned n = 1; write_with_failure(path, n); n++)
		continue;
	for (unsigned n = 1; write_with_failure(pipe_path, n); n++)
		continue;
	assert_int_equal(count_descriptors(), before);
	close(ends[0]);
	close(ends[1]);
	unlink(path);
}

static const void *unpack(struct slice text)
{
	(void)text;
	return record;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(threads_return_all_jobs_if_calls_fail),
		cmocka_unit_test(processes_return_all_jobs_if_calls_fail),
		cmocka_unit_test(interrupted_calls_are_made_again),
		cmocka_unit_test(loops_that_cannot_be_opened_are_null),
		cmocka_unit_test(
			output_that_cannot_be_opened_leaks_nothing),
	};
	int failed;

	(void)argc;
	log_set_level(LOG_QUIET);
	main_thread = pthread_self();
	zygote = zygote_open(&(struct zygote_config){
		.work = &work,
		.unpack = unpack,
	}, argv);
	if (!zygote)
		return 1;
	zygote_set_task(zygote, &(struct zygote_task){
		.config = record,
		/* No limit. */
		.memory = UINT64_MAX,
	});
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	zygote_close(zygote);
	return failed;
}
