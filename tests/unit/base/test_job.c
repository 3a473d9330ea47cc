#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/job/job.h"
#include "base/mem.h"
#include "tests/unit/heap_blocks.h"

static void first_error_is_kept(void **state)
{
	struct job *job = job_new();

	(void)state;
	assert_int_equal(job->err, ERR_NONE);
	job_fail(job, ERR_DNS, "no %s", "such name");
	job_fail(job, ERR_TIMEOUT, "later");
	assert_int_equal(job->err, ERR_DNS);
	assert_string_equal(job->err_message, "no such name");
	job_free(job);
}

static void a_cleared_result_takes_a_new_error(void **state)
{
	struct job *job = job_new();

	(void)state;
	job_fail(job, ERR_CONNECT, "refused");
	job->res.status = 503;
	job->res.final_url = xstrdup("http://a/");
	buf_addstr(&job->res.body, "busy");
	buf_addstr(&job->res.headers, "a: b\n");
	job_clear_result(job);
	assert_int_equal(job->err, ERR_NONE);
	assert_null(job->err_message);
	assert_int_equal(job->res.status, 0);
	assert_null(job->res.final_url);
	assert_int_equal(job->res.body.len, 0);
	assert_int_equal(job->res.headers.len, 0);
	job_fail(job, ERR_HTTP, "again");
	assert_int_equal(job->err, ERR_HTTP);
	job_free(job);
}

static void a_dropped_response_keeps_status_and_error(void **state)
{
	struct job *job = job_new();

	(void)state;
	job->res.status = 404;
	buf_addstr(&job->res.body, "gone");
	job_fail(job, ERR_STATUS, "404");
	job_drop_response(job);
	assert_null(job->res.body.data);
	assert_int_equal(job->res.status, 404);
	assert_int_equal(job->err, ERR_STATUS);
	job_free(job);
}

static void long_message_is_truncated(void **state)
{
	struct job *job = job_new();
	char text[5000];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	job_fail(job, ERR_INTERNAL, "%s", text);
	assert_in_range(strlen(job->err_message), 500, 4000);
	job_free(job);
}

static struct job *job_that_owns_all(void)
{
	struct job *job = job_new();

	job->req.id = xstrdup("1");
	job->req.url = xstrdup("http://a/");
	job->req.params = xstrdup("a=b");
	job->req.method = xstrdup("PUT");
	buf_addstr(&job->req.body, "body");
	buf_addstr(&job->req.headers, "A: b\n");
	assert_int_equal(url_parse(&job->hop.url, "http://a/", 9, NULL), 0);
	job->hop.addresses = xstrdup("127.0.0.1");
	buf_addstr(&job->res.headers, "A: b\n");
	buf_addstr(&job->res.body, "body");
	job->res.final_url = xstrdup("http://a/");
	buf_addstr(&job->record, "{}\n");
	buf_addstr(&job->found, "\1");
	job_fail(job, ERR_DNS, "x");
	return job;
}

static void freeing_frees_all_it_owns(void **state)
{
	const long before = heap_blocks();

	(void)state;
	job_free(job_that_owns_all());
	assert_int_equal(heap_blocks(), before);
	job_free(NULL);
}

static void every_error_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int a = 0; a < ERR_COUNT; a++) {
		assert_non_null(err_name((enum err)a));
		for (int b = 0; b < a; b++)
			assert_string_not_equal(err_name((enum err)a),
						err_name((enum err)b));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_error_is_kept),
		cmocka_unit_test(a_cleared_result_takes_a_new_error),
		cmocka_unit_test(a_dropped_response_keeps_status_and_error),
		cmocka_unit_test(long_message_is_truncated),
		cmocka_unit_test(freeing_frees_all_it_owns),
		cmocka_unit_test(every_error_has_a_name_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
