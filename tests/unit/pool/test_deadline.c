#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/mem.h"
#include "pool/deadline.h"

static bool refuses_threads;

extern int __real_thread_start(pthread_t *thread, size_t stack,
			       void *(*start)(void *arg), void *arg);
extern int __wrap_thread_start(pthread_t *thread, size_t stack,
			       void *(*start)(void *arg), void *arg);

int __wrap_thread_start(pthread_t *thread, size_t stack,
			void *(*start)(void *arg), void *arg)
{
	return refuses_threads ? EAGAIN
			       : __real_thread_start(thread, stack, start, arg);
}

/* Tells the threads of a test what to do, and counts what they did. */
static struct {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int begun, ended, ran, discarded, stopped;
	int gated;		/* tasks that reached the gate */
	int early;		/* tasks discarded before they began */
	bool open;		/* the gate is open */
	bool slow_begin;	/* begin() waits at the gate, too */
} stage = {
	.lock = PTHREAD_MUTEX_INITIALIZER,
	.changed = PTHREAD_COND_INITIALIZER,
};

struct own {
	atomic_bool stop;
};

enum kind { QUICK, GATED, STOPPABLE, MASK };

struct task {
	enum kind kind;
	pthread_t by;
	sigset_t mask;
	int before;		/* tasks of this thread */
};

static void count(int *n)
{
	pthread_mutex_lock(&stage.lock);
	++*n;
	pthread_cond_broadcast(&stage.changed);
	pthread_mutex_unlock(&stage.lock);
}

static int get(const int *n)
{
	int value;

	pthread_mutex_lock(&stage.lock);
	value = *n;
	pthread_mutex_unlock(&stage.lock);
	return value;
}

static void wait_for(const int *n, int value)
{
	pthread_mutex_lock(&stage.lock);
	while (*n < value)
		pthread_cond_wait(&stage.changed, &stage.lock);
	pthread_mutex_unlock(&stage.lock);
}

static void wait_at_gate(void)
{
	pthread_mutex_lock(&stage.lock);
	while (!stage.open)
		pthread_cond_wait(&stage.changed, &stage.lock);
	pthread_mutex_unlock(&stage.lock);
}

static void set_gate(bool open)
{
	pthread_mutex_lock(&stage.lock);
	stage.open = open;
	pthread_cond_broadcast(&stage.changed);
	pthread_mutex_unlock(&stage.lock);
}

static void *begin(const void *config)
{
	assert_ptr_equal(config, &stage);
	if (stage.slow_begin)
		wait_at_gate();
	count(&stage.begun);
	return xcalloc(1, sizeof(struct own));
}

static void run(void *arg, void *data)
{
	struct own *own = arg;
	struct task *task = data;

	task->by = pthread_self();
	if (task->kind == GATED) {
		count(&stage.gated);
		wait_at_gate();
	} else if (task->kind == STOPPABLE) {
		while (!atomic_load(&own->stop))
			;
	} else if (task->kind == MASK) {
		pthread_sigmask(SIG_BLOCK, NULL, &task->mask);
	}
	count(&stage.ran);
}

static void end(void *own)
{
	free(own);
	count(&stage.ended);
}

static void discard(void *task)
{
	free(task);
	count(&stage.discarded);
}

static void stop(void *arg, void *task)
{
	struct own *own = arg;

	(void)task;
	atomic_store(&own->stop, true);
	count(&stage.stopped);
}

static const struct deadline_work work = {
	begin, run, end, discard, stop, NULL,
};
static const struct deadline_work unstoppable = {
	begin, run, end, discard, NULL, NULL,
};

static struct task *task_new(enum kind kind)
{
	struct task *task = xcalloc(1, sizeof(*task));

	task->kind = kind;
	return task;
}

/* Runs a task that waits at the gate until it is late. On a busy machine a
 * thread may be late before it begins; the task then returns at once and is run
 * again. */
static void run_away(struct deadline *g)
{
	const int gated = get(&stage.gated);

	while (get(&stage.gated) == gated) {
		const int before = get(&stage.discarded);
		struct task *task = task_new(GATED);

		if (deadline_run(g, task, 2) == DEADLINE_REFUSED) {
			/* The task that was early has not ended yet: try
			 * again. */
			free(task);
			sched_yield();
			continue;
		}
		pthread_mutex_lock(&stage.lock);
		while (stage.gated == gated && stage.discarded == before)
			pthread_cond_wait(&stage.changed, &stage.lock);
		pthread_mutex_unlock(&stage.lock);
	}
	stage.early = get(&stage.discarded);
}

static int setup(void **state)
{
	(void)state;
	stage.begun = stage.ended = stage.ran = 0;
	stage.discarded = stage.stopped = stage.gated = 0;
	stage.open = stage.slow_begin = false;
	return 0;
}

/* Waits until all abandoned tasks have ended, so that any leak is found after
 * the right test. */
static int teardown(void **state)
{
	(void)state;
	set_gate(true);
	while (deadline_abandoned())
		sched_yield();
	return stage.begun != stage.ended;
}

static void deadline_without_a_task_starts_no_thread(void **state)
{
	(void)state;
	deadline_free(deadline_new(&work, &stage));
	deadline_free(NULL);
	assert_int_equal(stage.begun, 0);
}

static void tasks_in_sequence_share_a_thread_and_its_state(void **state)
{
	struct deadline *g = deadline_new(&work, &stage);
	struct task task = {.kind = QUICK};
	pthread_t first = 0;

	(void)state;
	for (int i = 0; i < 100; i++) {
		assert_int_equal(deadline_run(g, &task, i % 2 ? 0 : 600e3),
				 DEADLINE_DONE);
		assert_int_equal(get(&stage.ran), i + 1);
		if (!i)
			first = task.by;
		assert_true(pthread_equal(first, task.by));
		assert_false(pthread_equal(task.by, pthread_self()));
	}
	deadline_free(g);
	assert_int_equal(stage.begun, 1);
	assert_int_equal(stage.ended, 1);
}

static void late_task_is_abandoned_and_discarded_when_it_comes_back(
	void **state)
{
	struct deadline *g = deadline_new(&unstoppable, &stage);
	struct task quick = {.kind = QUICK};

	(void)state;
	run_away(g);
	assert_true(deadline_abandoned() >= 1);
	/* After an abandoned task, the next task runs in a new thread. */
	assert_int_equal(deadline_run(g, &quick, 0), DEADLINE_DONE);
	assert_int_equal(get(&stage.discarded), stage.early);
	set_gate(true);
	while (deadline_abandoned())
		sched_yield();
	assert_int_equal(get(&stage.discarded), stage.early + 1);
	assert_int_equal(get(&stage.ended), stage.begun - 1);
	deadline_free(g);
	assert_int_equal(stage.stopped, 0);
}

static void late_task_is_asked_to_stop(void **state)
{
	struct deadline *g = deadline_new(&work, &stage);
	struct task quick = {.kind = QUICK};

	(void)state;
	/* A first task, so that begin() has returned. */
	assert_int_equal(deadline_run(g, &quick, 0), DEADLINE_DONE);
	assert_int_equal(deadline_run(g, task_new(STOPPABLE), 2),
			 DEADLINE_ABANDONED);
	wait_for(&stage.discarded, 1);
	assert_int_equal(get(&stage.stopped), 1);
	deadline_free(g);
}

static void thread_that_is_late_to_begin_does_not_run_the_task(void **state)
{
	struct deadline *g = deadline_new(&work, &stage);

	(void)state;
	stage.slow_begin = true;
	assert_int_equal(deadline_run(g, task_new(QUICK), 2),
			 DEADLINE_ABANDONED);
	set_gate(true);
	wait_for(&stage.ended, 1);
	assert_int_equal(get(&stage.discarded), 1);
	assert_int_equal(get(&stage.ran), 0);
	assert_int_equal(get(&stage.stopped), 0);
	deadline_free(g);
}

static void with_too_many_runaways_tasks_are_refused_until_one_is_back(
	void **state)
{
	struct deadline *g = deadline_new(&unstoppable, &stage);
	struct deadline *other = deadline_new(&work, &stage);
	struct task quick = {.kind = QUICK};

	(void)state;
	for (int i = 0; i < DEADLINE_MAX_ABANDONED - 1; i++)
		run_away(g);
	/* With too many abandoned tasks, a deadline is refused even if it has a
	 * thread already. */
	assert_int_equal(deadline_run(other, &quick, 0), DEADLINE_DONE);
	run_away(g);
	while (deadline_abandoned() > DEADLINE_MAX_ABANDONED)
		sched_yield();
	assert_int_equal(deadline_abandoned(), DEADLINE_MAX_ABANDONED);
	assert_int_equal(deadline_run(g, &quick, 0), DEADLINE_REFUSED);
	assert_int_equal(deadline_run(other, &quick, 1), DEADLINE_REFUSED);
	assert_int_equal(get(&stage.ran), 1);
	set_gate(true);
	while (deadline_abandoned() == DEADLINE_MAX_ABANDONED)
		sched_yield();
	assert_int_equal(deadline_run(g, &quick, 0), DEADLINE_DONE);
	deadline_free(g);
	deadline_free(other);
	wait_for(&stage.discarded, stage.early + DEADLINE_MAX_ABANDONED);
}

static void task_is_refused_if_the_system_starts_no_thread(void **state)
{
	struct deadline *g = deadline_new(&work, &stage);
	struct task quick = {.kind = QUICK};

	(void)state;
	refuses_threads = true;
	assert_int_equal(deadline_run(g, &quick, 0), DEADLINE_REFUSED);
	refuses_threads = false;
	assert_int_equal(stage.begun, 0);
	assert_int_equal(deadline_abandoned(), 0);
	assert_int_equal(deadline_run(g, &quick, 0), DEADLINE_DONE);
	deadline_free(g);
}

static void *open_gate(void *arg)
{
	(void)arg;
	set_gate(true);
	return NULL;
}

static void abandoned_task_may_end_while_its_deadline_is_freed(void **state)
{
	(void)state;
	for (int i = 0; i < 20; i++) {
		struct deadline *g = deadline_new(&work, &stage);
		struct task quick = {.kind = QUICK};
		pthread_t opener;

		set_gate(false);
		run_away(g);
		if (i % 2)
			assert_int_equal(deadline_run(g, &quick, 0),
					 DEADLINE_DONE);
		pthread_create(&opener, NULL, open_gate, NULL);
		deadline_free(g);
		pthread_join(opener, NULL);
		wait_for(&stage.discarded, stage.early + 1);
	}
}

/* Runs tasks that end as near to the deadline as possible: each is done or
 * abandoned, and none is lost. */
static void task_ending_at_the_deadline_has_one_owner(void **state)
{
	struct deadline *g = deadline_new(&work, &stage);
	int abandoned = 0;

	(void)state;
	for (int i = 0; i < 300; i++) {
		struct task *task = task_new(QUICK);

		switch (deadline_run(g, task, 0.01 * (i % 10 + 1))) {
		case DEADLINE_ABANDONED:
			abandoned++;
			break;
		case DEADLINE_DONE:
		case DEADLINE_REFUSED:
			free(task);
		}
	}
	deadline_free(g);
	wait_for(&stage.discarded, abandoned);
	assert_int_equal(stage.discarded, abandoned);
}

static void *guard_often(void *arg)
{
	struct deadline *g = deadline_new(&work, &stage);

	(void)arg;
	for (int i = 0; i < 100; i++) {
		struct task *task = task_new(i % 25 ? QUICK : STOPPABLE);

		if (deadline_run(g, task, i % 25 ? 0 : 1) != DEADLINE_ABANDONED)
			free(task);
	}
	deadline_free(g);
	return NULL;
}

static void deadlines_of_several_threads_are_independent(void **state)
{
	pthread_t threads[4];

	(void)state;
	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, guard_often, NULL);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
}

static void thread_blocks_all_signals_but_faults(void **state)
{
	struct deadline *g = deadline_new(&work, &stage);
	struct task task = {.kind = MASK};
	sigset_t mine;

	(void)state;
	assert_int_equal(deadline_run(g, &task, 0), DEADLINE_DONE);
	assert_true(sigismember(&task.mask, SIGINT));
	assert_true(sigismember(&task.mask, SIGCHLD));
	assert_false(sigismember(&task.mask, SIGSEGV));
	assert_false(sigismember(&task.mask, SIGABRT));
	pthread_sigmask(SIG_BLOCK, NULL, &mine);
	assert_false(sigismember(&mine, SIGINT));
	deadline_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		TEST(deadline_without_a_task_starts_no_thread),
		TEST(tasks_in_sequence_share_a_thread_and_its_state),
		TEST(late_task_is_abandoned_and_discarded_when_it_comes_back),
		TEST(late_task_is_asked_to_stop),
		TEST(thread_that_is_late_to_begin_does_not_run_the_task),
		TEST(with_too_many_runaways_tasks_are_refused_until_one_is_back),
		TEST(task_is_refused_if_the_system_starts_no_thread),
		TEST(abandoned_task_may_end_while_its_deadline_is_freed),
		TEST(task_ending_at_the_deadline_has_one_owner),
		TEST(deadlines_of_several_threads_are_independent),
		TEST(thread_blocks_all_signals_but_faults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
