#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/mem.h"
#include "crawl/database/task_queue.h"

/* Results of the tasks, written by the queue's thread. */
static atomic_uint tasks_run;
static atomic_bool gate;
static unsigned tasks_done;

struct numbered {
	struct task task;
	unsigned number;
};

static void run_numbered(struct task *task)
{
	const struct numbered *n = (struct numbered *)task;

	while (!gate)
		(void)poll(NULL, 0, 1);
	assert_int_equal(n->number, tasks_run);
	tasks_run++;
	if (!n->task.on_done)
		free(task);
}

static void on_done(struct task *task)
{
	tasks_done++;
	free(task);
}

static void post(struct task_queue *q, unsigned number, size_t bytes,
		 bool comes_back)
{
	struct numbered *n = xcalloc(1, sizeof(*n));

	n->number = number;
	n->task = (struct task){.run = run_numbered, .bytes = bytes,
				.on_done = comes_back ? on_done : NULL};
	task_queue_post(q, &n->task);
}

static void begin(bool open_gate)
{
	gate = open_gate;
	tasks_run = 0;
	tasks_done = 0;
}

static void tasks_run_in_order_and_come_back(void **state)
{
	enum { COUNT = 5000 };
	struct task_queue *q = task_queue_open();

	(void)state;
	begin(true);
	for (unsigned i = 0; i < COUNT; i++)
		post(q, i, 100, i % 2);
	task_queue_wait(q);
	assert_int_equal(tasks_run, COUNT);
	assert_int_equal(tasks_done, 0);
	task_queue_receive(q);
	assert_int_equal(tasks_done, COUNT / 2);
	post(q, COUNT, 100, true);
	task_queue_close(q);
	assert_int_equal(tasks_done, COUNT / 2 + 1);
}

static void full_queues_say_so_and_when_they_have_room(void **state)
{
	struct task_queue *q = task_queue_open();
	struct pollfd fd = {.fd = task_queue_fd(q), .events = POLLIN};

	(void)state;
	begin(false);
	post(q, 0, 1 << 20, false);
	assert_false(task_queue_is_full(q));
	for (unsigned i = 1; i < 5; i++)
		post(q, i, 1 << 20, false);
	assert_true(task_queue_is_full(q));
	assert_int_equal(poll(&fd, 1, 0), 0);
	gate = true;
	assert_int_equal(poll(&fd, 1, -1), 1);
	task_queue_receive(q);
	assert_false(task_queue_is_full(q));
	task_queue_close(q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tasks_run_in_order_and_come_back),
		cmocka_unit_test(full_queues_say_so_and_when_they_have_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
