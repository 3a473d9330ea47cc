/* cmd/workload/request.c: parsing of requests to the workload server. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "cmd/workload/request.h"
#include "tests/unit/exact_copy.h"

static struct workload_request r;

static bool read_bytes(const char *text, size_t len)
{
	char *copy = exact_copy(text, len);
	const bool complete = workload_request_read(&r, copy, len);

	exact_free(copy);
	return complete;
}

static bool read_text(const char *text)
{
	return read_bytes(text, strlen(text));
}

static unsigned status_of(const char *path)
{
	char *text = xasprintf("GET %s HTTP/1.1\r\nHost: a\r\n\r\n", path);

	assert_true(read_text(text));
	free(text);
	return r.status;
}

static void path_says_kind_number_and_delay(void **state)
{
	(void)state;
	assert_int_equal(status_of("/delay/120/page/17"), 200);
	assert_string_equal(r.kind->name, "page");
	assert_int_equal(r.n, 17);
	assert_true(r.delay == 120);
	assert_true(r.keep);
	assert_false(r.head_only);

	assert_int_equal(status_of("/json/3"), 200);
	assert_string_equal(r.kind->name, "json");
	assert_int_equal(r.n, 3);
	assert_true(r.delay == 0);
}

static void numbers_wrap_around(void **state)
{
	(void)state;
	assert_int_equal(status_of("/small/4294967295"), 200);
	assert_true(r.n < r.kind->count);
	assert_int_equal(r.n, 4294967295 % r.kind->count);
}

static void other_paths_are_not_found(void **state)
{
	static const char *const paths[] = {
		"/", "//", "*", "/page", "/page/", "/page/x", "/page/1/",
		"/page/-1", "/page/4294967296", "/none/1", "/delay",
		"/delay/", "/delay/5", "/delay/5/", "/delay/5/page",
		"/delay/60001/page/1", "/delay//page/1", "/delay/x/page/1",
		"/delay/1/delay/1/page/1", "http://a/page/1",
		"/page/000000000000000000000000000000000000000000000000000000"
		"000000000000000000000000000000000001",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		if (status_of(paths[i]) != 404)
			fail_msg("%s: %u", paths[i], r.status);
		assert_true(r.keep);
	}
}

static void head_and_get_are_distinguished_and_others_refused(void **state)
{
	(void)state;
	assert_true(read_text("HEAD /page/1 HTTP/1.1\r\n\r\n"));
	assert_int_equal(r.status, 200);
	assert_true(r.head_only);
	assert_true(read_text("POST /page/1 HTTP/1.1\r\n\r\n"));
	assert_int_equal(r.status, 405);
	assert_false(r.keep);
}

static void connections_are_kept_unless_something_speaks_against_it(
	void **state)
{
	static const char *const fields[] = {
		"Connection: close", "connection:close", "Content-Length: 5",
		"Transfer-Encoding: chunked",
	};

	(void)state;
	assert_true(read_text("GET /page/1 HTTP/1.1\r\nConnection: keep-alive"
			      "\r\nX-Connection: close\r\n\r\n"));
	assert_true(r.keep);
	assert_true(read_text("GET /page/1 HTTP/1.0\r\n\r\n"));
	assert_false(r.keep);
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		char *text = xasprintf("GET /page/1 HTTP/1.1\r\nA: b\r\n%s\r\n"
				       "\r\n", fields[i]);

		assert_true(read_text(text));
		assert_int_equal(r.status, 200);
		assert_false(r.keep);
		free(text);
	}
}

static void request_ends_where_the_next_begins(void **state)
{
	static const char one[] = "GET /page/1 HTTP/1.1\r\nHost: a\r\n\r\n";
	static const char two[] = "GET /page/1 HTTP/1.1\r\nHost: a\r\n\r\n"
				  "GET /page/2 HTTP/1.1\r\n\r\n";

	(void)state;
	for (size_t len = 0; len < sizeof(one) - 1; len++)
		assert_false(read_bytes(one, len));
	assert_true(read_text(two));
	assert_int_equal(r.len, sizeof(one) - 1);
	assert_int_equal(r.n, 1);
}

static void invalid_http_is_refused(void **state)
{
	static const char *const texts[] = {
		"\x16\x03\x01\x02", "get / HTTP/1.1\r\n\r\n", "GET\r\n\r\n",
		"GET /page/1\r\n\r\n", "GET /page/1 HTTP/2\r\n\r\n",
		"GET /page/1 HTTP/1.1 \r\n\r\n", "\r\n\r\n",
		"GET  HTTP/1.1\r\n\r\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		assert_true(read_text(texts[i]));
		if (r.status != 400)
			fail_msg("%zu: %u", i, r.status);
		assert_int_equal(r.len, strlen(texts[i]));
		assert_false(r.keep);
	}
}

static void request_that_does_not_end_is_refused(void **state)
{
	char *text = xmalloc(WORKLOAD_HEAD_MAX);

	(void)state;
	memset(text, 'A', WORKLOAD_HEAD_MAX);
	assert_false(read_bytes(text, WORKLOAD_HEAD_MAX - 1));
	assert_true(read_bytes(text, WORKLOAD_HEAD_MAX));
	assert_int_equal(r.status, 431);
	assert_false(r.keep);
	free(text);
}

static void random_bytes_do_no_harm(void **state)
{
	static const char alphabet[] = "GET /delay5page1HTTP/1.1\r\n\r\n: \0\xff";
	char text[64];
	unsigned long seed = 1;

	(void)state;
	for (unsigned i = 0; i < 200000; i++) {
		const size_t len = i % sizeof(text);

		for (size_t j = 0; j < len; j++) {
			seed = seed * 6364136223846793005UL + 1442695040888963407UL;
			text[j] = alphabet[(seed >> 33) %
					   (sizeof(alphabet) - 1)];
		}
		if (read_bytes(text, len))
			assert_in_range(r.len, 1, len);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(path_says_kind_number_and_delay),
		cmocka_unit_test(numbers_wrap_around),
		cmocka_unit_test(other_paths_are_not_found),
		cmocka_unit_test(
		  head_and_get_are_distinguished_and_others_refused),
		cmocka_unit_test(
		  connections_are_kept_unless_something_speaks_against_it),
		cmocka_unit_test(request_ends_where_the_next_begins),
		cmocka_unit_test(invalid_http_is_refused),
		cmocka_unit_test(request_that_does_not_end_is_refused),
		cmocka_unit_test(random_bytes_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
