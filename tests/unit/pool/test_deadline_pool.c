#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "pool/deadline_pool.h"

enum { WORKERS = 20, MOST = 3, TASKS = 50 };

static const int config, other;

static struct {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int begun, ended, ran, now, most;
	int late;
	bool is_closed;		/* number of tasks that have to wait */
} seen = {
	.lock = PTHREAD_MUTEX_INITIALIZER,
	.changed = PTHREAD_COND_INITIALIZER,
};

static void add(int *n, int more)
{
	pthread_mutex_lock(&seen.lock);
	*n += more;
	pthread_mutex_unlock(&seen.lock);
}

static void *begin(const void *ours)
{
	(void)ours;
	add(&seen.begun, 1);
	return &seen;
}

static void run(void *own, void *task)
{
	(void)own;
	(void)task;
	pthread_mutex_lock(&seen.lock);
	seen.ran++;
	if (++seen.now > seen.most)
		seen.most = seen.now;
	while (seen.is_closed)
		pthread_cond_wait(&seen.changed, &seen.lock);
	seen.now--;
	pthread_mutex_unlock(&seen.lock);
}

static void end(void *own)
{
	(void)own;
	add(&seen.ended, 1);
}

static void discard(void *task)
{
	(void)task;
}

static const struct deadline_work work = {
	.begin = begin, .run = run, .end = end, .discard = discard,
};

static int set_up(void **state)
{
	(void)state;
	seen.begun = seen.ended = seen.ran = seen.now = seen.most = 0;
	seen.late = 0;
	seen.is_closed = false;
	return 0;
}

static void *worker(void *arg)
{
	struct deadline_pool *all = deadline_pool_join(&work, &config, MOST);

	(void)arg;
	for (int i = 0; i < TASKS; i++)
		if (deadline_pool_run(all, &seen, 600e3) != DEADLINE_DONE)
			add(&seen.late, 1);
	deadline_pool_leave(all);
	return NULL;
}

static void number_of_running_tasks_is_limited(void **state)
{
	struct deadline_pool *stays = deadline_pool_join(&work, &config, MOST);
	pthread_t threads[WORKERS];

	(void)state;
	for (int i = 0; i < WORKERS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, worker,
						NULL), 0);
	for (int i = 0; i < WORKERS; i++)
		pthread_join(threads[i], NULL);
	deadline_pool_leave(stays);
	assert_int_equal(seen.ran, WORKERS * TASKS);
	assert_int_equal(seen.late, 0);
	assert_in_range(seen.most, 1, MOST);
	assert_in_range(seen.begun, 1, MOST);
	assert_int_equal(seen.ended, seen.begun);
}

static void late_task_frees_its_place(void **state)
{
	struct deadline_pool *all = deadline_pool_join(&work, &config, 1);

	(void)state;
	seen.is_closed = true;
	assert_int_equal(deadline_pool_run(all, &seen, 1), DEADLINE_ABANDONED);
	pthread_mutex_lock(&seen.lock);
	seen.is_closed = false;
	pthread_cond_broadcast(&seen.changed);
	pthread_mutex_unlock(&seen.lock);
	assert_int_equal(deadline_pool_run(all, &seen, 0), DEADLINE_DONE);
	deadline_pool_leave(all);
	while (deadline_abandoned())
		continue;
	assert_int_equal(seen.begun, 2);
	assert_int_equal(seen.ended, 2);
}

static void each_config_has_its_own_deadline(void **state)
{
	struct deadline_pool *one = deadline_pool_join(&work, &config, 1);
	struct deadline_pool *two = deadline_pool_join(&work, &other, 1);

	(void)state;
	assert_ptr_not_equal(one, two);
	assert_ptr_equal(one, deadline_pool_join(&work, &config, 1));
	deadline_pool_leave(one);
	deadline_pool_leave(one);
	deadline_pool_leave(two);
	one = deadline_pool_join(&work, &config, 0);
	assert_int_equal(deadline_pool_run(one, &seen, 0), DEADLINE_DONE);
	deadline_pool_leave(one);
	assert_int_equal(seen.ended, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(number_of_running_tasks_is_limited,
				       set_up),
		cmocka_unit_test_setup(late_task_frees_its_place, set_up),
		cmocka_unit_test_setup(each_config_has_its_own_deadline,
				       set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
