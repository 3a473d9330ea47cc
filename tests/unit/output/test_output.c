/* cmd/output/output.c, cmd/output/writer.c, cmd/output/reorder.c: over real
 * pipes and files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "cmd/output/output.h"
#include "pool/loop.h"
#include "tests/unit/patience.h"
#include "tests/unit/rounds.h"

/* An output to a file or pipe, with its messages and callbacks. */
struct fixture {
	struct loop *loop;
	struct output *o;
	char path[64];
	int pipe[2];
	int changes;
	uint64_t written;
	msec first, last;	/* earliest and latest time that on_written()
				 * got */
};

static void on_change(void *ctx)
{
	struct fixture *f = ctx;

	f->changes++;
}

static void on_written(void *ctx, msec at, uint64_t records)
{
	struct fixture *f = ctx;

	assert_true(at <= clock_now());
	if (f->first <= 0 || f->first > at)
		f->first = at;
	f->last = fmax(f->last, at);
	f->written += records;
}

static void open_at(struct fixture *f, const char *path, bool ordered)
{
	const struct output_config config = {
		.path = path,
		.ordered = ordered,
		.on_change = on_change,
		.on_written = on_written,
		.ctx = f,
	};

	if (!f->loop)
		f->loop = loop_open(LOOP_EPOLL);
	f->o = output_open(f->loop, &config);
}

static void open_file(struct fixture *f, bool ordered)
{
	int fd;

	*f = (struct fixture){.path = "/tmp/test_output.XXXXXX"};
	fd = mkstemp(f->path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "old\n", 4), 4);
	close(fd);
	open_at(f, f->path, ordered);
	assert_non_null(f->o);
}

/* The output gets its own open file description of the pipe's end. */
static void open_pipe(struct fixture *f)
{
	*f = (struct fixture){0};
	assert_int_equal(pipe2(f->pipe, O_CLOEXEC), 0);
	snprintf(f->path, sizeof(f->path), "/dev/fd/%d", f->pipe[1]);
	open_at(f, f->path, false);
	assert_non_null(f->o);
	close(f->pipe[1]);
}

static void put_text(struct output *o, uint64_t index, const char *text)
{
	struct buf record = {0};

	buf_addstr(&record, text);
	output_put(o, index, &record);
	assert_null(record.data);
}

static void put_number(struct output *o, uint64_t index)
{
	char text[32];

	snprintf(text, sizeof(text), "%u\n", (unsigned)index);
	put_text(o, index, text);
}

/* Puts a line of that length; the first byte distinguishes the lines. */
static void put_long(struct output *o, uint64_t index, size_t len)
{
	struct buf record = {0};

	memset(buf_reserve(&record, len), 'a' + (int)(index % 26), len);
	record.len = len;
	record.data[len - 1] = '\n';
	output_put(o, index, &record);
}

static struct buf read_file(const char *path)
{
	const int fd = open(path, O_RDONLY);
	struct buf b = {0};
	ssize_t len;

	assert_true(fd >= 0);
	while ((len = read(fd, buf_reserve(&b, 65536), 65536)) > 0)
		b.len += (size_t)len;
	close(fd);
	return b;
}

static void expect_file(struct fixture *f, const char *expected)
{
	struct buf got;

	assert_int_equal(output_close(f->o), 0);
	loop_close(f->loop);
	got = read_file(f->path);
	assert_string_equal(buf_cstr(&got), expected);
	buf_release(&got);
	unlink(f->path);
}

static void output_replaces_the_file(void **state)
{
	struct fixture f;

	(void)state;
	open_file(&f, false);
	put_text(f.o, 0, "{}\n");
	expect_file(&f, "{}\n");
}

static void run_without_records_leaves_an_empty_file(void **state)
{
	struct fixture f;

	(void)state;
	open_file(&f, false);
	expect_file(&f, "");
}

static void records_are_written_in_order_of_arrival(void **state)
{
	struct fixture f;

	(void)state;
	open_file(&f, false);
	put_number(f.o, 2);
	put_number(f.o, 0);
	put_number(f.o, 1);
	expect_file(&f, "2\n0\n1\n");
}

static void ordered_records_are_written_by_index(void **state)
{
	struct fixture f;

	(void)state;
	open_file(&f, true);
	put_number(f.o, 2);
	put_number(f.o, 0);
	put_number(f.o, 1);
	expect_file(&f, "0\n1\n2\n");
}

static void interrupted_order_has_gaps(void **state)
{
	struct fixture f;

	(void)state;
	open_file(&f, true);
	put_number(f.o, 5000);
	put_number(f.o, 0);
	put_number(f.o, 3);
	expect_file(&f, "0\n3\n5000\n");
}

/* Returns the numbers 0 to len - 1, each at most window places away from its
 * own place. */
static uint64_t *shuffled(size_t len, size_t window)
{
	uint64_t *order = xcalloc(len, sizeof(*order));

	srand(1);
	for (size_t i = 0; i < len; i++)
		order[i] = i;
	for (size_t from = 0; from < len; from += window) {
		const size_t n = len - from < window ? len - from : window;

		for (size_t i = n - 1; i > 0; i--) {
			const size_t j = from + (size_t)rand() % (i + 1);
			const uint64_t t = order[from + i];

			order[from + i] = order[j];
			order[j] = t;
		}
	}
	return order;
}

static void order_survives_random_completion(void **state)
{
	enum { RECORDS = ROUNDS(100000) };
	uint64_t *order = shuffled(RECORDS, RECORDS / 10);
	struct buf expected = {0};
	struct fixture f;

	(void)state;
	open_file(&f, true);
	for (uint64_t i = 0; i < RECORDS; i++) {
		put_number(f.o, order[i]);
		buf_addf(&expected, "%u\n", (unsigned)i);
	}
	assert_int_equal(output_oldest(f.o), RECORDS);
	expect_file(&f, buf_cstr(&expected));
	buf_release(&expected);
	free(order);
}

static void expect_oldest(bool ordered)
{
	enum { RECORDS = ROUNDS(20000) };
	uint64_t *order = shuffled(RECORDS, RECORDS / 4);
	bool *done = xcalloc(RECORDS + 1, sizeof(*done));
	uint64_t oldest = 0;
	struct fixture f;

	open_file(&f, ordered);
	for (size_t i = 0; i < RECORDS; i++) {
		put_text(f.o, order[i], "\n");
		done[order[i]] = true;
		while (done[oldest])
			oldest++;
		assert_int_equal(output_oldest(f.o), oldest);
	}
	output_close(f.o);
	loop_close(f.loop);
	unlink(f.path);
	free(order);
	free(done);
}

static void oldest_is_the_first_that_was_not_put(void **state)
{
	(void)state;
	expect_oldest(false);
	expect_oldest(true);
}

static void long_records_keep_their_place(void **state)
{
	struct fixture f;
	struct buf got;
	size_t at = 0;

	(void)state;
	open_file(&f, false);
	for (unsigned i = 0; i < 60; i++)
		put_long(f.o, i, i % 3 ? 100 : 70000 * (i + 1));
	assert_int_equal(output_close(f.o), 0);
	loop_close(f.loop);
	got = read_file(f.path);
	for (unsigned i = 0; i < 60; i++) {
		assert_int_equal(got.data[at], 'a' + (int)(i % 26));
		at += i % 3 ? 100 : 70000 * (i + 1);
		assert_int_equal(got.data[at - 1], '\n');
	}
	assert_int_equal(at, got.len);
	buf_release(&got);
	unlink(f.path);
}

static bool is_readable(int fd, int timeout)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	return poll(&p, 1, timeout) == 1;
}

static void record_waits_only_for_its_batch(void **state)
{
	struct patience p = {0};
	struct fixture f;
	char text[64];

	(void)state;
	open_pipe(&f);
	put_text(f.o, 0, "a\n");
	put_text(f.o, 1, "b\n");
	assert_false(is_readable(f.pipe[0], 0));
	while (!is_readable(f.pipe[0], 0) && patience_lasts(&p, 0))
		loop_step(f.loop, clock_now() + OUTPUT_DELAY);
	assert_int_equal(read(f.pipe[0], text, sizeof(text)), 4);
	assert_memory_equal(text, "a\nb\n", 4);
	assert_int_equal(output_close(f.o), 0);
	loop_close(f.loop);
	close(f.pipe[0]);
}

static void full_batch_does_not_wait(void **state)
{
	struct fixture f;

	(void)state;
	open_pipe(&f);
	/* Writes less than a pipe holds, without running the loop. */
	put_long(f.o, 0, 65536);
	assert_true(is_readable(f.pipe[0], 10000));
	assert_int_equal(output_close(f.o), 0);
	loop_close(f.loop);
	close(f.pipe[0]);
}

static size_t read_some(int fd, char *to, size_t room)
{
	const ssize_t len = read(fd, to, room);

	assert_true(len > 0);
	return (size_t)len;
}

/* The owner waits a moment for the writer. On a busy machine the writer may
 * take longer now and then, but not always. */
static void owner_learns_that_all_is_written_unless_the_reader_is_slow(void **state)
{
	enum { ROUNDS = 100, LONG = 200000 };
	static char bytes[LONG];
	struct fixture f;
	unsigned written = 0;
	size_t got = 0;

	(void)state;
	open_pipe(&f);
	for (unsigned i = 0; i < ROUNDS; i++) {
		put_text(f.o, i, "x\n");
		written += output_is_written(f.o);
	}
	assert_true(written > ROUNDS / 4);
	put_long(f.o, ROUNDS, LONG);
	assert_false(output_is_written(f.o));
	while (got < 2 * ROUNDS + LONG)
		got += read_some(f.pipe[0], bytes, sizeof(bytes));
	assert_int_equal(output_close(f.o), 0);
	loop_close(f.loop);
	close(f.pipe[0]);
}

static void slow_reader_fills_the_output_for_a_while(void **state)
{
	static char bytes[65536];
	struct fixture f;
	uint64_t i = 0, got = 0;

	(void)state;
	open_pipe(&f);
	while (!output_full(f.o)) {
		put_long(f.o, i++, 1000);
		assert_true(i < 10000);
	}
	assert_true(i * 1000 >= OUTPUT_MARK);
	loop_step(f.loop, 0);
	assert_int_equal(f.changes, 0);
	while (!f.changes) {
		got += read_some(f.pipe[0], bytes, sizeof(bytes));
		loop_step(f.loop, 0);
	}
	assert_false(output_full(f.o));
	/* The pipe has room for the last batch. */
	while (got < i * 1000 - sizeof(bytes))
		got += read_some(f.pipe[0], bytes, sizeof(bytes));
	assert_int_equal(output_close(f.o), 0);
	loop_close(f.loop);
	close(f.pipe[0]);
}

/* Returns the text that fn writes to standard error. */
static struct buf said_by(void (*fn)(struct fixture *), struct fixture *f)
{
	const int old = dup(STDERR_FILENO);
	struct buf said = {0};
	int fds[2];
	ssize_t len;

	assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
	dup2(fds[1], STDERR_FILENO);
	close(fds[1]);
	fn(f);
	dup2(old, STDERR_FILENO);
	close(old);
	while ((len = read(fds[0], buf_reserve(&said, 4096), 4096)) > 0)
		said.len += (size_t)len;
	close(fds[0]);
	buf_cstr(&said);
	return said;
}

static void fill_device(struct fixture *f)
{
	open_at(f, "/dev/full", false);
	put_long(f->o, 0, 100000);
	while (!f->changes)
		loop_step(f->loop, MSEC_NEVER);
	for (unsigned i = 1; i < 100; i++)
		put_long(f->o, i, 100000);
}

static void close_device(struct fixture *f)
{
	assert_int_equal(output_close(f->o), ENOSPC);
}

/* Records are short, long, or empty: a page may have no items. */
static void each_record_is_reported_as_written_once(void **state)
{
	struct fixture f;
	msec before;

	(void)state;
	for (int ordered = 0; ordered < 2; ordered++) {
		before = clock_now();
		open_file(&f, ordered);
		for (uint64_t i = 0; i < 300; i++) {
			if (i % 50 == 3)
				put_long(f.o, i, 100000);
			else
				put_text(f.o, i, i % 7 ? "[]\n" : "");
		}
		assert_int_equal(output_close(f.o), 0);
		assert_int_equal(f.written, 300);
		assert_true(f.first >= before);
		unlink(f.path);
		loop_close(f.loop);
	}
}

static void full_device_is_reported_once(void **state)
{
	struct fixture f = {0};
	struct buf said = said_by(fill_device, &f);

	(void)state;
	assert_string_equal(said.data, "scrape: writing to /dev/full: "
				       "No space left on device\n");
	buf_release(&said);
	assert_int_equal(output_error(f.o), ENOSPC);
	said = said_by(close_device, &f);
	assert_string_equal(said.data, "");
	buf_release(&said);
	assert_int_equal(f.written, 0);
	loop_close(f.loop);
}

static void fill_device_beside_the_loop(struct fixture *f)
{
	open_at(f, "/dev/full", false);
	put_long(f->o, 0, 100000);
	while (output_error(f->o) != ENOSPC)
		(void)poll(NULL, 0, 1);
}

static void failure_is_logged_before_callbacks_run(void **state)
{
	struct fixture f = {0};
	struct buf said = said_by(fill_device_beside_the_loop, &f);

	(void)state;
	assert_string_equal(said.data, "scrape: writing to /dev/full: "
				       "No space left on device\n");
	buf_release(&said);
	assert_int_equal(output_close(f.o), ENOSPC);
	loop_close(f.loop);
}

static void fill_late(struct fixture *f)
{
	open_at(f, "/dev/full", false);
	put_text(f->o, 0, "\n");
	assert_int_equal(output_close(f->o), ENOSPC);
}

static void failure_while_closing_is_reported(void **state)
{
	struct fixture f = {0};
	struct buf said = said_by(fill_late, &f);

	(void)state;
	assert_non_null(strstr(said.data, "No space left on device\n"));
	buf_release(&said);
	loop_close(f.loop);
}

static void synced_lines_are_in_the_file(void **state)
{
	struct fixture f;
	struct buf got;
	uint64_t bytes;

	(void)state;
	open_file(&f, false);
	put_text(f.o, 0, "one\n");
	bytes = output_flush(f.o);
	assert_int_equal(bytes, 4);
	assert_int_equal(output_sync(f.o, bytes), 0);
	/* A line of JSON lines makes the file longer by its own length. */
	assert_int_equal(output_growth(f.o, bytes), 4);
	got = read_file(f.path);
	assert_string_equal(buf_cstr(&got), "one\n");
	buf_release(&got);
	put_text(f.o, 1, "two\n");
	expect_file(&f, "one\ntwo\n");
}

static void sync_full_device(struct fixture *f)
{
	open_at(f, "/dev/full", false);
	put_text(f->o, 0, "one\n");
	assert_int_equal(output_sync(f->o, output_flush(f->o)), ENOSPC);
	assert_int_equal(output_close(f->o), ENOSPC);
}

/* A pipe cannot be synced; nor has it to be, if it is standard output. */
static void sync_fails_if_the_lines_cannot_be_made_permanent(void **state)
{
	struct fixture f = {0};
	struct buf said = said_by(sync_full_device, &f);

	(void)state;
	assert_non_null(strstr(said.data, "No space left on device\n"));
	buf_release(&said);
	loop_close(f.loop);
	open_pipe(&f);
	put_text(f.o, 0, "one\n");
	assert_int_equal(output_sync(f.o, output_flush(f.o)), EINVAL);
	assert_int_equal(output_close(f.o), 0);
	close(f.pipe[0]);
	loop_close(f.loop);
}

static void open_nowhere(struct fixture *f)
{
	open_at(f, "/nonexistent/out.jsonl", false);
}

static void file_that_cannot_be_opened_is_reported(void **state)
{
	struct fixture f = {0};
	struct buf said = said_by(open_nowhere, &f);

	(void)state;
	assert_null(f.o);
	assert_string_equal(said.data,
			    "scrape: the output cannot be written to "
			    "/nonexistent/out.jsonl: "
			    "No such file or directory\n");
	buf_release(&said);
	loop_close(f.loop);
}

/* Runs fn in a child whose standard output is fd; closes fd in the parent. */
static pid_t start_child(int fd, void (*fn)(enum loop_backend),
			 enum loop_backend backend)
{
	const pid_t pid = fork();

	assert_true(pid >= 0);
	if (!pid) {
		signal(SIGPIPE, SIG_IGN);
		alarm(300);
		dup2(fd, STDOUT_FILENO);
		close(fd);
		fn(backend);
		_exit(0);
	}
	close(fd);
	return pid;
}

static int wait_for(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static struct output *child_output(struct loop **loop, enum loop_backend b)
{
	static const struct output_config config = {0};

	*loop = loop_open(b);
	return output_open(*loop, &config);
}

static void write_forever(enum loop_backend backend)
{
	struct loop *loop;
	struct output *o = child_output(&loop, backend);

	for (uint64_t i = 0;; i++) {
		put_number(o, i);
		loop_step(loop, MSEC_NEVER);
	}
}

static void write_at_the_end(enum loop_backend backend)
{
	struct loop *loop;
	struct output *o = child_output(&loop, backend);

	put_number(o, 0);
	output_close(o);
}

static int end_to_read;

static void wait_forever(enum loop_backend backend)
{
	struct loop *loop;

	close(end_to_read);
	put_number(child_output(&loop, backend), 0);
	for (;;)
		loop_step(loop, MSEC_NEVER);
}

static void expect_sigpipe(pid_t pid)
{
	const int status = wait_for(pid);

	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGPIPE);
}

static void closed_pipe_ends_the_program_by_sigpipe(void **state)
{
	int fds[2];

	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
		close(fds[0]);
		expect_sigpipe(start_child(fds[1], i ? write_forever
						     : write_at_the_end,
					   LOOP_EPOLL));
	}
}

static void expect_idle_sigpipe(enum loop_backend backend, int fds[2])
{
	char text[8];
	pid_t pid;

	/* The child must not keep the reading end, which the parent closes. */
	end_to_read = fds[0];
	pid = start_child(fds[1], wait_forever, backend);
	/* The child waits after its only record. */
	assert_int_equal(read(fds[0], text, sizeof(text)), 2);
	/* If the child does not notice the closed pipe, its alarm ends it. */
	close(fds[0]);
	expect_sigpipe(pid);
}

static void pipe_closed_while_idle_ends_the_program(void **state)
{
	static const enum loop_backend backends[] = {LOOP_EPOLL, LOOP_POLL};
	int fds[2];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
		expect_idle_sigpipe(backends[i], fds);
		assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
		expect_idle_sigpipe(backends[i], fds);
	}
}

static void write_lines(enum loop_backend backend)
{
	struct loop *loop;
	struct output *o = child_output(&loop, backend);

	for (uint64_t i = 0; i < 3000; i++) {
		put_long(o, i, 10 + i % 700);
		if (i % 100 == 0)
			loop_step(loop, 0);
	}
	if (output_close(o))
		_exit(1);
}

static size_t length_of_lines(void)
{
	size_t len = 0;

	for (size_t i = 0; i < 3000; i++)
		len += 10 + i % 700;
	return len;
}

static void each_write_holds_whole_lines(void **state)
{
	static char bytes[1 << 20];
	size_t total = 0;
	ssize_t len;
	int fds[2];
	pid_t pid;

	(void)state;
	/* Each write is one message of this socket. */
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds), 0);
	pid = start_child(fds[1], write_lines, LOOP_EPOLL);
	while ((len = read(fds[0], bytes, sizeof(bytes))) > 0) {
		assert_int_equal(bytes[len - 1], '\n');
		total += (size_t)len;
	}
	close(fds[0]);
	assert_int_equal(wait_for(pid), 0);
	assert_int_equal(total, length_of_lines());
}

static void non_blocking_pipe_gets_all_records(void **state)
{
	static char bytes[4096];
	size_t total = 0;
	ssize_t len;
	int fds[2];
	pid_t pid;

	(void)state;
	assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
	assert_int_equal(fcntl(fds[1], F_SETFL, O_NONBLOCK), 0);
	pid = start_child(fds[1], write_lines, LOOP_EPOLL);
	while ((len = read(fds[0], bytes, sizeof(bytes))) > 0)
		total += (size_t)len;
	close(fds[0]);
	assert_int_equal(wait_for(pid), 0);
	assert_int_equal(total, length_of_lines());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(output_replaces_the_file),
		cmocka_unit_test(run_without_records_leaves_an_empty_file),
		cmocka_unit_test(records_are_written_in_order_of_arrival),
		cmocka_unit_test(ordered_records_are_written_by_index),
		cmocka_unit_test(interrupted_order_has_gaps),
		cmocka_unit_test(order_survives_random_completion),
		cmocka_unit_test(oldest_is_the_first_that_was_not_put),
		cmocka_unit_test(long_records_keep_their_place),
		cmocka_unit_test(record_waits_only_for_its_batch),
		cmocka_unit_test(full_batch_does_not_wait),
		cmocka_unit_test(
			owner_learns_that_all_is_written_unless_the_reader_is_slow),
		cmocka_unit_test(slow_reader_fills_the_output_for_a_while),
		cmocka_unit_test(each_record_is_reported_as_written_once),
		cmocka_unit_test(full_device_is_reported_once),
		cmocka_unit_test(failure_is_logged_before_callbacks_run),
		cmocka_unit_test(failure_while_closing_is_reported),
		cmocka_unit_test(synced_lines_are_in_the_file),
		cmocka_unit_test(
			sync_fails_if_the_lines_cannot_be_made_permanent),
		cmocka_unit_test(file_that_cannot_be_opened_is_reported),
		cmocka_unit_test(closed_pipe_ends_the_program_by_sigpipe),
		cmocka_unit_test(pipe_closed_while_idle_ends_the_program),
		cmocka_unit_test(each_write_holds_whole_lines),
		cmocka_unit_test(
			non_blocking_pipe_gets_all_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
