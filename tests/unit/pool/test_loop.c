/*
 * The descriptors of pool/loop.c (its timers: test_loop_timers.c). Every test
 * runs over both back ends.
 *
 * To find out whether the loop spins, the tests count the steps that it takes
 * in a few milliseconds: one or two, or hundreds.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "pool/loop.h"

/* The two back ends, for the prestate of the tests. */
static enum loop_backend epoll_backend = LOOP_EPOLL;
static enum loop_backend poll_backend = LOOP_POLL;

static struct loop *open_loop(void **state)
{
	struct loop *loop = loop_open(*(const enum loop_backend *)*state);

	assert_non_null(loop);
	return loop;
}

/* The events with which the callback of a descriptor was called. */
struct digest_set {
	struct loop *loop;
	size_t calls;
	int fd;
	int events;
};

static void note(void *ctx, int fd, int events)
{
	struct digest_set *seen = ctx;

	seen->calls++;
	seen->fd = fd;
	seen->events = events;
}

static void open_pipe(int fds[2])
{
	assert_int_equal(pipe2(fds, O_CLOEXEC | O_NONBLOCK), 0);
}

static void close_pipe(const int fds[2])
{
	close(fds[0]);
	close(fds[1]);
}

static void put_byte(int fd)
{
	assert_int_equal(write(fd, "x", 1), 1);
}

static void take_byte(int fd)
{
	char c;

	assert_int_equal(read(fd, &c, 1), 1);
}

static void step(struct loop *loop)
{
	loop_step(loop, loop_now(loop));
}

static size_t steps_to_pass(struct loop *loop, msec time)
{
	const msec end = clock_now() + time;
	size_t steps = 0;

	while (clock_now() < end) {
		loop_step(loop, end);
		steps++;
	}
	return steps;
}

static void readable_descriptor_is_reported_until_it_is_read(void **state)
{
	struct loop *loop = open_loop(state);
	struct digest_set seen = {0};
	int fds[2];

	open_pipe(fds);
	assert_int_equal(loop_watch(loop, fds[0], LOOP_READ, note, &seen), 0);
	step(loop);
	assert_int_equal(seen.calls, 0);
	put_byte(fds[1]);
	step(loop);
	step(loop);
	assert_int_equal(seen.calls, 2);
	assert_int_equal(seen.fd, fds[0]);
	assert_int_equal(seen.events, LOOP_READ);
	take_byte(fds[0]);
	step(loop);
	assert_int_equal(seen.calls, 2);
	loop_unwatch(loop, fds[0]);
	close_pipe(fds);
	loop_close(loop);
}

static void only_requested_events_are_reported(void **state)
{
	struct loop *loop = open_loop(state);
	struct digest_set seen = {0};
	int fds[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
	put_byte(fds[1]);
	assert_int_equal(loop_watch(loop, fds[0], LOOP_WRITE, note, &seen), 0);
	step(loop);
	assert_int_equal(seen.events, LOOP_WRITE);
	loop_watch(loop, fds[0], LOOP_READ | LOOP_WRITE, note, &seen);
	step(loop);
	assert_int_equal(seen.events, LOOP_READ | LOOP_WRITE);
	loop_watch(loop, fds[0], LOOP_READ, note, &seen);
	step(loop);
	assert_int_equal(seen.events, LOOP_READ);
	assert_int_equal(seen.calls, 3);
	loop_unwatch(loop, fds[0]);
	close_pipe(fds);
	loop_close(loop);
}

static void hang_up_is_reported_without_being_requested(void **state)
{
	struct loop *loop = open_loop(state);
	struct digest_set reader = {0};
	struct digest_set writer = {0};
	int a[2];
	int b[2];

	open_pipe(a);
	open_pipe(b);
	loop_watch(loop, a[0], LOOP_READ, note, &reader);
	loop_watch(loop, b[1], LOOP_ERROR, note, &writer);
	step(loop);
	assert_int_equal(reader.calls + writer.calls, 0);
	close(a[1]);
	close(b[0]);
	step(loop);
	assert_true(reader.events & LOOP_ERROR);
	assert_int_equal(writer.events, LOOP_ERROR);
	loop_unwatch(loop, a[0]);
	loop_unwatch(loop, b[1]);
	close(a[0]);
	close(b[1]);
	loop_close(loop);
}

static void descriptor_with_no_events_neither_calls_nor_spins(void **state)
{
	struct loop *loop = open_loop(state);
	struct digest_set seen = {0};
	int fds[2];

	open_pipe(fds);
	loop_watch(loop, fds[0], LOOP_READ, note, &seen);
	loop_watch(loop, fds[0], 0, note, &seen);
	put_byte(fds[1]);
	assert_true(steps_to_pass(loop, 10) < 5);
	assert_int_equal(seen.calls, 0);
	loop_watch(loop, fds[0], LOOP_READ, note, &seen);
	step(loop);
	assert_int_equal(seen.calls, 1);

	/* A hang-up is reported whatever events are requested. */
	loop_watch(loop, fds[0], 0, note, &seen);
	close(fds[1]);
	assert_true(steps_to_pass(loop, 10) < 5);
	assert_int_equal(seen.calls, 1);
	loop_unwatch(loop, fds[0]);
	close(fds[0]);
	loop_close(loop);
}

static void event_no_longer_requested_does_not_spin(void **state)
{
	struct loop *loop = open_loop(state);
	struct digest_set seen = {0};
	int fds[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
	loop_watch(loop, fds[0], LOOP_READ | LOOP_WRITE, note, &seen);
	loop_watch(loop, fds[0], LOOP_READ, note, &seen);
	assert_true(steps_to_pass(loop, 10) < 5);
	assert_int_equal(seen.calls, 0);
	put_byte(fds[1]);
	step(loop);
	assert_int_equal(seen.events, LOOP_READ);
	loop_watch(loop, fds[0], LOOP_READ | LOOP_WRITE, note, &seen);
	step(loop);
	assert_int_equal(seen.events, LOOP_READ | LOOP_WRITE);
	loop_unwatch(loop, fds[0]);
	close_pipe(fds);
	loop_close(loop);
}

static void removed_descriptor_is_not_called(void **state)
{
	struct loop *loop = open_loop(state);
	struct digest_set seen = {0};
	int fds[2];

	open_pipe(fds);
	loop_watch(loop, fds[0], LOOP_READ, note, &seen);
	put_byte(fds[1]);
	loop_unwatch(loop, fds[0]);
	assert_true(steps_to_pass(loop, 5) < 5);
	assert_int_equal(seen.calls, 0);
	loop_unwatch(loop, fds[0]);
	loop_unwatch(loop, 12345);
	loop_unwatch(loop, -1);
	close_pipe(fds);
	loop_close(loop);
}

static void reused_descriptor_belongs_to_its_new_owner(void **state)
{
	struct loop *loop = open_loop(state);
	struct digest_set old = {0};
	struct digest_set new = {0};
	int a[2];
	int b[2];
	int kept;

	open_pipe(a);
	open_pipe(b);
	loop_watch(loop, a[0], LOOP_READ, note, &old);
	step(loop);
	/* As long as the descriptor has a duplicate, closing it does not end
	 * the watch in epoll. */
	kept = dup(a[0]);
	loop_unwatch(loop, a[0]);
	assert_int_equal(dup2(b[0], a[0]), a[0]);
	assert_int_equal(loop_watch(loop, a[0], LOOP_READ, note, &new), 0);
	put_byte(a[1]);
	step(loop);
	assert_int_equal(old.calls + new.calls, 0);
	put_byte(b[1]);
	step(loop);
	assert_int_equal(old.calls, 0);
	assert_int_equal(new.calls, 1);
	loop_unwatch(loop, a[0]);
	close(kept);
	close_pipe(a);
	close_pipe(b);
	loop_close(loop);
}

/* Two readable pipes. The callback that is called first replaces the other pipe
 * by an empty one. */
struct usurper {
	struct loop *loop;
	int fd;
	struct usurper *other;
	int empty;
	struct digest_set *new;
	size_t calls;
};

static void replace_other(void *ctx, int fd, int events)
{
	struct usurper *u = ctx;

	(void)fd;
	(void)events;
	u->calls++;
	loop_unwatch(u->loop, u->other->fd);
	dup2(u->empty, u->other->fd);
	loop_watch(u->loop, u->other->fd, LOOP_READ, note, u->new);
}

static void event_of_a_removed_descriptor_does_not_reach_the_next(void **state)
{
	struct loop *loop = open_loop(state);
	struct digest_set new = {0};
	struct usurper a = {.loop = loop, .new = &new};
	struct usurper b = {.loop = loop, .new = &new};
	int pipes[3][2];

	for (int i = 0; i < 3; i++)
		open_pipe(pipes[i]);
	put_byte(pipes[0][1]);
	put_byte(pipes[1][1]);
	a.fd = pipes[0][0];
	b.fd = pipes[1][0];
	a.other = &b;
	b.other = &a;
	a.empty = b.empty = pipes[2][0];
	loop_watch(loop, a.fd, LOOP_READ, replace_other, &a);
	loop_watch(loop, b.fd, LOOP_READ, replace_other, &b);
	step(loop);
	assert_int_equal(a.calls + b.calls, 1);
	assert_int_equal(new.calls, 0);
	loop_unwatch(loop, a.fd);
	loop_unwatch(loop, b.fd);
	for (int i = 0; i < 3; i++)
		close_pipe(pipes[i]);
	loop_close(loop);
}

static void forget_itself(void *ctx, int fd, int events)
{
	struct digest_set *seen = ctx;

	note(ctx, fd, events);
	loop_unwatch(seen->loop, fd);
	close(fd);
}

static void callback_may_remove_and_close_its_descriptor(void **state)
{
	struct loop *loop = open_loop(state);
	struct digest_set seen = {.loop = loop};
	int fds[2];

	open_pipe(fds);
	put_byte(fds[1]);
	loop_watch(loop, fds[0], LOOP_READ, forget_itself, &seen);
	step(loop);
	step(loop);
	assert_int_equal(seen.calls, 1);
	close(fds[1]);
	loop_close(loop);
}

static void regular_file_is_ready_at_each_step(void **state)
{
	struct loop *loop = open_loop(state);
	char name[] = "/tmp/test_loop.XXXXXX";
	const int fd = mkstemp(name);
	const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	struct digest_set file = {0};
	struct digest_set sink = {0};

	assert_true(fd >= 0 && null >= 0);
	unlink(name);
	assert_int_equal(loop_watch(loop, fd, LOOP_READ, note, &file), 0);
	assert_int_equal(loop_watch(loop, null, LOOP_WRITE, note, &sink), 0);
	loop_step(loop, MSEC_NEVER);
	loop_step(loop, MSEC_NEVER);
	assert_int_equal(file.calls, 2);
	assert_int_equal(file.events, LOOP_READ);
	assert_int_equal(sink.calls, 2);
	assert_int_equal(sink.events, LOOP_WRITE);

	loop_watch(loop, fd, 0, note, &file);
	loop_watch(loop, null, LOOP_ERROR, note, &sink);
	assert_true(steps_to_pass(loop, 10) < 5);
	assert_int_equal(file.calls + sink.calls, 4);
	loop_watch(loop, fd, LOOP_READ, note, &file);
	step(loop);
	assert_int_equal(file.calls, 3);
	loop_unwatch(loop, fd);
	loop_unwatch(loop, null);
	assert_true(steps_to_pass(loop, 5) < 5);
	close(fd);
	close(null);
	loop_close(loop);
}

static void invalid_descriptor_is_refused(void **state)
{
	struct loop *loop = open_loop(state);
	int fds[2];

	open_pipe(fds);
	close_pipe(fds);
	assert_int_equal(loop_watch(loop, -1, LOOP_READ, note, NULL), -1);
	assert_int_equal(errno, EBADF);
	assert_int_equal(loop_watch(loop, fds[0], LOOP_READ, note, NULL), -1);
	assert_int_equal(errno, EBADF);
	step(loop);
	loop_close(loop);
}

enum { PIPES = 1000 };

static int (*open_pipes(void))[2]
{
	struct rlimit limit;
	int (*pipes)[2];

	getrlimit(RLIMIT_NOFILE, &limit);
	if (limit.rlim_cur < 2 * PIPES + 100) {
		limit.rlim_cur = 2 * PIPES + 100;
		if (setrlimit(RLIMIT_NOFILE, &limit))
			skip();
	}
	pipes = xcalloc(PIPES, sizeof(*pipes));
	for (size_t i = 0; i < PIPES; i++)
		open_pipe(pipes[i]);
	return pipes;
}

static void close_pipes(struct loop *loop, int (*pipes)[2])
{
	for (size_t i = 0; i < PIPES; i++) {
		loop_unwatch(loop, pipes[i][0]);
		close_pipe(pipes[i]);
	}
	free(pipes);
}

static void note_and_read(void *ctx, int fd, int events)
{
	note(ctx, fd, events);
	take_byte(fd);
}

static void thousand_pipes_are_each_called_for_each_byte(void **state)
{
	struct loop *loop = open_loop(state);
	int (*pipes)[2] = open_pipes();
	struct digest_set *seen = xcalloc(PIPES, sizeof(*seen));

	for (size_t i = 0; i < PIPES; i++)
		loop_watch(loop, pipes[i][0], LOOP_READ, note_and_read,
			   &seen[i]);
	for (size_t round = 1; round <= 3; round++) {
		for (size_t i = 0; i < PIPES; i++)
			put_byte(pipes[i][1]);
		for (int i = 0; i < 6; i++)
			step(loop);
		for (size_t i = 0; i < PIPES; i++) {
			assert_int_equal(seen[i].calls, round);
			assert_int_equal(seen[i].fd, pipes[i][0]);
		}
	}
	close_pipes(loop, pipes);
	free(seen);
	loop_close(loop);
}

static void callbacks_that_never_read_do_not_starve_others(void **state)
{
	struct loop *loop = open_loop(state);
	int (*pipes)[2] = open_pipes();
	struct digest_set *seen = xcalloc(PIPES, sizeof(*seen));

	for (size_t i = 0; i < PIPES; i++) {
		put_byte(pipes[i][1]);
		loop_watch(loop, pipes[i][0], LOOP_READ, note, &seen[i]);
	}
	for (int i = 0; i < 10; i++)
		step(loop);
	for (size_t i = 0; i < PIPES; i++)
		assert_true(seen[i].calls >= 2);
	close_pipes(loop, pipes);
	free(seen);
	loop_close(loop);
}

/* libcurl closes descriptors in this way: the kernel has removed them from
 * epoll, but the loop still has them. */
static void descriptor_closed_without_notice_is_watched_again(void **state)
{
	struct loop *loop = open_loop(state);
	struct digest_set first = {0}, second = {0};
	int fds[2], other[2];

	open_pipe(fds);
	open_pipe(other);
	assert_int_equal(loop_watch(loop, fds[0], LOOP_READ, note, &first), 0);
	/* The new descriptor gets the same number. */
	assert_int_equal(dup2(other[0], fds[0]), fds[0]);
	put_byte(other[1]);
	assert_int_equal(loop_watch(loop, fds[0], LOOP_READ | LOOP_WRITE,
				    note, &second), 0);
	step(loop);
	assert_int_equal(first.calls, 0);
	assert_int_equal(second.calls, 1);
	assert_true(second.events & LOOP_READ);
	loop_unwatch(loop, fds[0]);
	close_pipe(fds);
	close_pipe(other);
	loop_close(loop);
}

#define BOTH(test) \
	{#test " (epoll)", test, NULL, NULL, &epoll_backend}, \
	{#test " (poll)", test, NULL, NULL, &poll_backend}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(readable_descriptor_is_reported_until_it_is_read),
		BOTH(only_requested_events_are_reported),
		BOTH(hang_up_is_reported_without_being_requested),
		BOTH(descriptor_with_no_events_neither_calls_nor_spins),
		BOTH(event_no_longer_requested_does_not_spin),
		BOTH(removed_descriptor_is_not_called),
		BOTH(reused_descriptor_belongs_to_its_new_owner),
		BOTH(event_of_a_removed_descriptor_does_not_reach_the_next),
		BOTH(descriptor_closed_without_notice_is_watched_again),
		BOTH(callback_may_remove_and_close_its_descriptor),
		BOTH(regular_file_is_ready_at_each_step),
		BOTH(invalid_descriptor_is_refused),
		BOTH(thousand_pipes_are_each_called_for_each_byte),
		BOTH(callbacks_that_never_read_do_not_starve_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
