/* cmd/stats/progress.c: the line on the terminal. The one test waits for the
 * first drawing, half a second. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"
#include "cmd/stats/progress.h"

static int saved, memory;

static void begin_capture(void)
{
	fflush(NULL);
	saved = dup(STDERR_FILENO);
	memory = memfd_create("captured", 0);
	dup2(memory, STDERR_FILENO);
}

static void end_capture(char *text, size_t size)
{
	const ssize_t len = pread(memory, text, size - 1, 0);

	dup2(saved, STDERR_FILENO);
	close(saved);
	close(memory);
	assert_true(len >= 0);
	text[len] = '\0';
}

static void fill(void *ctx, struct progress_line_view *view, struct buf *hold)
{
	(void)ctx;
	view->in_flight = 64;
	view->total = 2;
	buf_addstr(hold, "a.test: busy");
}

static void progress_line_is_cleared_for_messages_and_totals(void **state)
{
	struct loop *loop = loop_open(LOOP_EPOLL);
	struct stats *st = stats_new(false, 0);
	struct job *job = job_new();
	struct progress *p;
	char text[4096];

	(void)state;
	begin_capture();
	p = progress_open(loop, st);
	log_warn("one");	/* no line has been drawn yet */
	job->res.status = 404;
	job->bytes = 7;
	stats_add(st, job);
	progress_set_source(p, fill, NULL);
	/* Waits until more than the message has been written. */
	while (lseek(memory, 0, SEEK_CUR) <= (off_t)strlen("scrape: one\n"))
		loop_step(loop, clock_now() + 600);
	log_warn("two");
	log_warn("three");	/* the line has been removed already */
	progress_close(p);
	log_warn("four");
	end_capture(text, sizeof(text));
	assert_ptr_equal(strstr(text, "scrape: one\n\r  1 of 2  "), text);
	/* There are 80 columns: standard error is a file. */
	assert_non_null(strstr(text, "/s  0 errors  1 bad status  "));
	assert_non_null(strstr(text, "  a.test: busy\033[K"
				     "\r\033[Kscrape: two\nscrape: three\n"
				     "\r  1 done in "));
	assert_non_null(strstr(text, "  7 B  0 errors  1 bad status\033[K\n"
				     "scrape: four\n"));
	job_free(job);
	stats_free(st);
	loop_close(loop);
}

static void short_run_shows_only_its_totals(void **state)
{
	struct loop *loop = loop_open(LOOP_EPOLL);
	struct stats *st = stats_new(false, 0);
	char text[4096];

	(void)state;
	begin_capture();
	progress_close(progress_open(loop, st));
	progress_close(NULL);
	progress_set_source(NULL, fill, NULL);
	progress_clear();
	end_capture(text, sizeof(text));
	assert_ptr_equal(strstr(text, "\r  0 done in "), text);
	assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
	stats_free(st);
	loop_close(loop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			progress_line_is_cleared_for_messages_and_totals),
		cmocka_unit_test(short_run_shows_only_its_totals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
