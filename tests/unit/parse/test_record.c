#include "tests/unit/parse/reply.h"

#include <stdio.h>

#include "parse/library.h"
#include "parse/record.h"

static void record_has_its_fields_in_order(void **state)
{
	static const struct parse_config config = {
		.links = true, .headers = true, .body = true,
		.tls_info = true, .max_filesize = 1000};
	struct job *job = job_of(&(struct reply){
		.type = "text/html", .body = "<title>t</title><a href=x>"});
	json_t *record;

	(void)state;
	job->req.index = 7;
	job->req.id = xstrdup("{\"k\":[1.10]}");
	job->attempts = 2;
	job->time = (struct timing){.wait = 1, .dns = 2, .connect = 3,
				    .tls = 4, .first_byte = 5.0625,
				    .total = 1500};
	job->res.began = 1700000000007;
	job->res.http_version = "2";
	memcpy(job->res.ip, "2001:db8::1", sizeof("2001:db8::1"));
	job->res.tls = xstrdup("{\"days_left\":3}");
	buf_addstr(&job->hop.chain, "{\"status\":301,\"url\":\"http://a/\"}");
	add_header(job, "X-A: 1");
	record = run(job, &config);
	json_decref(record);
	buf_cstr(&job->record);
	assert_string_equal(
		job->record.data,
		"{\"index\":7,\"id\":{\"k\":[1.10]},\"url\":\"" HERE "\","
		"\"final_url\":\"" HERE "\",\"status\":200,\"ok\":true,"
		"\"error\":null,\"attempts\":2,\"content_type\":\"text/html\","
		"\"bytes\":26,\"time\":{\"total\":1.5,\"wait\":0.001,"
		"\"dns\":0.002,\"connect\":0.003,\"tls\":0.004,"
		"\"first_byte\":0.005063},"
		"\"fetched_at\":\"2023-11-14T22:13:20.007Z\","
		"\"redirects\":[{\"status\":301,\"url\":\"http://a/\"}],"
		"\"ip\":\"2001:db8::1\",\"http_version\":\"2\","
		"\"tls\":{\"days_left\":3},\"title\":\"t\",\"links_count\":1,"
		"\"json\":null,\"links\":[\"" HERE "x\"],"
		"\"headers\":{\"content-type\":[\"text/html\"],"
		"\"x-a\":[\"1\"]},\"body\":\"<title>t</title><a href=x>\"}\n");
	job_free(job);
}

static void failed_request_has_nulls(void **state)
{
	static const struct parse_config config = {
		.links = true, .headers = true, .body = true, .fail = true,
		.tls_info = true};
	struct job *job = job_new();
	json_t *record;

	(void)state;
	job->req.url = xstrdup("http://x\x7f/\n\xff");
	job_fail(job, ERR_DNS, "no such host: \x1b[1m\xc2\x9bx");
	record = run(job, &config);
	assert_field(record, "url", "\"http://x\x7f/\\n\xef\xbf\xbd\"");
	assert_field(record, "final_url", "null");
	assert_field(record, "status", "null");
	assert_field(record, "ok", "false");
	assert_string_equal(kind_of(record), "dns");
	assert_field(record, "attempts", "0");
	assert_field(record, "content_type", "null");
	assert_field(record, "bytes", "0");
	assert_field(record, "fetched_at", "null");
	assert_field(record, "redirects", "null");
	assert_field(record, "ip", "null");
	assert_field(record, "http_version", "null");
	assert_field(record, "tls", "null");
	assert_field(record, "title", "null");
	assert_field(record, "links_count", "null");
	assert_field(record, "json", "null");
	assert_field(record, "links", "null");
	assert_field(record, "headers", "null");
	assert_field(record, "body", "null");
	assert_field(record, "id", NULL);
	json_decref(record);
	job_free(job);
}

static void failed_transfer_keeps_its_status(void **state)
{
	struct job *job = job_of(&(struct reply){
		.status = 404, .type = "text/html", .body = "<title>"});
	static const struct parse_config config = {.fail = true,
						   .headers = true};
	json_t *record;

	(void)state;
	job_fail(job, ERR_HTTP, "cut off");
	record = run(job, &config);
	assert_string_equal(kind_of(record), "http");
	assert_field(record, "status", "404");
	assert_field(record, "content_type", "\"text/html\"");
	assert_field(record, "headers",
		     "{\"content-type\":[\"text/html\"]}");
	assert_field(record, "links_count", "null");
	json_decref(record);
	job_free(job);
}

static void json_keeps_its_digits(void **state)
{
	static const struct parse_config config = {.max_filesize = 100};
	struct job *job = job_of(&(struct reply){
		.type = "application/json",
		.body = "[12345678901234567890123, 1.10, 1e400]"});
	void *own = parse_work.begin(&config);

	(void)state;
	parse_work.run(own, job);
	parse_work.end(own);
	assert_non_null(strstr(
		buf_cstr(&job->record),
		"\"json\":[12345678901234567890123,1.10,1e400]}\n"));
	job_free(job);
}

static void body_is_text_or_base64(void **state)
{
	static const struct parse_config config = {.body = true,
						   .max_filesize = 1000};
	static const struct {
		struct reply reply;
		const char *body, *base64;
	} rows[] = {
		{{.type = "text/plain", .body = "a\n"}, "\"a\\n\"", NULL},
		{{.type = "text/plain", .body = ""}, "\"\"", NULL},
		{{.type = "image/png", .body = ""}, "\"\"", NULL},
		{{.type = "text/plain", .body = "\xe9"}, "\"\xc3\xa9\"", NULL},
		{{.type = "text/plain;charset=utf-8", .body = "\xe9"},
		 "\"\xef\xbf\xbd\"", NULL},
		{{.type = "text/plain", .body = "\0\1", .len = 2},
		 NULL, "\"AAE=\""},
		{{.type = "text/css", .body = "a\0", .len = 2},
		 "\"a\\u0000\"", NULL},
		{{.type = "image/png", .body = "abc"}, NULL, "\"YWJj\""},
		{{.type = "image/png", .body = "\xff\xfe\xfd\xfc"},
		 NULL, "\"//79/A==\""},
		{{.type = "application/x-a", .body = "\xc3\xa9"},
		 "\"\xc3\xa9\"", NULL},
		{{.type = "application/x-a", .body = "\xc3"},
		 NULL, "\"ww==\""},
		{{.type = "application/x-a", .body = "\0", .len = 1},
		 NULL, "\"AA==\""},
		{{.type = "application/xml",
		  .body = "<?xml encoding='latin1'?>\xe9"}, NULL, NULL},
		{{.type = "application/json", .body = "[ 1 ]"},
		 "\"[ 1 ]\"", NULL},
		{{.type = "text/html", .body = "<p>a\0b", .len = 6},
		 "\"<p>a\\u0000b\"", NULL},
		{{.body = "\x89PNG"}, "\"\xe2\x80\xb0PNG\"", NULL},
		{{.body = "\x89PNG\r\n\x1a\n"}, NULL, "\"iVBORw0KGgo=\""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		json_t *record = run_reply(&rows[i].reply, &config);

		if (rows[i].body || rows[i].base64) {
			assert_field(record, "body", rows[i].body);
			assert_field(record, "body_base64", rows[i].base64);
		} else {
			assert_non_null(json_object_get(record, "body"));
		}
		json_decref(record);
	}
}

static void headers_are_grouped_in_order(void **state)
{
	static const struct parse_config config = {.headers = true,
						   .max_filesize = 1000};
	struct job *job = job_of(&(struct reply){.body = ""});
	json_t *record;

	(void)state;
	add_header(job, "Set-Cookie: a=1");
	add_header(job, "B: \xe9\x01");
	add_header(job, "Content-Type: text/html");
	add_header(job, "set-cookie: b=2");
	add_header(job, "Set-Cookie2:");
	add_header(job, "Content-Type: text/html;charset=\xe9");
	add_header(job, "A: \xc3\xa9");
	add_header(job, "set-cookie: a=1");
	record = run(job, &config);
	json_decref(record);
	assert_non_null(strstr(
		buf_cstr(&job->record),
		"\"headers\":{\"set-cookie\":[\"a=1\",\"b=2\",\"a=1\"],"
		"\"b\":[\"\xc3\xa9\\u0001\"],"
		"\"content-type\":[\"text/html\","
		"\"text/html;charset=\xc3\xa9\"],"
		"\"set-cookie2\":[\"\"],\"a\":[\"\xc3\xa9\"]}}\n"));
	assert_non_null(strstr(
		job->record.data, "\"content_type\":\"text/html, "
				  "text/html;charset=\xc3\xa9\""));
	job_free(job);
}

static void thousands_of_headers_take_little_time(void **state)
{
	static const struct parse_config config = {.headers = true};
	struct job *job = job_of(&(struct reply){.body = ""});
	json_t *record;

	(void)state;
	for (int i = 0; i < 30000; i++) {
		char line[64];

		snprintf(line, sizeof(line), "h%d: %d", i % 15000, i);
		add_header(job, line);
	}
	record = run(job, &config);
	assert_int_equal(
		json_object_size(json_object_get(record, "headers")), 15000);
	json_decref(record);
	job_free(job);
}

static void control_characters_never_reach_a_terminal(void **state)
{
	static const struct parse_config config = {
		.links = true, .headers = true, .body = true,
		.max_filesize = 1000};
	struct job *job = job_of(&(struct reply){
		.type = "text/html;charset=utf-8",
		.body = "<title>\x1b]0;x\x07\xc2\x9b\x7f</title>"
			"<a href='data:,\x1b\xc2\x9b'>"});
	json_t *record;

	(void)state;
	add_header(job, "x: \x1b\x7f\x9b");
	record = run(job, &config);
	json_decref(record);
	for (size_t i = 0; i + 1 < job->record.len; i++)
		if (job->record.data[i] == '\xc2')
			assert_true((unsigned char)job->record.data[i + 1] >=
				    0xa0);
	job_free(job);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(record_has_its_fields_in_order),
		cmocka_unit_test(failed_request_has_nulls),
		cmocka_unit_test(failed_transfer_keeps_its_status),
		cmocka_unit_test(json_keeps_its_digits),
		cmocka_unit_test(body_is_text_or_base64),
		cmocka_unit_test(headers_are_grouped_in_order),
		cmocka_unit_test(thousands_of_headers_take_little_time),
		cmocka_unit_test(control_characters_never_reach_a_terminal),
	};

	parse_global_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
