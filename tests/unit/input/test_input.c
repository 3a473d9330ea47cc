/* cmd/input/input.c: requests from files, pipes and URLs, in turn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/input/input.h"
#include "pool/loop.h"
#include "tests/unit/rounds.h"

struct fixture {
	enum loop_backend backend;
	struct loop *loop;
	struct input *in;
	const char *items[4];
	struct strings sources;
	int calls;		/* number of calls of on_ready() */
};

static const struct strings no_headers;

static void on_ready(void *ctx)
{
	struct fixture *f = ctx;

	f->calls++;
}

static void open_sources(struct fixture *f, const char *a, const char *b,
			 const char *c)
{
	f->loop = loop_open(f->backend);
	f->items[0] = a;
	f->items[1] = b;
	f->items[2] = c;
	f->sources = (struct strings){f->items, 1u + (b != NULL) + (c != NULL)};
	f->in = input_open(f->loop, &(struct input_config){
		.sources = &f->sources, .headers = &no_headers}, on_ready, f);
}

static void close_sources(struct fixture *f)
{
	input_close(f->in);
	loop_close(f->loop);
}

/* Makes a file with that text. Returns its path. */
static char *make_file(const char *text)
{
	char *path = xstrdup("/tmp/test_input.XXXXXX");
	const int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	return path;
}

static void drop_file(char *path)
{
	unlink(path);
	free(path);
}

static void expect_url(struct fixture *f, uint64_t index, const char *url)
{
	struct job *job = input_await(f->in);

	assert_non_null(job);
	assert_int_equal(job->err, ERR_NONE);
	assert_int_equal(job->req.index, index);
	assert_string_equal(job->req.url, url);
	job_free(job);
}

static void expect_end(struct fixture *f)
{
	assert_null(input_await(f->in));
	assert_true(input_ended(f->in));
	assert_null(input_next(f->in));
}

static void make_pipe(int fds[2], char path[32])
{
	assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
	snprintf(path, 32, "/dev/fd/%d", fds[0]);
}

static void put_bytes(int fd, const char *s)
{
	assert_int_equal(write(fd, s, strlen(s)), strlen(s));
}

static void sources_are_read_in_turn(void **state)
{
	char *a = make_file("a\n# comment\nb"), *c = make_file("c\r\n\r\n");
	struct fixture f = {0};

	(void)state;
	open_sources(&f, a, " http://x/ ", c);
	expect_url(&f, 0, "a");
	expect_url(&f, 1, "b");
	expect_url(&f, 2, "http://x/");
	expect_url(&f, 3, "c");
	expect_end(&f);
	assert_int_equal(input_error(f.in), 0);
	close_sources(&f);
	drop_file(a);
	drop_file(c);
}

static void bad_line_has_an_index_and_a_position(void **state)
{
	char *path = make_file("a\n\n{\"foo\":1}\nb\n");
	struct fixture f = {0};
	struct job *job;
	char *message;

	(void)state;
	open_sources(&f, path, NULL, NULL);
	expect_url(&f, 0, "a");
	job = input_await(f.in);
	assert_int_equal(job->err, ERR_INPUT);
	assert_int_equal(job->req.index, 1);
	message = xasprintf("line 3 of %s: unknown key \"foo\"", path);
	assert_string_equal(job->err_message, message);
	free(message);
	job_free(job);
	expect_url(&f, 2, "b");
	expect_end(&f);
	close_sources(&f);
	drop_file(path);
}

static void empty_file_has_no_requests(void **state)
{
	char *path = make_file("");
	struct fixture f = {0};

	(void)state;
	open_sources(&f, path, "/dev/null", NULL);
	expect_end(&f);
	assert_int_equal(input_error(f.in), 0);
	assert_int_equal(input_total(f.in), 0);
	close_sources(&f);
	drop_file(path);
}

static void each_source_may_begin_with_a_bom(void **state)
{
	char *a = make_file("\xef\xbb\xbf" "a"), *b = make_file("\xef\xbb\xbf" "b");
	struct fixture f = {0};

	(void)state;
	open_sources(&f, a, b, NULL);
	expect_url(&f, 0, "a");
	expect_url(&f, 1, "b");
	expect_end(&f);
	close_sources(&f);
	drop_file(a);
	drop_file(b);
}

static void line_of_an_open_pipe_becomes_a_request_at_once(void **state)
{
	(void)state;
	for (int backend = LOOP_EPOLL; backend <= LOOP_POLL; backend++) {
		struct fixture f = {.backend = (enum loop_backend)backend};
		char path[32];
		int fds[2];

		make_pipe(fds, path);
		open_sources(&f, path, NULL, NULL);
		assert_null(input_next(f.in));
		assert_false(input_ended(f.in));
		put_bytes(fds[1], "a\nb");
		loop_step(f.loop, MSEC_NEVER);
		assert_int_equal(f.calls, 1);
		expect_url(&f, 0, "a");
		assert_null(input_next(f.in));
		put_bytes(fds[1], "c\n");
		expect_url(&f, 1, "bc");
		put_bytes(fds[1], "d");
		close(fds[1]);
		expect_url(&f, 2, "d");
		expect_end(&f);
		close_sources(&f);
		close(fds[0]);
	}
}

static void pipe_is_read_only_when_asked(void **state)
{
	struct fixture f = {0};
	char path[32];
	int fds[2];

	(void)state;
	make_pipe(fds, path);
	open_sources(&f, path, NULL, NULL);
	assert_null(input_next(f.in));
	put_bytes(fds[1], "a\n");
	loop_step(f.loop, MSEC_NEVER);
	put_bytes(fds[1], "b\n");
	close(fds[1]);
	/* "a" has not been taken yet. */
	for (int i = 0; i < 5; i++)
		loop_step(f.loop, 0);
	assert_int_equal(f.calls, 1);
	expect_url(&f, 0, "a");
	expect_url(&f, 1, "b");
	expect_end(&f);
	close_sources(&f);
	close(fds[0]);
}

static void named_pipe_without_a_writer_does_not_block(void **state)
{
	char *path = make_file("");
	struct fixture f = {0};
	int fd;

	(void)state;
	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	open_sources(&f, path, NULL, NULL);
	assert_null(input_next(f.in));
	loop_step(f.loop, 0);
	assert_null(input_next(f.in));
	assert_false(input_ended(f.in));
	fd = open(path, O_WRONLY);
	put_bytes(fd, "a\n");
	expect_url(&f, 0, "a");
	close(fd);
	expect_end(&f);
	close_sources(&f);
	drop_file(path);
}

static void standard_input_may_be_a_file_or_a_pipe(void **state)
{
	const int old = dup(STDIN_FILENO);
	char *path = make_file("skipped\na\n");
	struct fixture f = {0};
	int fds[2], fd;

	(void)state;
	fd = open(path, O_RDONLY);
	lseek(fd, 8, SEEK_SET);
	dup2(fd, STDIN_FILENO);
	open_sources(&f, "-", NULL, NULL);
	expect_url(&f, 0, "a");
	expect_end(&f);
	assert_int_equal(input_total(f.in), 1);
	close_sources(&f);
	close(fd);
	drop_file(path);

	assert_int_equal(pipe(fds), 0);
	dup2(fds[0], STDIN_FILENO);
	f = (struct fixture){0};
	open_sources(&f, "-", NULL, NULL);
	put_bytes(fds[1], "b\n");
	close(fds[1]);
	expect_url(&f, 0, "b");
	expect_end(&f);
	close_sources(&f);
	/* Standard input must not be changed or closed. */
	assert_int_equal(fcntl(STDIN_FILENO, F_GETFL) & O_NONBLOCK, 0);
	close(fds[0]);
	dup2(old, STDIN_FILENO);
	close(old);
}

static void unreadable_source_does_not_stop_the_others(void **state)
{
	char *path = make_file("a\n");
	struct fixture f = {0};

	(void)state;
	log_set_level(LOG_QUIET);
	open_sources(&f, "/tmp", "/nonexistent/x", path);
	expect_url(&f, 0, "a");
	expect_end(&f);
	assert_int_equal(input_error(f.in), EISDIR);
	close_sources(&f);
	log_set_level(LOG_NORMAL);
	drop_file(path);
}

static void long_list_is_read_in_pieces(void **state)
{
	enum { LINES = ROUNDS(100000) };
	struct buf text = {0};
	struct fixture f = {0};
	char *path, url[32];

	(void)state;
	for (int i = 0; i < LINES; i++)
		buf_addf(&text, "http://example.com/%d\n", i);
	path = make_file(buf_cstr(&text));
	open_sources(&f, path, NULL, NULL);
	for (unsigned i = 0; i < LINES; i++) {
		snprintf(url, sizeof(url), "http://example.com/%u", i);
		expect_url(&f, i, url);
	}
	expect_end(&f);
	close_sources(&f);
	drop_file(path);
	buf_release(&text);
}

static void total_is_estimated_then_exact(void **state)
{
	struct buf text = {0};
	struct fixture f = {0};
	char *a, *b;

	(void)state;
	for (int i = 0; i < 1000; i++)
		buf_addf(&text, "http://example.com/%03d\n", i);
	a = make_file(buf_cstr(&text));
	b = make_file(buf_cstr(&text));
	open_sources(&f, "http://x/", a, b);
	assert_int_equal(input_total(f.in), 0);
	expect_url(&f, 0, "http://x/");
	expect_url(&f, 1, "http://example.com/000");
	assert_int_equal(input_total(f.in), 2001);
	for (int i = 0; i < 1500; i++)
		job_free(input_await(f.in));
	assert_int_equal(input_total(f.in), 2001);
	for (struct job *job; (job = input_await(f.in));)
		job_free(job);
	assert_int_equal(input_total(f.in), 2001);
	close_sources(&f);
	drop_file(a);
	drop_file(b);
	buf_release(&text);
}

static void total_with_a_pipe_is_unknown_until_it_ends(void **state)
{
	struct fixture f = {0};
	char path[32];
	int fds[2];

	(void)state;
	make_pipe(fds, path);
	open_sources(&f, path, "http://x/", NULL);
	put_bytes(fds[1], "a\nb\n");
	expect_url(&f, 0, "a");
	assert_int_equal(input_total(f.in), 0);
	close(fds[1]);
	expect_url(&f, 1, "b");
	expect_url(&f, 2, "http://x/");
	assert_int_equal(input_total(f.in), 3);
	expect_end(&f);
	close_sources(&f);
	close(fds[0]);
}

static void input_may_be_closed_in_the_middle(void **state)
{
	struct fixture f = {0};
	char path[32];
	int fds[2];

	(void)state;
	make_pipe(fds, path);
	open_sources(&f, path, NULL, NULL);
	assert_null(input_next(f.in));
	input_close(f.in);
	put_bytes(fds[1], "a\n");
	loop_step(f.loop, 0);
	assert_int_equal(f.calls, 0);
	loop_close(f.loop);
	close(fds[0]);
	close(fds[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sources_are_read_in_turn),
		cmocka_unit_test(bad_line_has_an_index_and_a_position),
		cmocka_unit_test(empty_file_has_no_requests),
		cmocka_unit_test(each_source_may_begin_with_a_bom),
		cmocka_unit_test(
			line_of_an_open_pipe_becomes_a_request_at_once),
		cmocka_unit_test(pipe_is_read_only_when_asked),
		cmocka_unit_test(named_pipe_without_a_writer_does_not_block),
		cmocka_unit_test(standard_input_may_be_a_file_or_a_pipe),
		cmocka_unit_test(unreadable_source_does_not_stop_the_others),
		cmocka_unit_test(long_list_is_read_in_pieces),
		cmocka_unit_test(total_is_estimated_then_exact),
		cmocka_unit_test(total_with_a_pipe_is_unknown_until_it_ends),
		cmocka_unit_test(input_may_be_closed_in_the_middle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
