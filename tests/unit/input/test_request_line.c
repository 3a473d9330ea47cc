/* cmd/input/request_line.c and the files that it uses: from a line to a job. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cmd/input/input.h"
#include "cmd/input/request_line.h"

static const struct strings no_headers;
static const struct line_ref here = {.source = "urls.txt", .number = 3};

static struct job *read_bytes(const char *s, size_t len,
			      const struct strings *headers)
{
	const struct line line = {.text = {s, len}, .number = 3};

	return request_from_line(&line, here, headers);
}

static struct job *read_line(const char *s)
{
	return read_bytes(s, strlen(s), &no_headers);
}

static struct job *read_good(const char *s)
{
	struct job *job = read_line(s);

	if (job->err)
		fail_msg("%s: %s", s, job->err_message);
	return job;
}

/* Checks that a line is refused. message: the text after "line 3 of urls.txt:
 * ". */
static void expect_error(const char *s, const char *message)
{
	struct job *job = read_line(s);
	char *whole = xasprintf("line 3 of urls.txt: %s", message);

	assert_int_equal(job->err, ERR_INPUT);
	assert_string_equal(job->err_message, whole);
	assert_string_equal(job->req.url, s);
	assert_null(job->req.method);
	assert_null(job->req.params);
	assert_int_equal(job->req.headers.len, 0);
	assert_false(job->req.has_body);
	free(whole);
	job_free(job);
}

/* Compares the headers of the request {"url":"u", MEMBERS}. */
static void expect_headers(const char *members, const char *const *lines,
			   size_t len, const char *expected)
{
	const struct strings headers = {(const char **)(uintptr_t)lines, len};
	char *s = xasprintf("{\"url\":\"u\",%s}", members);
	struct job *job = read_bytes(s, strlen(s), &headers);

	if (job->err)
		fail_msg("%s: %s", s, job->err_message);
	assert_string_equal(buf_cstr(&job->req.headers), expected);
	job_free(job);
	free(s);
}

static void expect_params(const char *params, const char *expected)
{
	char *s = xasprintf("{\"url\":\"u\",\"params\":%s}", params);
	struct job *job = read_good(s);

	if (expected)
		assert_string_equal(job->req.params, expected);
	else
		assert_null(job->req.params);
	job_free(job);
	free(s);
}

static void plain_line_is_the_url(void **state)
{
	struct job *job = read_good("example.com/a b?\xc3\xa9");

	(void)state;
	assert_string_equal(job->req.url, "example.com/a b?\xc3\xa9");
	assert_null(job->req.id);
	assert_null(job->req.method);
	assert_false(job->req.has_body);
	assert_int_equal(job->req.headers.len, 0);
	job_free(job);
}

static void line_that_cannot_be_a_url_is_an_error(void **state)
{
	static const char quote[] = "begins with a quote; give a URL without "
				    "quotes, or {\"url\": ...}",
			  json[] = "neither a URL nor a JSON object; give "
				   "{\"url\": ...}, one object per line",
			  before[] = "text before the URL; give the URL alone",
			  behind[] = "text after the URL, behind a tab; give "
				     "one URL per line, or {\"url\": ..., "
				     "\"id\": ...}",
			  row[] = "not a URL: a host has no commas, semicolons "
				  "or spaces (for a table with a column of URLs: "
				  "--input-format csv; for scrape crawl: the "
				  "column alone)";

	(void)state;
	expect_error("\"http://a/\"", quote);
	expect_error("\"url\": \"http://a/\",", quote);
	expect_error("\"", quote);
	expect_error("'http://a/'", quote);
	expect_error("[\"http://a/\"]", json);
	expect_error("[", json);
	expect_error("[]", json);
	expect_error("[1, 2]", json);
	expect_error("[1,2]", json);
	expect_error("[1]", json);
	expect_error("[1.5]:", json);
	expect_error("[12", json);
	expect_error("[{\"url\": \"http://a/\"}]", json);
	expect_error("]", json);
	expect_error("},", json);
	expect_error(",{\"url\":\"http://a/\"}", json);
	expect_error("1,https://a/", before);
	expect_error("- https://a/", before);
	expect_error("see http://a/", before);
	expect_error("https://a/b\t2", behind);
	expect_error("https://a/b\thttps://a/c", behind);
	expect_error("a.example\t", behind);
	expect_error("id,url,name", row);
	expect_error("a,b", row);
	expect_error("See the list of", row);
	expect_error("<p>see</p>", json);
}

static void line_that_may_be_a_url_is_left_to_the_parser(void **state)
{
	static const char *const lines[] = {
		"[::1]:8080/x",
		"[::ffff:1.2.3.4]",
		"[::1",
		"[2001:db8::1]",
		"a.example/'\"[]{},",
		"a.example/?u=http://b/,https://c/",
		"a.example#://",
		"http://'a'/",
		"http://a,b/",
		"view+x.y://a",
		"://a",
		"//a/",
		"a.example?a,b c",
		"https://a/b c.html",
		"a:b@c/",
		"user:p,w@a/",
		"a.example\\a,b",
		"data:,x y",
		"mailto:a,b",
		"tel:+1 555",
		"us,er@a/",
		"a.example:80,b",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct job *job = read_good(lines[i]);

		assert_string_equal(job->req.url, lines[i]);
		job_free(job);
	}
}

static void bytes_that_are_not_utf8_are_an_error(void **state)
{
	struct job *job = read_line("http://a/\xff\xc3(");

	(void)state;
	assert_int_equal(job->err, ERR_INPUT);
	assert_string_equal(job->err_message,
			    "line 3 of urls.txt: invalid UTF-8");
	assert_string_equal(job->req.url,
			    "http://a/\xef\xbf\xbd\xef\xbf\xbd(");
	job_free(job);
	job = read_line("{\"url\":\"\xff\",\"id\":1}");
	assert_int_equal(job->err, ERR_INPUT);
	job_free(job);
}

static void nul_in_a_line_is_an_error(void **state)
{
	struct job *job = read_bytes("a\0b", 3, &no_headers);

	(void)state;
	assert_int_equal(job->err, ERR_INPUT);
	assert_string_equal(job->req.url, "a\xef\xbf\xbd" "b");
	job_free(job);
}

static void url_of_a_bad_line_is_cut_between_characters(void **state)
{
	char line[3002];
	struct job *job;

	(void)state;
	line[0] = '{';
	for (size_t i = 1; i < sizeof(line) - 1; i += 3)
		memcpy(line + i, "\xe2\x82\xac", 3);
	line[sizeof(line) - 1] = '\0';
	job = read_line(line);
	assert_int_equal(job->err, ERR_INPUT);
	assert_int_equal(strlen(job->req.url), 1 + 682 * 3);
	assert_memory_equal(job->req.url, line, 1 + 682 * 3);
	job_free(job);
}

static void line_too_long_is_one_error(void **state)
{
	struct line line = {
		.text = {"{\"url\":", 7}, .number = 3, .too_long = true,
	};
	struct job *job = request_from_line(&line, here, &no_headers);
	char text[LINES_CUT];

	(void)state;
	assert_string_equal(job->err_message,
			    "line 3 of urls.txt: longer than 16 MB");
	assert_string_equal(job->req.url, "{\"url\":");
	job_free(job);
	/* The limit cuts no character: 3 bytes and 511 characters of 4 bytes
	 * fit exactly. */
	memcpy(text, "xyz", 3);
	for (size_t i = 3; i < sizeof(text) - 1; i += 4)
		memcpy(text + i, "\xf0\x9f\x98\x80", 4);
	line.text = (struct slice){text, sizeof(text) - 1};
	job = request_from_line(&line, here, &no_headers);
	assert_int_equal(strlen(job->req.url), 2047);
	assert_memory_equal(job->req.url, text, 2047);
	job_free(job);
	line.text = (struct slice){"http", 4};
	job = request_from_line(&line, here, &no_headers);
	assert_string_equal(job->err_message,
			    "line 3 of urls.txt: longer than 1 MB");
	job_free(job);
}

static void url_of_the_command_line_is_never_json(void **state)
{
	const char *s = "{\"url\":\"http://a/\"}";
	const struct line_ref place = {.source = "command line"};
	struct job *job;

	(void)state;
	job = request_from_url((struct slice){s, strlen(s)}, place);
	assert_string_equal(job->err_message, "command line: JSON requests are "
			    "read from files and standard input");
	assert_string_equal(job->req.url, s);
	job_free(job);
	job = request_from_url((struct slice){"a://\xff", 5}, place);
	assert_string_equal(job->err_message, "command line: invalid UTF-8");
	job_free(job);
}

static void every_key_of_an_object_is_read(void **state)
{
	struct job *job = read_good(
		" {\"url\" : \"http:\\/\\/a\\/\\u00e9\", \"method\":\"PUT\","
		"\"headers\":{\"X-A\":\"1\"},\"params\":{\"q\":1},"
		"\"body\":\"x\\u0000y\",\"id\":{\"a\": [1.10, null]},"
		"\"priority\":-5,\"max_time\":2.5} " + 1);

	(void)state;
	assert_string_equal(job->req.url, "http://a/\xc3\xa9");
	assert_string_equal(job->req.method, "PUT");
	assert_string_equal(buf_cstr(&job->req.headers), "X-A: 1\n");
	assert_string_equal(job->req.params, "q=1");
	assert_true(job->req.has_body);
	assert_int_equal(job->req.body.len, 3);
	assert_memory_equal(job->req.body.data, "x\0y", 3);
	assert_string_equal(job->req.id, "{\"a\":[1.10,null]}");
	assert_int_equal(job->req.priority, -5);
	assert_true(job->req.max_time == 2500.0);
	job_free(job);
}

static void timetable_of_a_request_is_read(void **state)
{
	struct job *job = read_good("{\"url\":\"u\",\"every\":\"10m\"}");

	(void)state;
	assert_int_equal(job->req.timetable.every, 600000);
	job_free(job);
	job = read_good("{\"url\":\"u\",\"at\":\"mon 06:30\"}");
	assert_true(job->req.timetable.has_at);
	assert_int_equal(job->req.timetable.minute, 390);
	assert_int_equal(job->req.timetable.weekday, 1);
	job_free(job);
	expect_error("{\"url\":\"u\",\"every\":10}",
		     "\"every\" must be an interval like \"10m\"");
	expect_error("{\"url\":\"u\",\"every\":\"10\"}",
		     "\"every\": not an interval; give a number and a unit, up "
		     "to a year: 30s, 10m, 1h, 1d or 1w");
	expect_error("{\"url\":\"u\",\"at\":\"6.30\"}",
		     "\"at\": not a time; give one like 06:30, or mon 06:30");
	expect_error("{\"url\":\"u\",\"at\":\"06:30\",\"every\":\"1d\"}",
		     "\"every\" and \"at\" cannot be combined");
}

static void key_may_be_written_with_escapes(void **state)
{
	struct job *job = read_good("{\"\\u0075rl\":\"u\"}");

	(void)state;
	assert_string_equal(job->req.url, "u");
	job_free(job);
}

static void json_body_keeps_its_digits(void **state)
{
	struct job *job = read_good(
		"{\"url\":\"u\",\"json\": {\"n\": 12345678901234567890.10}}");

	(void)state;
	assert_true(job->req.has_body);
	assert_null(job->req.method);
	assert_string_equal(buf_cstr(&job->req.body),
			    "{\"n\":12345678901234567890.10}");
	job_free(job);
	job = read_good("{\"url\":\"u\",\"json\":null}");
	assert_string_equal(buf_cstr(&job->req.body), "null");
	job_free(job);
}

static void empty_body_is_sent(void **state)
{
	struct job *job = read_good("{\"url\":\"u\",\"body\":\"\"}");

	(void)state;
	assert_true(job->req.has_body);
	assert_int_equal(job->req.body.len, 0);
	job_free(job);
}

static void json_adds_its_headers_unless_given(void **state)
{
	static const char *const accept[] = {"accept: text/csv"};
	static const char *const none[] = {"Content-Type:"};

	(void)state;
	expect_headers("\"json\":1", NULL, 0,
		       "Content-Type: application/json\n"
		       "Accept: application/json\n");
	expect_headers("\"json\":1,\"headers\":{\"ACCEPT\":\"*/*\"}", NULL, 0,
		       "ACCEPT: */*\nContent-Type: application/json\n");
	expect_headers("\"json\":1", accept, 1,
		       "accept: text/csv\nContent-Type: application/json\n");
	expect_headers("\"json\":1", none, 1,
		       "Content-Type:\nAccept: application/json\n");
	expect_headers("\"json\":1,\"headers\":{\"Accept\":null}", NULL, 0,
		       "Accept:\nContent-Type: application/json\n");
}

static void headers_are_merged_over_those_of_the_command_line(void **state)
{
	static const char *const lines[] = {
		"X-A: 1", "x-b: 2", "X-C;", "X-D:", "X-A: 3", "X-E : 5",
	};

	(void)state;
	expect_headers("\"headers\":{\"x-a\":\"9\"}", lines, 6,
		       "x-b: 2\nX-C;\nX-D:\nX-E : 5\nx-a: 9\n");
	expect_headers("\"headers\":{\"X-c\":\"c\",\"X-d\":\"d\","
		       "\"X-e\":null}", lines, 6,
		       "X-A: 1\nx-b: 2\nX-A: 3\nX-c: c\nX-d: d\nX-e:\n");
	expect_headers("\"method\":\"GET\"", lines, 6, "");
}

static void array_repeats_a_header(void **state)
{
	(void)state;
	expect_headers("\"headers\":{\"A\":[\"1\",\"\",\" 2\\t\"]}", NULL, 0,
		       "A: 1\nA;\nA: 2\n");
	expect_headers("\"headers\":{\"A\":[]}", NULL, 0, "A:\n");
}

static void empty_header_is_sent_and_null_is_not(void **state)
{
	(void)state;
	expect_headers("\"headers\":{\"A\":\"\",\"B\":null,\"C\":\" \"}",
		       NULL, 0, "A;\nB:\nC;\n");
}

static void header_cannot_contain_a_line_end(void **state)
{
	(void)state;
	expect_error("{\"url\":\"u\",\"headers\":{\"A\":\"1\\r\\nB: 2\"}}",
		     "\"headers\": \"A\" has a value with a line end or NUL "
		     "in it");
	expect_error("{\"url\":\"u\",\"headers\":{\"A\":\"1\\u0000\"}}",
		     "\"headers\": \"A\" has a value with a line end or NUL "
		     "in it");
	expect_error("{\"url\":\"u\",\"headers\":{\"A: 1\\nB\":\"2\"}}",
		     "\"headers\": \"A: 1\\nB\" is not a header name");
	expect_error("{\"url\":\"u\",\"headers\":{\"\":\"2\"}}",
		     "\"headers\": \"\" is not a header name");
}

static void header_of_the_wrong_kind_is_named(void **state)
{
	(void)state;
	expect_error("{\"url\":\"u\",\"headers\":{\"A\":1}}",
		     "\"headers\": \"A\" must be a string, an array of "
		     "strings, or null");
	expect_error("{\"url\":\"u\",\"headers\":{\"A\":[true]}}",
		     "\"headers\": \"A\" must be a string, an array of "
		     "strings, or null");
	expect_error("{\"url\":\"u\",\"headers\":{\"A\":\"1\",\"a\":\"2\"}}",
		     "\"headers\": \"a\" appears twice; use an array");
}

static void params_are_encoded_and_joined(void **state)
{
	(void)state;
	expect_params("{\"a b\":\"c&d\",\"n\":1.10,\"t\":true}",
		      "a+b=c%26d&n=1.10&t=true");
	expect_params("{\"a\":[1,\"x\\u0000\",false]}",
		      "a=1&a=x%00&a=false");
	expect_params("{}", NULL);
	expect_params("{\"a\":[]}", NULL);
	expect_params("{\"\":\"\"}", "=");
}

static void param_of_the_wrong_kind_is_named(void **state)
{
	(void)state;
	expect_error("{\"url\":\"u\",\"params\":{\"a\":null}}",
		     "\"params\": \"a\" must be a string, number or boolean, "
		     "or an array of those");
	expect_error("{\"url\":\"u\",\"params\":{\"a\":[[1]]}}",
		     "\"params\": \"a\" must be a string, number or boolean, "
		     "or an array of those");
	expect_error("{\"url\":\"u\",\"params\":{\"a\":1,\"b\":2,"
		     "\"\\u0061\":3}}",
		     "\"params\": \"a\" appears twice; use an array");
}

static void unknown_key_is_named(void **state)
{
	(void)state;
	expect_error("{\"url\":\"u\",\"foo\":1}", "unknown key \"foo\"");
	expect_error("{\"URL\":\"u\"}", "unknown key \"URL\"");
}

static void key_given_twice_is_named(void **state)
{
	(void)state;
	expect_error("{\"url\":\"u\",\"url\":\"v\"}", "\"url\" appears twice");
}

static void value_of_the_wrong_kind_says_what_is_expected(void **state)
{
	(void)state;
	expect_error("{\"url\":1}", "\"url\" must be a string");
	expect_error("{\"url\":null}", "\"url\" must be a string");
	expect_error("{\"url\":\"a\\u0000\"}", "\"url\" contains a NUL");
	expect_error("{\"url\":\"u\",\"method\":\"G T\"}",
		     "\"method\" must be an HTTP method");
	expect_error("{\"url\":\"u\",\"method\":\"\"}",
		     "\"method\" must be an HTTP method");
	expect_error("{\"url\":\"u\",\"headers\":[]}",
		     "\"headers\" must be an object");
	expect_error("{\"url\":\"u\",\"params\":\"a=1\"}",
		     "\"params\" must be an object");
	expect_error("{\"url\":\"u\",\"body\":{}}",
		     "\"body\" must be a string (any other value: \"json\")");
	expect_error("{}", "\"url\" is missing");
}

static void body_and_json_exclude_each_other(void **state)
{
	(void)state;
	expect_error("{\"url\":\"u\",\"body\":\"\",\"json\":1}",
		     "\"body\" and \"json\" cannot be combined");
}

static void numbers_are_read_whole(void **state)
{
	static const char *const bad_priorities[] = {
		"1.5", "1e2", "\"1\"", "true", "null", "2147483648",
		"99999999999999999999999",
	};
	static const char *const bad_times[] = {
		"0", "-1", "\"5\"", "true", "[]", "{}", "1e999",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad_priorities) / sizeof(char *); i++) {
		char *s = xasprintf("{\"url\":\"u\",\"priority\":%s}",
				    bad_priorities[i]);

		expect_error(s, "\"priority\" must be an integer");
		free(s);
	}
	for (size_t i = 0; i < sizeof(bad_times) / sizeof(char *); i++) {
		char *s = xasprintf("{\"url\":\"u\",\"max_time\":%s}",
				    bad_times[i]);

		expect_error(s, "\"max_time\" must be a number of seconds "
				"above 0");
		free(s);
	}
}

static void very_long_max_time_becomes_thirty_years(void **state)
{
	struct job *job = read_good("{\"url\":\"u\",\"max_time\":1e300}");

	(void)state;
	assert_true(job->req.max_time == 1e12);
	job_free(job);
}

static void half_a_surrogate_pair_is_an_error(void **state)
{
	struct job *job = read_line("{\"url\":\"\\ud800\",\"id\":\"\\ud800\"}");

	(void)state;
	assert_int_equal(job->err, ERR_INPUT);
	/* Half of a surrogate pair in the id becomes U+FFFD, because the id is
	 * written into the record. */
	assert_string_equal(job->req.id, "\"\\ufffd\"");
	job_free(job);
}

static void half_of_a_surrogate_pair_in_an_id_becomes_u_fffd(void **state)
{
	struct job *job = read_good(
		"{\"url\":\"u\",\"id\":[1.50,\"a\\udc00\",{\"\\ud83d\":0}]}");

	(void)state;
	assert_string_equal(job->req.id,
			    "[1.50,\"a\\ufffd\",{\"\\ufffd\":0}]");
	job_free(job);
}

static void bad_object_keeps_its_id(void **state)
{
	struct job *job = read_line("{\"foo\":1,\"url\":2,\"id\": [7, \"a\"]}");

	(void)state;
	assert_int_equal(job->err, ERR_INPUT);
	assert_string_equal(job->err_message,
			    "line 3 of urls.txt: unknown key \"foo\"");
	assert_string_equal(job->req.id, "[7,\"a\"]");
	job_free(job);
}

static void broken_json_is_an_error(void **state)
{
	static const char *const bad[] = {
		"{", "{}x", "{\"url\":\"u\",}", "{\"url\":\"u\"", "{'url':1}",
		"{\"url\":\"a\tb\"}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct job *job = read_line(bad[i]);

		assert_int_equal(job->err, ERR_INPUT);
		assert_non_null(strstr(job->err_message, "invalid JSON"));
		assert_string_equal(job->req.url, bad[i]);
		job_free(job);
	}
}

/* Reads {"url":"u", KEY:{"xxx...":[ELEMENT,ELEMENT,...]}} of 8 MB, which must
 * be refused. */
static void expect_bounded(const char *key, const char *element)
{
	enum { HALF = 4 << 20 };
	struct buf s = {0};
	struct job *job;

	buf_addf(&s, "{\"url\":\"u\",\"%s\":{\"", key);
	memset(buf_reserve(&s, HALF), 'x', HALF);
	s.len += HALF;
	buf_addf(&s, "\":[%s", element);
	while (s.len < 2 * HALF)
		buf_addf(&s, ",%s", element);
	buf_addstr(&s, "]}}");
	job = read_bytes(s.data, s.len, &no_headers);
	assert_int_equal(job->err, ERR_INPUT);
	job_free(job);
	buf_release(&s);
}

static void size_of_repeated_long_names_is_limited(void **state)
{
	(void)state;
	expect_bounded("params", "1");
	expect_bounded("headers", "\"\"");
}

static void object_may_have_very_many_names(void **state)
{
	struct buf s = {0};
	struct job *job;

	(void)state;
	buf_addstr(&s, "{\"url\":\"u\",\"params\":{\"x\":1");
	for (int i = 0; i < 300000; i++)
		buf_addf(&s, ",\"%d\":1", i);
	buf_addstr(&s, "}}");
	job = read_bytes(s.data, s.len, &no_headers);
	assert_int_equal(job->err, ERR_NONE);
	job_free(job);
	s.len -= 2;
	buf_addstr(&s, ",\"7\":1}}");
	job = read_bytes(s.data, s.len, &no_headers);
	assert_int_equal(job->err, ERR_INPUT);
	job_free(job);
	buf_release(&s);
}

static void name_in_a_message_is_kept_short(void **state)
{
	struct buf s = {0};
	struct job *job;

	(void)state;
	buf_addstr(&s, "{\"a");
	for (int i = 0; i < 5000; i++)
		buf_addstr(&s, "\xe2\x82\xac");
	buf_addstr(&s, "\":1}");
	job = read_bytes(s.data, s.len, &no_headers);
	assert_int_equal(strlen(job->err_message),
			 strlen("line 3 of urls.txt: unknown key \"a\"") +
			 63);
	job_free(job);
	buf_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_line_is_the_url),
		cmocka_unit_test(line_that_cannot_be_a_url_is_an_error),
		cmocka_unit_test(line_that_may_be_a_url_is_left_to_the_parser),
		cmocka_unit_test(bytes_that_are_not_utf8_are_an_error),
		cmocka_unit_test(nul_in_a_line_is_an_error),
		cmocka_unit_test(url_of_a_bad_line_is_cut_between_characters),
		cmocka_unit_test(line_too_long_is_one_error),
		cmocka_unit_test(url_of_the_command_line_is_never_json),
		cmocka_unit_test(every_key_of_an_object_is_read),
		cmocka_unit_test(timetable_of_a_request_is_read),
		cmocka_unit_test(key_may_be_written_with_escapes),
		cmocka_unit_test(json_body_keeps_its_digits),
		cmocka_unit_test(empty_body_is_sent),
		cmocka_unit_test(json_adds_its_headers_unless_given),
		cmocka_unit_test(
			headers_are_merged_over_those_of_the_command_line),
		cmocka_unit_test(array_repeats_a_header),
		cmocka_unit_test(empty_header_is_sent_and_null_is_not),
		cmocka_unit_test(header_cannot_contain_a_line_end),
		cmocka_unit_test(header_of_the_wrong_kind_is_named),
		cmocka_unit_test(params_are_encoded_and_joined),
		cmocka_unit_test(param_of_the_wrong_kind_is_named),
		cmocka_unit_test(unknown_key_is_named),
		cmocka_unit_test(key_given_twice_is_named),
		cmocka_unit_test(value_of_the_wrong_kind_says_what_is_expected),
		cmocka_unit_test(body_and_json_exclude_each_other),
		cmocka_unit_test(numbers_are_read_whole),
		cmocka_unit_test(very_long_max_time_becomes_thirty_years),
		cmocka_unit_test(half_a_surrogate_pair_is_an_error),
		cmocka_unit_test(
			half_of_a_surrogate_pair_in_an_id_becomes_u_fffd),
		cmocka_unit_test(bad_object_keeps_its_id),
		cmocka_unit_test(broken_json_is_an_error),
		cmocka_unit_test(size_of_repeated_long_names_is_limited),
		cmocka_unit_test(object_may_have_very_many_names),
		cmocka_unit_test(name_in_a_message_is_kept_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
