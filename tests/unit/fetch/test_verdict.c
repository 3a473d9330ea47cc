/* fetch/verdict.c, redirect.c, retry.c, request.c: the step after a hop: the
 * result, a redirect or a retry. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/job/headers.h"
#include "base/mem.h"
#include "fetch/fetch.h"
#include "fetch/retry.h"

static struct fetch_config config(void)
{
	return (struct fetch_config){
		.proto_default = "https",
		.user_agent = "test",
		.connect_timeout = 10e3,
		.max_time = 30e3,
		.retry = 2,
		.retry_max_time = 60e3,
		.max_redirs = 3,
		.max_filesize = 1 << 20,
	};
}

static struct job *job_for(const char *url, const struct fetch_config *c)
{
	struct job *job = job_new();

	job->req.url = xstrdup(url);
	fetch_prepare(job, c);
	if (!job->err)
		fetch_begin(job, c, 1000);
	return job;
}

static void reply(struct job *job, int status, const char *header)
{
	job->res.status = status;
	if (header)
		headers_add_line(&job->res.headers, header, strlen(header));
}

static enum verdict verdict_at(struct job *job, const struct fetch_config *c,
			       msec now, struct host_pause *pause)
{
	const struct verdict_context at = {now, 1700000000, 0.5, 4000};

	return fetch_verdict(job, c, &at, pause);
}

static enum verdict verdict(struct job *job, const struct fetch_config *c)
{
	struct host_pause pause;
	const enum verdict v = verdict_at(job, c, 2000, &pause);

	free(pause.host);
	return v;
}

static void a_line_without_a_scheme_means_https(void **state)
{
	static const struct {
		const char *given, *href;
	} cases[] = {
		{"example.com", "https://example.com/"},
		{"example.com:8080/x", "https://example.com:8080/x"},
		{"localhost:80", "https://localhost:80/"},
		{"//example.com/a", "https://example.com/a"},
		{"HTTP://EXAMPLE.com", "http://example.com/"},
		{"example.com/?u=http://x/", "https://example.com/?u=http://x/"},
		{"[::1]:8/", "https://[::1]:8/"},
		{"user:pw@example.com/", NULL},
	};
	const struct fetch_config c = config();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct job *job = job_for(cases[i].given, &c);

		if (cases[i].href)
			assert_string_equal(job->hop.url.href, cases[i].href);
		else
			assert_int_equal(job->err, ERR_BLOCKED);
		job_free(job);
	}
}

static void url_that_cannot_be_fetched_fails_at_once(void **state)
{
	static const struct {
		const char *given;
		enum err err;
	} cases[] = {
		{"http:///", ERR_URL},
		{"http://", ERR_URL},
		{"http://?q", ERR_URL},
		{"http://a b/", ERR_URL},
		{"http://x:99999/", ERR_URL},
		{"http://[::1/", ERR_URL},
		{"javascript:alert(1)", ERR_BLOCKED},
		{"ftp://example.com/", ERR_BLOCKED},
		{"file:///etc/passwd", ERR_BLOCKED},
		{"data:text/html,x", ERR_BLOCKED},
		{"mailto:a@b", ERR_BLOCKED},
		{"gopher://example.com/", ERR_BLOCKED},
	};
	const struct fetch_config c = config();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct job *job = job_for(cases[i].given, &c);

		if (job->err != cases[i].err)
			fail_msg("%s: %s", cases[i].given,
				 err_name(job->err));
		assert_non_null(job->err_message);
		job_free(job);
	}
}

static void params_go_to_the_query(void **state)
{
	const struct fetch_config c = config();
	struct job *job = job_new();

	(void)state;
	job->req.url = xstrdup("http://h/p?a=1#f");
	job->req.params = xstrdup("b=2&c=3");
	fetch_prepare(job, &c);
	assert_string_equal(job->hop.url.href, "http://h/p?a=1&b=2&c=3#f");
	job_free(job);
}

static void success_needs_no_further_hop(void **state)
{
	const struct fetch_config c = config();
	struct job *job = job_for("http://h/", &c);

	(void)state;
	reply(job, 200, NULL);
	assert_int_equal(verdict(job, &c), VERDICT_DONE);
	assert_int_equal(job->attempts, 1);
	job_free(job);
}

static void redirects_change_the_method_as_browsers_do(void **state)
{
	static const struct {
		int status;
		const char *method, *after;
		bool body_after;
	} cases[] = {
		{301, "GET", "GET", false},  {301, "POST", "GET", false},
		{301, "PUT", "PUT", true},   {302, "POST", "GET", false},
		{302, "HEAD", "HEAD", false}, {303, "POST", "GET", false},
		{303, "PUT", "GET", false},  {303, "HEAD", "HEAD", false},
		{307, "POST", "POST", true}, {308, "POST", "POST", true},
		{307, "DELETE", "DELETE", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct fetch_config c = config();
		struct job *job;

		c.method = cases[i].method;
		if (strcmp(c.method, "GET") && strcmp(c.method, "HEAD")) {
			c.body = "x";
			c.body_len = 1;
		}
		job = job_for("http://h/", &c);
		reply(job, cases[i].status, "Location: /b");
		assert_int_equal(verdict(job, &c), VERDICT_AGAIN);
		assert_string_equal(job->hop.url.href, "http://h/b");
		assert_string_equal(job->hop.method, cases[i].after);
		assert_int_equal(job->hop.body.p != NULL,
				 cases[i].body_after);
		assert_true(job->again);
		job_free(job);
	}
}

static void credentials_stay_at_the_first_origin(void **state)
{
	static const struct {
		const char *from, *to, *href;
		bool no_credentials;
	} cases[] = {
		{"http://h/", "/b", "http://h/b", false},
		{"http://h/", "http://H:80/b", "http://h/b", false},
		{"http://h/", "http://h:81/", "http://h:81/", true},
		{"http://h/", "https://h/", "https://h/", true},
		{"http://h/", "http://i/", "http://i/", true},
		{"http://h/", "//example.com\\@h/", "http://example.com/@h/",
		 true},
		{"http://u:p@h/", "/b", "http://u:p@h/b", false},
		{"http://u:p@h/", "http://i/", "http://i/", true},
	};
	const struct fetch_config c = config();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct job *job = job_for(cases[i].from, &c);
		char *line = xasprintf("Location: %s", cases[i].to);

		reply(job, 302, line);
		assert_int_equal(verdict(job, &c), VERDICT_AGAIN);
		assert_string_equal(job->hop.url.href, cases[i].href);
		assert_int_equal(job->hop.no_credentials,
				 cases[i].no_credentials);
		free(line);
		job_free(job);
	}
}

static void credentials_are_not_sent_after_returning_to_the_origin(void **state)
{
	const struct fetch_config c = config();
	struct job *job = job_for("http://h/", &c);

	(void)state;
	reply(job, 302, "Location: http://evil/");
	assert_int_equal(verdict(job, &c), VERDICT_AGAIN);
	fetch_begin(job, &c, 2000);
	reply(job, 302, "Location: http://h/");
	assert_int_equal(verdict(job, &c), VERDICT_AGAIN);
	assert_true(job->hop.no_credentials);
	job_free(job);
}

static void a_redirect_to_nowhere_is_an_error(void **state)
{
	static const struct {
		const char *header;
		enum err err;
	} cases[] = {
		{NULL, ERR_REDIRECTS},
		{"Location:", ERR_REDIRECTS},
		{"Location: http://", ERR_REDIRECTS},
		{"Location: http://a b/", ERR_REDIRECTS},
		{"Location: file:///etc/passwd", ERR_BLOCKED},
		{"Location: javascript:alert(1)", ERR_BLOCKED},
		{"Location: ftp://h/", ERR_BLOCKED},
		{"Location: data:,x", ERR_BLOCKED},
	};
	const struct fetch_config c = config();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct job *job = job_for("http://h/", &c);

		reply(job, 302, cases[i].header);
		assert_int_equal(verdict(job, &c), VERDICT_DONE);
		assert_int_equal(job->err, cases[i].err);
		assert_int_equal(job->res.status, 302);
		job_free(job);
	}
}

/* Redirects a URL with a login, and compares the login that the target gets;
 * NULL if there is none. */
static void expect_login(const char *url, const char *location,
			 const char *user, const char *password)
{
	const struct fetch_config c = config();
	struct job *job = job_for(url, &c);
	struct slice got;

	reply(job, 302, location);
	assert_int_equal(verdict(job, &c), VERDICT_AGAIN);
	got = url_username(&job->hop.url);
	assert_int_equal(got.len, strlen(user));
	assert_memory_equal(got.p, user, got.len);
	got = url_password(&job->hop.url);
	assert_int_equal(got.len, strlen(password));
	assert_memory_equal(got.p, password, got.len);
	job_free(job);
}

static void login_of_a_url_is_kept_inside_its_origin(void **state)
{
	(void)state;
	expect_login("http://me:pw@a.example/x", "Location: /y", "me", "pw");
	expect_login("http://me@a.example/x", "Location: http://a.example/",
		     "me", "");
	expect_login("http://:pw@a.example/x", "Location: y#f", "", "pw");
	/* The target's URL has a login of its own. */
	expect_login("http://me:pw@a.example/x",
		     "Location: http://you@a.example/", "you", "");
	expect_login("http://me:pw@a.example/x",
		     "Location: http://:other@a.example/", "", "other");
	expect_login("http://me:pw@a.example/x", "Location: http://b.example/",
		     "", "");
	expect_login("http://me:pw@a.example/x", "Location: https://a.example/",
		     "", "");
	expect_login("http://a.example/x", "Location: /y", "", "");
}

static void login_is_not_sent_after_returning_to_its_origin(void **state)
{
	const struct fetch_config c = config();
	struct job *job = job_for("http://me:pw@a.example/x", &c);

	(void)state;
	reply(job, 302, "Location: http://b.example/");
	assert_int_equal(verdict(job, &c), VERDICT_AGAIN);
	reply(job, 302, "Location: http://a.example/");
	assert_int_equal(verdict(job, &c), VERDICT_AGAIN);
	reply(job, 302, "Location: /y");
	assert_int_equal(verdict(job, &c), VERDICT_AGAIN);
	assert_string_equal(job->hop.url.href, "http://a.example/y");
	assert_true(job->hop.no_credentials);
	job_free(job);
}

/* fetch_is_final() is called before the time is known. */
static void results_are_final_or_lead_to_another_hop(void **state)
{
	static const struct {
		int status;
		const char *header;
		enum err err;
		bool cancelled;
		unsigned attempts;
		bool is_final, is_done;
	} rows[] = {
		{200, NULL, ERR_NONE, false, 1, true, true},
		{404, NULL, ERR_NONE, false, 1, true, true},
		{200, "Content-Length: words", ERR_NONE, false, 1, false, true},
		{302, "Location: /y", ERR_NONE, false, 1, false, false},
		{302, "Location: /y", ERR_NONE, true, 1, true, true},
		{503, NULL, ERR_NONE, false, 1, false, false},
		{503, NULL, ERR_NONE, false, 3, true, true},
		{0, NULL, ERR_TLS, false, 1, true, true},
		{0, NULL, ERR_CANCELLED, true, 1, true, true},
	};
	const struct fetch_config c = config();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct job *job = job_for("http://a.example/", &c);

		assert_int_equal(job->err, ERR_NONE);
		reply(job, rows[i].status, rows[i].header);
		job->cancelled = rows[i].cancelled;
		job->attempts = rows[i].attempts;
		if (rows[i].err)
			job_fail(job, rows[i].err, "it failed");
		assert_int_equal(fetch_is_final(job, &c), rows[i].is_final);
		assert_int_equal(verdict(job, &c) == VERDICT_DONE,
				 rows[i].is_done);
		job_free(job);
	}
}

static void redirects_are_counted(void **state)
{
	const struct fetch_config c = config();
	struct job *job = job_for("http://h/#f", &c);

	(void)state;
	for (unsigned i = 0; i < c.max_redirs; i++) {
		reply(job, 302, "Location: /again");
		assert_int_equal(verdict(job, &c), VERDICT_AGAIN);
		assert_string_equal(job->hop.url.href, "http://h/again#f");
		fetch_begin(job, &c, 2000);
	}
	reply(job, 302, "Location: /again");
	assert_int_equal(verdict(job, &c), VERDICT_DONE);
	assert_int_equal(job->err, ERR_REDIRECTS);
	assert_int_equal(job->attempts, 1);
	job_free(job);
}

static void without_redirects_a_3xx_is_the_result(void **state)
{
	struct fetch_config c = config();
	struct job *job;

	(void)state;
	c.max_redirs = 0;
	job = job_for("http://h/", &c);
	reply(job, 302, "Location: /b");
	assert_int_equal(verdict(job, &c), VERDICT_DONE);
	assert_int_equal(job->err, ERR_NONE);
	job_free(job);
}

static void max_time_runs_over_hops_but_not_in_the_schedule(void **state)
{
	struct fetch_config c = config();
	struct host_pause pause;
	struct job *job;

	(void)state;
	c.max_time = 5000;
	job = job_for("http://h/", &c);	/* the first attempt began at 1000 */
	reply(job, 302, "Location: /b");
	assert_int_equal(verdict_at(job, &c, 4000, &pause), VERDICT_AGAIN);
	fetch_begin(job, &c, 100e3);
	assert_true(job->deadline == 102e3);
	reply(job, 302, "Location: /b");
	assert_int_equal(verdict_at(job, &c, 103e3, &pause), VERDICT_DONE);
	assert_int_equal(job->err, ERR_TIMEOUT);
	job_free(job);
}

static void idempotent_requests_are_retried(void **state)
{
	const struct fetch_config c = config();
	struct host_pause pause;
	struct job *job = job_for("http://h/", &c);

	(void)state;
	reply(job, 503, NULL);
	assert_int_equal(verdict_at(job, &c, 2000, &pause), VERDICT_AGAIN);
	assert_null(pause.host);
	assert_true(job->not_before == 2000 + 250);
	fetch_begin(job, &c, 2250);
	job_fail(job, ERR_CONNECT, "refused");
	job->temporary = true;
	assert_int_equal(verdict_at(job, &c, 3000, &pause), VERDICT_AGAIN);
	assert_int_equal(job->err, ERR_NONE);
	assert_true(job->not_before == 3000 + 500);
	fetch_begin(job, &c, 3500);
	reply(job, 500, NULL);
	assert_int_equal(verdict_at(job, &c, 4000, &pause), VERDICT_DONE);
	assert_int_equal(job->attempts, 3);
	assert_int_equal(job->res.status, 500);
	job_free(job);
}

static void post_is_never_retried(void **state)
{
	struct fetch_config c = config();
	struct host_pause pause;
	struct job *job;

	(void)state;
	c.body = "x";
	c.body_len = 1;
	job = job_for("http://h/", &c);
	reply(job, 503, "Retry-After: 1");
	assert_int_equal(verdict_at(job, &c, 2000, &pause), VERDICT_DONE);
	/* The job is done, but the host is paused. */
	assert_string_equal(pause.host, "h");
	assert_true(pause.until == 3000);
	free(pause.host);
	job_free(job);
}

static void permanent_errors_are_not_retried(void **state)
{
	const struct fetch_config c = config();
	struct job *job = job_for("http://h/", &c);

	(void)state;
	job_fail(job, ERR_TLS, "certificate");
	assert_int_equal(verdict(job, &c), VERDICT_DONE);
	job_free(job);
	job = job_for("http://h/", &c);
	reply(job, 404, NULL);
	assert_int_equal(verdict(job, &c), VERDICT_DONE);
	job_free(job);
}

static void retry_after_holds_back_the_host(void **state)
{
	static const struct {
		int status;
		const char *header;
		msec wait;
	} cases[] = {
		{503, "Retry-After: 5", 5000},
		{429, "Retry-After: 5", 5000},
		{429, "Retry-After: Tue, 14 Nov 2023 22:13:30 GMT", 10000},
		{429, NULL, 4000},
		{429, "Retry-After: soon", 4000},
	};
	const struct fetch_config c = config();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct job *job = job_for("http://h/", &c);
		struct host_pause pause;

		reply(job, cases[i].status, cases[i].header);
		assert_int_equal(verdict_at(job, &c, 2000, &pause),
				 VERDICT_AGAIN);
		assert_string_equal(pause.host, "h");
		assert_true(pause.until == 2000 + cases[i].wait);
		assert_true(job->not_before == pause.until);
		free(pause.host);
		job_free(job);
	}
}

static void retry_after_beyond_the_limit_is_not_waited_for(void **state)
{
	const struct fetch_config c = config();
	struct job *job = job_for("http://h/", &c);
	struct host_pause pause;

	(void)state;
	reply(job, 503, "Retry-After: 86400");
	assert_int_equal(verdict_at(job, &c, 2000, &pause), VERDICT_DONE);
	assert_int_equal(job->res.status, 503);
	assert_int_equal(job->err, ERR_NONE);
	assert_true(pause.until == 2000 + BUSY_PAUSE);
	free(pause.host);
	job_free(job);
}

/* Retry-After pauses the host even if this job is not retried, because other
 * requests to the host may have time left. */
static void retry_after_holds_the_host_even_without_a_retry(void **state)
{
	const struct fetch_config c = config();
	struct job *job = job_for("http://h/", &c);
	struct host_pause pause;

	(void)state;
	reply(job, 429, NULL);
	assert_int_equal(verdict_at(job, &c, 59000, &pause), VERDICT_DONE);
	assert_true(pause.until == 63000);
	free(pause.host);
	job_free(job);
}

static void back_off_doubles_up_to_its_limit(void **state)
{
	(void)state;
	assert_true(retry_back_off(1, 1) == 500);
	assert_true(retry_back_off(2, 1) == 1000);
	assert_true(retry_back_off(3, 0.5) == 1000);
	assert_true(retry_back_off(100, 1) == 30000);
	assert_true(retry_back_off(5, 0) == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_without_a_scheme_means_https),
		cmocka_unit_test(url_that_cannot_be_fetched_fails_at_once),
		cmocka_unit_test(params_go_to_the_query),
		cmocka_unit_test(success_needs_no_further_hop),
		cmocka_unit_test(redirects_change_the_method_as_browsers_do),
		cmocka_unit_test(credentials_stay_at_the_first_origin),
		cmocka_unit_test(
			credentials_are_not_sent_after_returning_to_the_origin),
		cmocka_unit_test(a_redirect_to_nowhere_is_an_error),
		cmocka_unit_test(login_of_a_url_is_kept_inside_its_origin),
		cmocka_unit_test(
			login_is_not_sent_after_returning_to_its_origin),
		cmocka_unit_test(results_are_final_or_lead_to_another_hop),
		cmocka_unit_test(redirects_are_counted),
		cmocka_unit_test(without_redirects_a_3xx_is_the_result),
		cmocka_unit_test(
			max_time_runs_over_hops_but_not_in_the_schedule),
		cmocka_unit_test(idempotent_requests_are_retried),
		cmocka_unit_test(post_is_never_retried),
		cmocka_unit_test(permanent_errors_are_not_retried),
		cmocka_unit_test(retry_after_holds_back_the_host),
		cmocka_unit_test(
			retry_after_beyond_the_limit_is_not_waited_for),
		cmocka_unit_test(
			retry_after_holds_the_host_even_without_a_retry),
		cmocka_unit_test(back_off_doubles_up_to_its_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
