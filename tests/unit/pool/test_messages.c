/* pool/process/messages.c: lines that workers write to standard error, and what
 * the user sees of them. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "pool/loop.h"
#include "pool/process/messages.h"

/* Limits of messages.c. */
enum { AT_ONCE = 200, LINE_MAX_BYTES = 500 };

static bool no_pipe;

extern int __real_pipe2(int ends[2], int flags);
extern int __wrap_pipe2(int ends[2], int flags);

int __wrap_pipe2(int ends[2], int flags)
{
	if (!no_pipe)
		return __real_pipe2(ends, flags);
	errno = EMFILE;
	return -1;
}

/* --- Standard error of the test, while something is logged ---------------- */

static int log_file, real_stderr;

static void log_begin(void)
{
	log_file = memfd_create("log", MFD_CLOEXEC);
	real_stderr = dup(STDERR_FILENO);
	assert_true(log_file >= 0 && real_stderr >= 0);
	dup2(log_file, STDERR_FILENO);
}

static struct buf log_end(void)
{
	struct buf text = {0};
	char bytes[4096];
	ssize_t n;

	dup2(real_stderr, STDERR_FILENO);
	close(real_stderr);
	lseek(log_file, 0, SEEK_SET);
	while ((n = read(log_file, bytes, sizeof(bytes))) > 0)
		buf_add(&text, bytes, (size_t)n);
	close(log_file);
	buf_cstr(&text);
	return text;
}

static size_t count(const struct buf *text, const char *what)
{
	size_t found = 0;

	for (const char *p = text->data; (p = strstr(p, what)); p++)
		found++;
	return found;
}

static void say(const struct messages *m, const char *what, size_t len)
{
	assert_int_equal(write(messages_descriptor(m), what, len), len);
}

/* Returns the messages about bytes that are in the pipe when it is closed. */
static struct buf logged(const char *what, size_t len)
{
	struct messages *m = messages_open();

	assert_non_null(m);
	log_begin();
	say(m, what, len);
	messages_close(m);
	return log_end();
}

/* --- Tests ---------------------------------------------------------------- */

static void each_line_is_logged_as_that_of_a_parser(void **state)
{
	static const char what[] = "one\n\ntwo\nthree without an end";
	struct buf text;

	(void)state;
	text = logged(what, strlen(what));
	assert_int_equal(count(&text, "\n"), 3);
	assert_int_equal(count(&text, "parser: one\n"), 1);
	assert_int_equal(count(&text, "parser: two\n"), 1);
	assert_int_equal(count(&text, "parser: three without an end\n"), 1);
	buf_release(&text);
}

/* A page may have taken over the worker, so control characters must not reach a
 * terminal. */
static void all_but_printable_ascii_is_escaped(void **state)
{
	static const char what[] = "\x1b]0;a\x07 \xc2\x9b\0~\x7f\r\t\xff\n";
	struct buf text;

	(void)state;
	text = logged(what, sizeof(what) - 1);
	assert_int_equal(count(&text, "parser: \\x1b]0;a\\x07 \\xc2\\x9b\\x00~"
			       "\\x7f\\x0d\\x09\\xff\n"), 1);
	buf_release(&text);
}

static void long_line_is_truncated(void **state)
{
	struct buf what = {0}, text;

	(void)state;
	for (int i = 0; i < LINE_MAX_BYTES; i++)
		buf_addch(&what, 'x');
	buf_addstr(&what, "yyy\nafter\n");
	text = logged(what.data, what.len);
	assert_int_equal(count(&text, "x"), LINE_MAX_BYTES);
	assert_int_equal(count(&text, "y"), 0);
	assert_int_equal(count(&text, "parser: after\n"), 1);
	buf_release(&what);
	buf_release(&text);
}

static void flood_is_counted_and_not_logged(void **state)
{
	enum { LINES = 1000 };
	struct buf what = {0}, text;
	unsigned long left = 0;
	size_t shown;
	char *end;

	(void)state;
	for (int i = 0; i < LINES; i++)
		buf_addstr(&what, "a\n");
	text = logged(what.data, what.len);
	/* There may be more lines on a slow machine, because the limit is per
	 * second. */
	shown = count(&text, "parser: a\n");
	assert_true(shown >= AT_ONCE && shown < LINES);
	end = strstr(text.data, "parser: and ");
	assert_non_null(end);
	left = strtoul(end + strlen("parser: and "), &end, 10);
	assert_int_equal(shown + left, LINES);
	assert_memory_equal(end, " more lines\n", strlen(" more lines\n"));
	buf_release(&what);
	buf_release(&text);
}

static void messages_are_logged_at_once(void **state)
{
	struct loop *loop = loop_open(LOOP_EPOLL);
	struct messages *m = messages_open();
	const msec end = clock_now() + 60e3;
	struct buf text;

	(void)state;
	assert_int_equal(messages_attach(m, loop), 0);
	log_begin();
	say(m, "in ", 3);
	loop_step(loop, end);
	say(m, "two parts\n", 10);
	loop_step(loop, end);
	text = log_end();
	assert_int_equal(count(&text, "parser: in two parts\n"), 1);
	messages_detach(m);
	messages_close(m);
	loop_close(loop);
	buf_release(&text);
}

/* Reading continues after a pause, in which other events are handled. */
static void full_pipe_is_read_at_the_end(void **state)
{
	struct loop *loop = loop_open(LOOP_EPOLL);
	struct messages *m = messages_open();
	const msec end = clock_now() + 60e3;
	const int fd = messages_descriptor(m), flags = fcntl(fd, F_GETFL);
	char bytes[1000];
	size_t lines = 0;
	struct buf text;

	(void)state;
	memset(bytes, 'z', sizeof(bytes));
	bytes[sizeof(bytes) - 1] = '\n';
	fcntl(fd, F_SETFL, flags | O_NONBLOCK);
	while (write(fd, bytes, sizeof(bytes)) == sizeof(bytes))
		lines++;
	fcntl(fd, F_SETFL, flags);
	assert_true(lines > 32 && lines < AT_ONCE);
	assert_int_equal(messages_attach(m, loop), 0);
	log_begin();
	loop_step(loop, end);
	text = log_end();
	/* The lines must not all be read at once. */
	assert_true(count(&text, "parser: z") < lines / 2);
	buf_release(&text);
	log_begin();
	for (int i = 0; i < 20; i++)
		loop_step(loop, clock_now() + 20);
	text = log_end();
	assert_true(count(&text, "parser: z") > lines / 2);
	buf_release(&text);
	messages_detach(m);
	messages_close(m);
	loop_close(loop);
}

static void without_a_pipe_there_are_no_messages(void **state)
{
	(void)state;
	no_pipe = true;
	assert_null(messages_open());
	assert_int_equal(errno, EMFILE);
	no_pipe = false;
	messages_close(NULL);
}

/* A worker that never ends its line does not keep the program from closing. */
static void unfinished_line_is_logged_when_closing(void **state)
{
	struct messages *m = messages_open();
	struct buf text, what = {0};

	(void)state;
	for (int i = 0; i < 60000; i++)
		buf_addch(&what, 'q');
	log_begin();
	say(m, what.data, what.len);
	messages_close(m);
	text = log_end();
	assert_int_equal(count(&text, "q"), LINE_MAX_BYTES);
	buf_release(&text);
	buf_release(&what);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_line_is_logged_as_that_of_a_parser),
		cmocka_unit_test(all_but_printable_ascii_is_escaped),
		cmocka_unit_test(long_line_is_truncated),
		cmocka_unit_test(flood_is_counted_and_not_logged),
		cmocka_unit_test(messages_are_logged_at_once),
		cmocka_unit_test(full_pipe_is_read_at_the_end),
		cmocka_unit_test(without_a_pipe_there_are_no_messages),
		cmocka_unit_test(unfinished_line_is_logged_when_closing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
