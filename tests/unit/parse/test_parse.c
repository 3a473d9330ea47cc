#include "parse/extract/schema.h"
#include "parse/library.h"
#include "tests/unit/parse/reply.h"

#include <zlib.h>

/* A failed request may have a status and headers. */
static void json_is_copied_unchanged(void **state)
{
	static const struct {
		struct reply reply;
		const char *json, *kind;
	} rows[] = {
		{{.type = "application/json", .body = " { \"a\" : 1 } "},
		 "{\"a\":1}", NULL},
		{{.type = "text/json", .body = "\"x\""}, "\"x\"", NULL},
		{{.type = "a/b+json; charset=latin1", .body = "\"\xc3\xa9\""},
		 "\"\xc3\xa9\"", NULL},
		{{.type = "application/json", .body = "\xef\xbb\xbf[]"},
		 "[]", NULL},
		{{.type = "application/json",
		  .body = "\xff\xfe[\0]\0", .len = 6}, "[]", NULL},
		{{.type = "application/json", .body = "null"}, "null", NULL},
		{{.type = "application/json", .body = "[1,]"}, "null",
		 "parse"},
		{{.type = "application/json", .body = ""}, "null", "parse"},
		{{.type = "application/json", .body = "[] x"}, "null",
		 "parse"},
		{{.type = "application/json", .body = "", .head_only = true},
		 "null", NULL},
		{{.status = 204, .type = "application/json",
		  .head_only = true}, "null", NULL},
		{{.status = 404, .type = "application/json", .body = "<p>"},
		 "null", NULL},
		{{.status = 404, .type = "application/json", .body = "{}"},
		 "{}", NULL},
		{{.type = "text/plain", .body = "{}"}, "null", NULL},
		{{.body = "{}"}, "{}", NULL},
		{{.type = "", .body = "\n[1]"}, "[1]", NULL},
		{{.type = "nonsense", .body = "[1]"}, "[1]", NULL},
		{{.body = "[1] and more"}, "null", NULL},
		{{.body = "1"}, "null", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		json_t *record = run_reply(&rows[i].reply, NULL);
		const char *kind = kind_of(record);

		if (!kind != !rows[i].kind)
			fail_msg("row %zu: %s", i, message_of(record));
		if (kind)
			assert_string_equal(kind, rows[i].kind);
		assert_field(record, "json", rows[i].json);
		assert_field(record, "links_count", "null");
		json_decref(record);
	}
}

static void bad_json_has_a_message_and_a_position(void **state)
{
	json_t *record = run_reply(&(struct reply){
		.type = "application/json", .body = "[1, x]"}, NULL);

	(void)state;
	assert_non_null(strstr(message_of(record), "invalid JSON"));
	assert_non_null(strstr(message_of(record), "at byte 4"));
	json_decref(record);
}

static void with_fail_a_status_error_precedes_a_parse_error(void **state)
{
	static const struct parse_config config = {.fail = true,
						   .max_filesize = 1000};
	static const struct {
		struct reply reply;
		const char *message;
	} rows[] = {
		{{.status = 404, .type = "text/html", .body = "<p>"},
		 "HTTP 404"},
		{{.status = 500, .type = "application/json", .body = "x"},
		 "HTTP 500"},
		{{.status = 503, .coding = "gzip", .body = "x"}, "HTTP 503"},
		{{.status = 302, .type = "text/html", .body = "<p>"}, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		json_t *record = run_reply(&rows[i].reply, &config);
		const char *message = message_of(record);

		assert_field(record, "ok", rows[i].message ? "false" : "true");
		assert_int_equal(!message, !rows[i].message);
		if (message) {
			assert_string_equal(message, rows[i].message);
			assert_string_equal(kind_of(record), "status");
		}
		json_decref(record);
	}
}

static void not_found_is_a_result(void **state)
{
	json_t *record = run_reply(&(struct reply){
		.status = 404, .type = "text/html",
		.body = "<title>Not found</title>"}, NULL);

	(void)state;
	assert_field(record, "ok", "false");
	assert_field(record, "error", "null");
	assert_field(record, "title", "\"Not found\"");
	json_decref(record);
}

static void html_is_recognised(void **state)
{
	static const struct {
		struct reply reply;
		const char *title, *count;
	} rows[] = {
#define T "<title>\xc3\xa9</title><a href=x>"
		{{.type = "text/html;charset=utf-8", .body = T},
		 "\"\xc3\xa9\"", "1"},
		{{.type = "text/html;charset=utf-8", .body = ""},
		 "null", "0"},
		{{.type = "text/html", .body = "", .head_only = true},
		 "null", "null"},
		{{.type = "application/xhtml+xml", .body = T},
		 "\"\xc3\xa9\"", "1"},
		{{.type = "application/xhtml+xml",
		  .body = "<?xml version='1.0' encoding='latin1'?>"
			  "<title>\xe9</title>"},
		 "\"\xc3\xa9\"", "0"},
		{{.type = "text/html;charset=windows-1251",
		  .body = "<title>\xcf\xf0\xe8</title>"},
		 "\"\xd0\x9f\xd1\x80\xd0\xb8\"", "0"},
		{{.type = "text/html",
		  .body = "<meta charset=latin1><title>\x80</title>"},
		 "\"\xe2\x82\xac\"", "0"},
		{{.type = "text/html", .body = "<title>\xe9</title>"},
		 "\"\xc3\xa9\"", "0"},
		{{.type = "text/html;charset=utf-8",
		  .body = "<title>a\xff</title>"},
		 "\"a\xef\xbf\xbd\"", "0"},
		{{.type = "text/html;charset=utf-8",
		  .body = "<title>a\x01\x7f</title>"}, NULL, "0"},
		{{.body = "<!doctype html>" T}, "\"\xc3\xa9\"", "1"},
		{{.type = "*/*", .body = "<html>" T}, "\"\xc3\xa9\"", "1"},
		{{.type = "text/plain", .body = T}, "null", "null"},
		{{.type = "image/svg+xml", .body = T}, "null", "null"},
		{{.type = "text/html", .status = 500, .body = T},
		 "\"\xc3\xa9\"", "1"},
#undef T
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		json_t *record = run_reply(&rows[i].reply, NULL);

		assert_field(record, "error", "null");
		if (rows[i].title)
			assert_field(record, "title", rows[i].title);
		assert_field(record, "links_count", rows[i].count);
		assert_field(record, "links", NULL);
		assert_field(record, "headers", NULL);
		assert_field(record, "body", NULL);
		json_decref(record);
	}
}

static void hostile_html_is_read(void **state)
{
	struct buf html = {0};
	struct reply reply = {.type = "text/html"};
	json_t *record;

	(void)state;
	for (int i = 0; i < 2000; i++)
		buf_addstr(&html, "<b>");
	reply.body = html.data;
	reply.len = html.len;
	record = run_reply(&reply, NULL);
	assert_field(record, "error", "null");
	assert_field(record, "links_count", "0");
	assert_field(record, "bytes", "6000");
	json_decref(record);
	buf_release(&html);
}

static struct buf gzip(const char *text, size_t len)
{
	struct buf out = {0};
	z_stream z = {0};

	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8,
				      Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (Bytef *)(uintptr_t)text;
	z.avail_in = (uInt)len;
	z.avail_out = (uInt)deflateBound(&z, len);
	z.next_out = (Bytef *)buf_reserve(&out, z.avail_out);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	out.len = z.total_out;
	deflateEnd(&z);
	return out;
}

static void gzip_is_decoded_and_counted(void **state)
{
	static const char text[] = "<title>packed</title>";
	struct buf body = gzip(text, strlen(text));
	json_t *record = run_reply(&(struct reply){
		.type = "text/html", .coding = "gzip",
		.body = body.data, .len = body.len}, NULL);

	(void)state;
	assert_field(record, "title", "\"packed\"");
	assert_field(record, "bytes", "21");
	json_decref(record);

	record = run_reply(&(struct reply){
		.type = "text/html", .coding = "gzip",
		.body = body.data, .len = body.len - 9}, NULL);
	assert_string_equal(kind_of(record), "decode");
	assert_field(record, "status", "200");
	assert_field(record, "title", "null");
	assert_field(record, "bytes", "0");
	json_decref(record);
	buf_release(&body);
}

static void codings_of_several_fields_are_undone(void **state)
{
	struct buf once = gzip("{\"a\":1}", 7);
	struct buf twice = gzip(once.data, once.len);
	struct job *job = job_of(&(struct reply){
		.type = "application/json", .coding = "gzip",
		.body = twice.data, .len = twice.len});
	json_t *record;

	(void)state;
	add_header(job, "content-encoding: gzip");
	record = run(job, NULL);
	assert_field(record, "json", "{\"a\":1}");
	json_decref(record);
	job_free(job);
	buf_release(&once);
	buf_release(&twice);
}

static void decoded_size_is_limited(void **state)
{
	char *text = xcalloc(1, 100000);
	struct buf body = gzip(text, 100000);
	static const struct parse_config config = {.max_filesize = 50000};
	json_t *record = run_reply(&(struct reply){
		.coding = "gzip", .body = body.data, .len = body.len},
		&config);

	(void)state;
	assert_string_equal(kind_of(record), "too_large");
	json_decref(record);
	buf_release(&body);
	free(text);
}

static void small_json_jobs_are_recognised(void **state)
{
	static const struct parse_config plain;
	static const struct {
		struct reply reply;
		bool light;
	} rows[] = {
		{{.type = "text/html", .body = ""}, true},
		{{.type = "text/html", .body = "<p>"}, false},
		{{.body = "{}"}, false},
		{{.type = "application/json", .body = "{}"}, true},
		{{.type = "application/json", .body = "{}",
		  .coding = "br"}, false},
		{{.type = "image/png", .body = "x"}, true},
	};
	struct job *job;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		job = job_of(&rows[i].reply);
		assert_int_equal(parse_is_light(job, &plain), rows[i].light);
		job_free(job);
	}
	job = job_of(&(struct reply){.type = "application/json"});
	for (int i = 0; i < 10000; i++)
		buf_addstr(&job->res.body, "[1]");
	assert_true(parse_is_light(job, &plain));
	for (int i = 0; i < 1000; i++)
		buf_addstr(&job->res.body, "[1]");
	assert_false(parse_is_light(job, &plain));
	job_fail(job, ERR_TOO_LARGE, "x");
	assert_true(parse_is_light(job, &plain));
	job_free(job);
}

static void json_whose_fields_are_paths_is_light(void **state)
{
	static const struct {
		enum field_kind kind;
		const char *query;
		bool light;
	} rows[] = {
		{FIELD_JQ, ".a[0] // null", true},
		{FIELD_JQ, ".a | length", false},
		{FIELD_JQ, "{a: .[], b: .[]}", false},
		{FIELD_XPATH, "//p", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct schema *x = schema_new();
		const struct parse_config config = {.schema = x};
		struct job *json = job_of(&(struct reply){
			.type = "application/json", .body = "{}"});
		struct job *text = job_of(&(struct reply){
			.type = "text/plain", .body = "{}"});
		struct field *field;
		struct buf why = {0};

		assert_int_equal(schema_add(x, &x->fields, "f", rows[i].kind,
					    rows[i].query, &field, &why), 0);
		assert_int_equal(parse_is_light(json, &config), rows[i].light);
		assert_false(parse_is_light(text, &config));
		job_free(json);
		job_free(text);
		schema_free(x);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_is_copied_unchanged),
		cmocka_unit_test(bad_json_has_a_message_and_a_position),
		cmocka_unit_test(
			with_fail_a_status_error_precedes_a_parse_error),
		cmocka_unit_test(not_found_is_a_result),
		cmocka_unit_test(html_is_recognised),
		cmocka_unit_test(hostile_html_is_read),
		cmocka_unit_test(gzip_is_decoded_and_counted),
		cmocka_unit_test(codings_of_several_fields_are_undone),
		cmocka_unit_test(decoded_size_is_limited),
		cmocka_unit_test(small_json_jobs_are_recognised),
		cmocka_unit_test(json_whose_fields_are_paths_is_light),
	};

	parse_global_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
