#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/exit_code.h"
#include "base/thread.h"
#include "pool/watchdog.h"

/* A limit that no piece of work reaches here. */
#define LONG ((msec)3600e3)

/* A piece of work that waits until it is stopped. */
struct work {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	unsigned stops;
	bool has_term_blocked;	/* in the thread that called stop() */
};

#define WORK {.lock = PTHREAD_MUTEX_INITIALIZER, \
	      .changed = PTHREAD_COND_INITIALIZER}

/* --- The calls ------------------------------------------------------------ */

static bool refuses_threads;
static unsigned thread_starts;
static atomic_bool skips_grace;	/* stop() has been called; a wait of the
				 * watchdog ends at once, and an hour later */
static _Atomic(msec) ahead;	/* of the clock */

extern int __real_thread_start(pthread_t *thread, size_t stack,
			       void *(*run)(void *arg), void *arg);
extern int __wrap_thread_start(pthread_t *thread, size_t stack,
			       void *(*run)(void *arg), void *arg);
extern msec __real_clock_now(void);
extern msec __wrap_clock_now(void);
extern int __real_pthread_cond_timedwait(pthread_cond_t *changed,
					 pthread_mutex_t *lock,
					 const struct timespec *until);
extern int __wrap_pthread_cond_timedwait(pthread_cond_t *changed,
					 pthread_mutex_t *lock,
					 const struct timespec *until);

int __wrap_thread_start(pthread_t *thread, size_t stack,
			void *(*run)(void *arg), void *arg)
{
	thread_starts++;
	return refuses_threads ? EAGAIN
			       : __real_thread_start(thread, stack, run, arg);
}

msec __wrap_clock_now(void)
{
	return __real_clock_now() + ahead;
}

int __wrap_pthread_cond_timedwait(pthread_cond_t *changed,
				  pthread_mutex_t *lock,
				  const struct timespec *until)
{
	if (!skips_grace)
		return __real_pthread_cond_timedwait(changed, lock, until);
	ahead = LONG;
	return ETIMEDOUT;
}

/* --- Work ----------------------------------------------------------------- */

static void stop(void *ctx)
{
	struct work *work = ctx;
	sigset_t mask;

	pthread_sigmask(SIG_BLOCK, NULL, &mask);
	pthread_mutex_lock(&work->lock);
	work->stops++;
	work->has_term_blocked = sigismember(&mask, SIGTERM);
	pthread_cond_signal(&work->changed);
	pthread_mutex_unlock(&work->lock);
}

static void wait_for_stop(struct work *work)
{
	pthread_mutex_lock(&work->lock);
	while (!work->stops)
		pthread_cond_wait(&work->changed, &work->lock);
	pthread_mutex_unlock(&work->lock);
}

static void work_is_stopped_once_at_its_limit(void **state)
{
	struct watchdog *w = watchdog_open(1);

	(void)state;
	/* After the first piece of work the watchdog sleeps, or waits for a
	 * time limit that no longer matters. */
	for (int i = 0; i < 3; i++) {
		struct work work = WORK;

		watchdog_begin(w, stop, &work);
		wait_for_stop(&work);
		assert_true(watchdog_end(w));
		assert_int_equal(work.stops, 1);
		/* Signals are for the main thread. */
		assert_true(work.has_term_blocked);
	}
	watchdog_close(w);
}

static void work_that_ends_in_time_is_not_stopped(void **state)
{
	struct watchdog *w = watchdog_open(LONG);
	struct work work = WORK;

	(void)state;
	for (int i = 0; i < 100; i++) {
		watchdog_begin(w, stop, &work);
		assert_false(watchdog_end(w));
	}
	watchdog_close(w);
	assert_int_equal(work.stops, 0);
	watchdog_close(NULL);
}

static void expect_no_limit(msec limit)
{
	struct watchdog *w = watchdog_open(limit);
	struct work work = WORK;

	watchdog_begin(w, stop, &work);
	usleep(2000);
	assert_false(watchdog_end(w));
	watchdog_close(w);
	assert_int_equal(work.stops, 0);
}

static void work_without_a_limit_needs_no_thread(void **state)
{
	(void)state;
	thread_starts = 0;
	expect_no_limit(0);
	expect_no_limit(MSEC_NEVER);
	assert_int_equal(thread_starts, 0);
}

static void work_goes_on_without_a_limit_if_there_is_no_thread(void **state)
{
	(void)state;
	thread_starts = 0;
	refuses_threads = true;
	expect_no_limit(1);
	refuses_threads = false;
	assert_int_equal(thread_starts, 1);
}

/* --- Work that cannot be stopped ------------------------------------------ */

static void ignore_stop(void *ctx)
{
	(void)ctx;
	skips_grace = true;
}

static _Noreturn void run_for_ever(int messages)
{
	dup2(messages, STDERR_FILENO);
	alarm(120);
	watchdog_begin(watchdog_open(1), ignore_stop, NULL);
	for (;;)
		pause();
}

static void work_that_does_not_stop_ends_the_program(void **state)
{
	char text[256] = "";
	size_t len = 0;
	ssize_t n;
	int fds[2], status;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(fds), 0);
	pid = fork();
	if (!pid)
		run_for_ever(fds[1]);
	close(fds[1]);
	while ((n = read(fds[0], text + len, sizeof(text) - 1 - len)) > 0)
		len += (size_t)n;
	close(fds[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), EXIT_NOT_COMPLETED);
	assert_non_null(strstr(text, "a jq filter did not stop 5 s after"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(work_that_does_not_stop_ends_the_program),
		cmocka_unit_test(work_is_stopped_once_at_its_limit),
		cmocka_unit_test(work_that_ends_in_time_is_not_stopped),
		cmocka_unit_test(work_without_a_limit_needs_no_thread),
		cmocka_unit_test(
			work_goes_on_without_a_limit_if_there_is_no_thread),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
