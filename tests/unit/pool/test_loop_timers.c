/*
 * The timers of pool/loop.c, and how long a step waits. Every test runs over
 * both back ends.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

#include "pool/loop.h"
#include "tests/unit/patience.h"

/* The two back ends, for the prestate of the tests. */
static enum loop_backend epoll_backend = LOOP_EPOLL;
static enum loop_backend poll_backend = LOOP_POLL;

static struct loop *open_loop(void **state)
{
	struct loop *loop = loop_open(*(const enum loop_backend *)*state);

	assert_non_null(loop);
	return loop;
}

static void step(struct loop *loop)
{
	loop_step(loop, loop_now(loop));
}

/* A timer that can set another timer when it is due. */
struct alarm {
	struct loop_timer timer;
	struct loop *loop;
	struct loop_timer *other;
	msec other_at;
	int order;		/* 0: not called yet */
	size_t calls;
	msec called_at;
};

static int alarms_called;

static void ring(void *ctx, msec now)
{
	struct alarm *a = ctx;

	a->order = ++alarms_called;
	a->calls++;
	a->called_at = now;
	if (a->other)
		loop_set_timer(a->loop, a->other, a->other_at);
}

static struct alarm alarm_in(struct loop *loop)
{
	return (struct alarm){.timer.on_due = ring, .loop = loop};
}

static void set_alarm(struct alarm *a, msec at)
{
	a->timer.ctx = a;
	loop_set_timer(a->loop, &a->timer, at);
}

static void timers_are_called_in_order(void **state)
{
	struct loop *loop = open_loop(state);
	struct alarm a[100];
	const size_t n = sizeof(a) / sizeof(a[0]);

	alarms_called = 0;
	for (size_t i = 0; i < n; i++) {
		a[i] = alarm_in(loop);
		/* 37 and 100 have no common factor, so each time occurs
		 * once. */
		set_alarm(&a[i], loop_now(loop) - (msec)(i * 37 % n));
	}
	step(loop);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(a[i].order, n - i * 37 % n);
	step(loop);
	assert_int_equal(alarms_called, n);
	loop_close(loop);
}

static void stopped_timer_is_not_called(void **state)
{
	struct loop *loop = open_loop(state);
	struct alarm a = alarm_in(loop);

	set_alarm(&a, loop_now(loop));
	set_alarm(&a, MSEC_NEVER);
	set_alarm(&a, MSEC_NEVER);
	loop_step(loop, clock_now() + 1);
	assert_int_equal(a.calls, 0);
	loop_close(loop);
}

static void due_timer_can_be_stopped_by_another_one(void **state)
{
	struct loop *loop = open_loop(state);
	struct alarm first = alarm_in(loop);
	struct alarm second = alarm_in(loop);

	first.other = &second.timer;
	first.other_at = MSEC_NEVER;
	set_alarm(&first, loop_now(loop) - 2);
	set_alarm(&second, loop_now(loop) - 1);
	step(loop);
	step(loop);
	assert_int_equal(first.calls, 1);
	assert_int_equal(second.calls, 0);
	loop_close(loop);
}

static void timer_set_by_a_timer_waits_for_the_next_step(void **state)
{
	struct loop *loop = open_loop(state);
	struct alarm again = alarm_in(loop);
	struct alarm moved = alarm_in(loop);

	again.other = &again.timer;
	again.other_at = loop_now(loop);
	set_alarm(&again, loop_now(loop));
	for (size_t i = 1; i < 4; i++) {
		loop_step(loop, MSEC_NEVER);
		assert_int_equal(again.calls, i);
	}
	/* A timer that is due already is postponed, too. */
	set_alarm(&again, loop_now(loop) - 2);
	set_alarm(&moved, loop_now(loop) - 1);
	again.other = &moved.timer;
	step(loop);
	assert_int_equal(moved.calls, 0);
	step(loop);
	assert_int_equal(moved.calls, 1);
	loop_close(loop);
}

static void set_alarm_now(void *ctx, int fd, int events)
{
	struct alarm *a = ctx;
	char c;

	(void)events;
	assert_int_equal(read(fd, &c, 1), 1);
	set_alarm(a, loop_now(a->loop));
}

static void timer_set_by_a_descriptor_is_called_in_the_same_step(void **state)
{
	struct loop *loop = open_loop(state);
	struct alarm a = alarm_in(loop);
	int fds[2];

	assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
	assert_int_equal(write(fds[1], "x", 1), 1);
	loop_watch(loop, fds[0], LOOP_READ, set_alarm_now, &a);
	loop_step(loop, MSEC_NEVER);
	assert_int_equal(a.calls, 1);
	loop_unwatch(loop, fds[0]);
	close(fds[0]);
	close(fds[1]);
	loop_close(loop);
}

static void timer_is_never_early_and_needs_one_step(void **state)
{
	struct loop *loop = open_loop(state);

	for (int i = 1; i <= 10; i++) {
		struct alarm a = alarm_in(loop);
		const msec at = clock_now() + i * 0.3;

		set_alarm(&a, at);
		loop_step(loop, MSEC_NEVER);
		assert_int_equal(a.calls, 1);
		assert_true(a.called_at >= at);
	}
	loop_close(loop);
}

static void step_does_not_wait_beyond_the_given_time(void **state)
{
	struct loop *loop = open_loop(state);
	struct alarm far = alarm_in(loop);
	const msec start = clock_now();

	set_alarm(&far, start + 1e12);
	loop_step(loop, start + 2);
	assert_true(loop_now(loop) >= start + 2);
	loop_step(loop, start - 1e12);
	assert_int_equal(far.calls, 0);
	loop_close(loop);
}

static void on_signal(int number)
{
	(void)number;
}

static void signal_ends_a_wait(void **state)
{
	struct loop *loop = open_loop(state);
	const struct sigaction action = {.sa_handler = on_signal};
	/* The signal is repeated, because the first one may arrive before the
	 * wait begins. */
	const struct itimerval soon = {
		.it_value.tv_usec = 2000,
		.it_interval.tv_usec = 2000,
	};
	const struct itimerval off = {0};
	const msec start = clock_now();

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &soon, NULL);
	loop_step(loop, start + PATIENCE);
	setitimer(ITIMER_REAL, &off, NULL);
	assert_true(clock_now() < start + PATIENCE);
	loop_close(loop);
}

#define BOTH(test) \
	{#test " (epoll)", test, NULL, NULL, &epoll_backend}, \
	{#test " (poll)", test, NULL, NULL, &poll_backend}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(timers_are_called_in_order),
		BOTH(stopped_timer_is_not_called),
		BOTH(due_timer_can_be_stopped_by_another_one),
		BOTH(timer_set_by_a_timer_waits_for_the_next_step),
		BOTH(timer_set_by_a_descriptor_is_called_in_the_same_step),
		BOTH(timer_is_never_early_and_needs_one_step),
		BOTH(step_does_not_wait_beyond_the_given_time),
		BOTH(signal_ends_a_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
