/*
 * pool/threads.c, as far as test_stage.c does not cover it: in which threads,
 * and in how many threads, work is done.
 */
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/job/job.h"
#include "base/log.h"
#include "base/mem.h"
#include "pool/loop.h"
#include "pool/stage.h"
#include "tests/unit/patience.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SMALL_STACK (4 << 20)
#else
#define SMALL_STACK (512 << 10)
#endif

/* Number of threads that can still be created. The pthread_create() below is
 * called instead of the library's. */
static unsigned threads_left = 1000;
static unsigned refusals;

int pthread_create(pthread_t *restrict id, const pthread_attr_t *restrict attr,
		   void *(*start)(void *), void *restrict arg)
{
	static int (*real)(pthread_t *, const pthread_attr_t *,
			   void *(*)(void *), void *);
	void *symbol;

	if (!real) {
		symbol = dlsym(RTLD_NEXT, "pthread_create");
		memcpy(&real, &symbol, sizeof(real));
	}
	if (!threads_left) {
		refusals++;
		return EAGAIN;
	}
	threads_left--;
	return real(id, attr, start, arg);
}

/* State shared by the workers and the test. */
static struct {
	pthread_mutex_t lock;	/* protects the other members */
	pthread_cond_t changed;
	bool open;		/* gated jobs wait until it is open */
	unsigned begun;
	unsigned ended;
	unsigned at_gate;
	bool strayed;		/* a worker's state was used in another
				 * thread */
	sigset_t blocked;	/* signal mask of the worker that ran last */
	size_t stack;		/* stack size of the same worker */
} shared = {
	.lock = PTHREAD_MUTEX_INITIALIZER,
	.changed = PTHREAD_COND_INITIALIZER,
};

static void *work_begin(const void *config)
{
	pthread_t *self = xmalloc(sizeof(*self));

	(void)config;
	*self = pthread_self();
	pthread_mutex_lock(&shared.lock);
	shared.begun++;
	pthread_mutex_unlock(&shared.lock);
	return self;
}

static size_t stack_size(void)
{
	pthread_attr_t attr;
	size_t size = 0;

	if (pthread_getattr_np(pthread_self(), &attr))
		return 0;
	pthread_attr_getstacksize(&attr, &size);
	pthread_attr_destroy(&attr);
	return size;
}

static void work_run(void *own, struct job *job)
{
	const pthread_t *self = own;

	pthread_mutex_lock(&shared.lock);
	if (!pthread_equal(*self, pthread_self()))
		shared.strayed = true;
	pthread_sigmask(SIG_SETMASK, NULL, &shared.blocked);
	shared.stack = stack_size();
	if (job->req.url) {
		shared.at_gate++;
		pthread_cond_broadcast(&shared.changed);
		while (!shared.open)
			pthread_cond_wait(&shared.changed, &shared.lock);
		shared.at_gate--;
	}
	pthread_mutex_unlock(&shared.lock);
	buf_addstr(&job->record, "record");
}

static void work_end(void *own)
{
	const pthread_t *self = own;

	pthread_mutex_lock(&shared.lock);
	if (!pthread_equal(*self, pthread_self()))
		shared.strayed = true;
	shared.ended++;
	pthread_mutex_unlock(&shared.lock);
	free(own);
}

static const struct work work = {
	.begin = work_begin, .run = work_run, .end = work_end,
};

static void open_gate(void)
{
	pthread_mutex_lock(&shared.lock);
	shared.open = true;
	pthread_cond_broadcast(&shared.changed);
	pthread_mutex_unlock(&shared.lock);
}

static void wait_for_gated(unsigned jobs)
{
	pthread_mutex_lock(&shared.lock);
	while (shared.at_gate < jobs)
		pthread_cond_wait(&shared.changed, &shared.lock);
	pthread_mutex_unlock(&shared.lock);
}

static unsigned begun(void)
{
	unsigned n;

	pthread_mutex_lock(&shared.lock);
	n = shared.begun;
	pthread_mutex_unlock(&shared.lock);
	return n;
}

struct trial {
	struct loop *loop;
	struct stage *stage;
	size_t submitted;
	size_t home;
	size_t cancelled;	/* how many of the returned jobs were
				 * cancelled */
};

static void on_done(void *ctx, struct job *job)
{
	struct trial *t = ctx;

	t->home++;
	t->cancelled += job->err == ERR_CANCELLED;
	assert_true(job->record.len > 0 || job->err == ERR_CANCELLED);
	job_free(job);
}

static void trial_begin(struct trial *t, unsigned workers)
{
	shared.open = false;
	shared.begun = shared.ended = shared.at_gate = 0;
	shared.strayed = false;
	threads_left = 1000;
	refusals = 0;
	*t = (struct trial){.loop = loop_open(LOOP_EPOLL)};
	assert_non_null(t->loop);
	t->stage = threads_open(t->loop, &work, NULL, workers);
	assert_non_null(t->stage);
	stage_set_on_done(t->stage, on_done, t);
}

static struct job *submit(struct trial *t, bool gated)
{
	struct job *job = job_new();

	if (gated)
		job->req.url = xstrdup("gated");
	t->submitted++;
	stage_submit(t->stage, job);
	return job;
}

static void wait_home(struct trial *t, size_t jobs)
{
	struct patience p = {0};

	while (t->home < jobs && patience_lasts(&p, t->home))
		loop_step(t->loop, p.until);
	assert_int_equal(t->home, jobs);
}

static void trial_end(struct trial *t)
{
	open_gate();
	wait_home(t, t->submitted);
	stage_close(t->stage);
	loop_close(t->loop);
	assert_int_equal(shared.begun, shared.ended);
	assert_false(shared.strayed);
}

static void no_thread_is_started_before_there_is_a_job(void **state)
{
	struct trial t;

	(void)state;
	trial_begin(&t, 8);
	assert_int_equal(threads_left, 1000);
	submit(&t, false);
	assert_int_equal(threads_left, 999);
	trial_end(&t);
	assert_int_equal(shared.begun, 1);
}

static void threads_are_added_up_to_the_limit(void **state)
{
	struct trial t;

	(void)state;
	trial_begin(&t, 4);
	for (unsigned i = 1; i <= 4; i++) {
		submit(&t, true);
		wait_for_gated(i);
	}
	for (int i = 0; i < 100; i++)
		submit(&t, false);
	assert_int_equal(threads_left, 1000 - 4);
	assert_int_equal(begun(), 4);
	trial_end(&t);
}

static void burst_is_spread_over_all_workers(void **state)
{
	struct trial t;

	(void)state;
	trial_begin(&t, 4);
	for (int i = 0; i < 64; i++)
		submit(&t, true);
	wait_for_gated(4);
	trial_end(&t);
}

static void slow_job_does_not_delay_others(void **state)
{
	struct trial t;

	(void)state;
	trial_begin(&t, 2);
	submit(&t, true);
	wait_for_gated(1);
	for (int i = 0; i < 500; i++)
		submit(&t, false);
	wait_home(&t, 500);
	trial_end(&t);
}

static void queued_job_comes_back_cancelled_while_others_run(void **state)
{
	struct job *queued[100];
	struct trial t;

	(void)state;
	trial_begin(&t, 1);
	submit(&t, true);
	wait_for_gated(1);
	for (size_t i = 0; i < 100; i++)
		queued[i] = submit(&t, false);
	for (size_t i = 100; i-- > 0;)
		stage_cancel(t.stage, queued[i]);
	assert_int_equal(t.home, 0);
	wait_home(&t, 100);
	assert_int_equal(t.cancelled, 100);
	trial_end(&t);
}

static void running_job_cannot_be_stopped(void **state)
{
	struct job *running;
	struct trial t;

	(void)state;
	trial_begin(&t, 1);
	running = submit(&t, true);
	wait_for_gated(1);
	stage_cancel(t.stage, running);
	loop_step(t.loop, loop_now(t.loop));
	assert_int_equal(t.home, 0);
	trial_end(&t);
	assert_int_equal(t.cancelled, 0);
}

static void signals_are_for_the_main_thread(void **state)
{
	sigset_t before;
	sigset_t after;
	struct trial t;

	(void)state;
	pthread_sigmask(SIG_SETMASK, NULL, &before);
	trial_begin(&t, 1);
	submit(&t, false);
	trial_end(&t);
	pthread_sigmask(SIG_SETMASK, NULL, &after);
	assert_int_equal(sigismember(&shared.blocked, SIGINT), 1);
	assert_int_equal(sigismember(&shared.blocked, SIGTERM), 1);
	assert_int_equal(sigismember(&shared.blocked, SIGPIPE), 1);
	assert_int_equal(sigismember(&shared.blocked, SIGSEGV), 0);
	assert_int_equal(sigismember(&after, SIGINT),
			 sigismember(&before, SIGINT));
}

/* The size of a stack does not depend on `ulimit -s`. */
static void thousand_stacks_fit_into_half_a_gigabyte(void **state)
{
	struct trial t;

	(void)state;
	trial_begin(&t, 1);
	submit(&t, false);
	trial_end(&t);
	assert_in_range(shared.stack, 300 << 10, SMALL_STACK);
}

static void fewer_threads_than_asked_for_are_enough(void **state)
{
	struct trial t;

	(void)state;
	trial_begin(&t, 8);
	threads_left = 2;
	submit(&t, true);
	submit(&t, true);
	wait_for_gated(2);
	for (int i = 0; i < 100; i++)
		submit(&t, false);
	trial_end(&t);
	assert_int_equal(shared.begun, 2);
	assert_int_equal(refusals, 1);
}

static void without_any_thread_the_loop_does_the_work(void **state)
{
	struct job *cancelled = NULL;
	struct trial t;

	(void)state;
	trial_begin(&t, 8);
	threads_left = 0;
	for (int i = 0; i < 200; i++)
		cancelled = submit(&t, false);
	stage_cancel(t.stage, cancelled);
	assert_int_equal(t.home, 0);
	trial_end(&t);
	assert_int_equal(t.cancelled, 1);
	assert_int_equal(shared.begun, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_thread_is_started_before_there_is_a_job),
		cmocka_unit_test(threads_are_added_up_to_the_limit),
		cmocka_unit_test(burst_is_spread_over_all_workers),
		cmocka_unit_test(slow_job_does_not_delay_others),
		cmocka_unit_test(
			queued_job_comes_back_cancelled_while_others_run),
		cmocka_unit_test(running_job_cannot_be_stopped),
		cmocka_unit_test(signals_are_for_the_main_thread),
		cmocka_unit_test(thousand_stacks_fit_into_half_a_gigabyte),
		cmocka_unit_test(fewer_threads_than_asked_for_are_enough),
		cmocka_unit_test(without_any_thread_the_loop_does_the_work),
	};

	log_set_level(LOG_QUIET);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
