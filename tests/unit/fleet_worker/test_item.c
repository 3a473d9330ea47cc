#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/fleet_worker/item.h"
#include "fetch/fetch.h"

static const struct fetch_config config = {
	.proto_default = "https",
	.max_redirs = 10,
	.max_time = 30e3,
};

static struct job *job_of(const char *url)
{
	struct job *job = job_new();

	job->req.index = 7;
	job->req.url = xstrdup(url);
	return job;
}

/* Packs the job at one time, unpacks the text at another, and frees the job. */
static struct job *travel(struct job *job, msec from, msec to)
{
	struct buf text = {0};
	struct job *arrived;

	item_pack(&text, job, from);
	arrived = item_unpack(slice_of(&text), &config, to);
	buf_release(&text);
	job_free(job);
	return arrived;
}

static void assert_host(const struct job *job, const char *host)
{
	const struct slice is = item_host(job);

	assert_int_equal(is.len, strlen(host));
	assert_memory_equal(is.p, host, is.len);
}

static void new_request_arrives_as_it_was_and_counts_as_from_a_public_server(
	void **state)
{
	struct job *job = job_of("a.example/x");

	(void)state;
	job->req.id = xstrdup("\"i\"");
	job->req.method = xstrdup("PUT");
	job->req.has_body = true;
	buf_add(&job->req.body, "a\0b", 3);
	buf_addstr(&job->req.headers, "A: b\n");
	job->req.priority = -3;
	job = travel(job, 5, 1e9);
	assert_non_null(job);
	assert_int_equal(job->req.index, 7);
	assert_string_equal(job->req.url, "a.example/x");
	assert_string_equal(job->req.id, "\"i\"");
	assert_string_equal(job->req.method, "PUT");
	assert_true(job->req.has_body);
	assert_int_equal(job->req.body.len, 3);
	assert_memory_equal(job->req.body.data, "a\0b", 3);
	assert_string_equal(buf_cstr(&job->req.headers), "A: b\n");
	assert_int_equal(job->req.priority, -3);
	assert_true(job->req.from_public);
	assert_false(job->again);
	assert_int_equal(item_fingerprint(job), 7);
	fetch_prepare(job, &config);
	assert_host(job, "a.example");
	job_free(job);
}

static void role_that_no_fleet_has_is_left_out(void **state)
{
	const char text[] = "u17:http://a.example/r10:4000000000";
	struct job *job = item_unpack((struct slice){text, strlen(text)},
				      &config, 0);

	(void)state;
	assert_non_null(job);
	assert_int_equal(job->req.role, 0);
	job_free(job);
}

static void line_that_is_no_request_keeps_its_error(void **state)
{
	struct job *job = job_of("two words");

	(void)state;
	job_fail(job, ERR_INPUT, "a URL has no blanks");
	job = travel(job, 0, 0);
	assert_non_null(job);
	assert_int_equal(job->err, ERR_INPUT);
	assert_string_equal(job->err_message, "a URL has no blanks");
	assert_host(job, ITEM_NO_HOST);
	job_free(job);
}

static void redirected_request_goes_on_with_its_next_hop(void **state)
{
	struct job *job = job_of("http://a.example/");

	(void)state;
	job->req.has_body = true;
	buf_addstr(&job->req.body, "b");
	fetch_prepare(job, &config);
	fetch_begin(job, &config, 1000);
	/* Set up the next hop as fetch_verdict() does for a redirect with
	 * status 303. */
	url_release(&job->hop.url);
	assert_int_equal(url_parse(&job->hop.url, "http://b.example./y", 19,
				   NULL), 0);
	job->hop.method = "GET";
	job->hop.body = (struct slice){0};
	job->hop.redirects = 1;
	job->hop.no_credentials = true;
	buf_addstr(&job->hop.chain, "{}");
	job->deadline = 29e3;
	job = travel(job, 2000, 500e3);
	assert_non_null(job);
	assert_string_equal(job->hop.url.href, "http://b.example./y");
	assert_string_equal(job->hop.method, "GET");
	assert_null(job->hop.body.p);
	assert_true(job->hop.no_credentials);
	assert_int_equal(job->hop.redirects, 1);
	assert_string_equal(buf_cstr(&job->hop.chain), "{}");
	assert_int_equal(job->attempts, 1);
	assert_true(job->again);
	assert_true(job->deadline == 29e3);
	assert_true(job->first_start == 499e3);
	assert_host(job, "b.example");
	assert_int_not_equal(item_fingerprint(job), 7);
	job_free(job);
}

static void retry_waits_for_the_rest_of_its_back_off(void **state)
{
	struct job *job = job_of("http://a.example/");

	(void)state;
	fetch_prepare(job, &config);
	fetch_begin(job, &config, 1000);
	job->not_before = 5000;
	job = travel(job, 2000, 100e3);
	assert_non_null(job);
	assert_true(job->not_before == 103e3);
	assert_int_equal(job->attempts, 1);
	job_free(job);
}

static void damaged_texts_are_refused(void **state)
{
	static const char *const texts[] = {
		"", "u", "u1", "u9:a", "u:", "u1:ai1:x", "u1:ai21:"
		"184467440737095516160", "u1:a8:1:1", "i1:1",
		"u19:http://a.example/x/81:1", "u1:ae3:999",
		"u99999999999999999999:a", "u1:ay1:2",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_null(item_unpack((struct slice){texts[i],
						       strlen(texts[i])},
					&config, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			new_request_arrives_as_it_was_and_counts_as_from_a_public_server),
		cmocka_unit_test(role_that_no_fleet_has_is_left_out),
		cmocka_unit_test(line_that_is_no_request_keeps_its_error),
		cmocka_unit_test(redirected_request_goes_on_with_its_next_hop),
		cmocka_unit_test(retry_waits_for_the_rest_of_its_back_off),
		cmocka_unit_test(damaged_texts_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
