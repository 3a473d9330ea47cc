/*
 * parse/record_join.c: joining the program's part of a record with the part of
 * a worker, which a page may have taken over. The part of a correct worker is
 * accepted unchanged; any other part is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/job/headers.h"
#include "base/mem.h"
#include "parse/extract/schema.h"
#include "parse/library.h"
#include "parse/record.h"

#define HEAD "{\"index\":7,\"url\":\"http://a.example/\"," \
	     "\"final_url\":null,\"status\":200,\"ok\":true,\"error\":null," \
	     "\"attempts\":0,\"content_type\":\"text/html\",\"bytes\":0," \
	     "\"time\":{\"total\":0,\"wait\":0,\"dns\":0,\"connect\":0," \
	     "\"tls\":0,\"first_byte\":0}," \
	     "\"fetched_at\":null,\"redirects\":null,\"ip\":null," \
	     "\"http_version\":null"
#define ITEM(n) "{\"index\":7,\"url\":\"http://a.example/\",\"item\":" n \
		",\"status\":200"
#define PAGE ",\"title\":\"t\",\"links_count\":1,\"json\":null"

static struct schema *fields, *items;
static const struct parse_config plain;
static const struct parse_config all = {
	.links = true, .meta = true, .body = true, .headers = true,
};
static const struct parse_config for_article = {
	.article = true, .markdown = MARKDOWN_MAIN,
};
static const struct parse_config for_gather = {.want_json = true};
static const struct parse_config with_body = {.body = true};
static struct parse_config with_fields, with_items;

static struct job *make_job(void)
{
	static const char type[] = "Content-Type: text/html";
	struct job *job = job_new();

	job->req.index = 7;
	job->req.url = xstrdup("http://a.example/");
	job->res.status = 200;
	headers_add_line(&job->res.headers, type, strlen(type));
	return job;
}

/* Joins the part of a worker and compares the record. record NULL: the part
 * must be refused. */
static void join(const struct parse_config *config, const char *part,
		 size_t len, const char *record)
{
	struct job *job = make_job();
	struct buf text = {0};
	int err;

	/* Begin with a buffer that is not empty. */
	buf_addstr(&job->record, "before");
	buf_add(&text, part, len);
	err = record_join(job, &text, config);
	if (err != (record ? 0 : -1))
		fail_msg("%d: %s", err, part);
	assert_int_equal(job->record.len, record ? strlen(record) : 0);
	if (record)
		assert_string_equal(buf_cstr(&job->record), record);
	buf_release(&text);
	job_free(job);
}

static void joins(const struct parse_config *config, const char *part,
		  const char *record)
{
	join(config, part, strlen(part), record);
}

static void correct_parts_are_accepted_unchanged(void **state)
{
	(void)state;
	joins(&plain, PAGE "}\n", HEAD PAGE "}\n");
	joins(&plain, ",\"title\":null,\"links_count\":null,\"json\":"
	      "[1.10,{\"a\":\"\\\"}\"}]}\n",
	      HEAD ",\"title\":null,\"links_count\":null,\"json\":"
	      "[1.10,{\"a\":\"\\\"}\"}]}\n");
	/* White space is removed, because a line end would end the record. */
	joins(&plain,
	      ",\"title\":null,\"links_count\":null,\"json\":[1 ,\n2]}\n",
	      HEAD ",\"title\":null,\"links_count\":null,\"json\":[1,2]}\n");
	/* The worker may not write the headers. */
	joins(&all, PAGE ",\"links\":[],\"meta\":{},\"body\":\"b\"}\n",
	      HEAD PAGE ",\"links\":[],\"meta\":{},\"headers\":"
	      "{\"content-type\":[\"text/html\"]},\"body\":\"b\"}\n");
	joins(&for_article, PAGE ",\"article\":{},\"markdown\":\"m\"}\n",
	      HEAD PAGE ",\"article\":{},\"markdown\":\"m\"}\n");
	joins(&for_article, PAGE ",\"article\":null,\"markdown\":null}\n",
	      HEAD PAGE ",\"article\":null,\"markdown\":null}\n");
	joins(&with_body, PAGE ",\"body_base64\":\"AA==\"}\n",
	      HEAD PAGE ",\"body_base64\":\"AA==\"}\n");
	joins(&with_body, PAGE ",\"body\":null}\n",
	      HEAD PAGE ",\"body\":null}\n");
	joins(&for_gather, PAGE ",\"json_stream\":true}\n",
	      HEAD PAGE ",\"json_stream\":true}\n");
	joins(&with_fields, PAGE ",\"data\":{\"a\":1},\"missing\":[\"b\"]}\n",
	      HEAD PAGE ",\"data\":{\"a\":1},\"missing\":[\"b\"]}\n");
}

/* Compares the json of a record. json NULL: the record has no json. */
static void has_json(const struct parse_config *config, const char *text,
		     const char *json, bool is_stream)
{
	struct job *job = make_job();
	struct buf part = {0};

	buf_addstr(&part, text);
	assert_int_equal(record_join(job, &part, config), json ? 0 : -1);
	assert_int_equal(job->json.len, json ? strlen(json) : 0);
	if (json)
		assert_memory_equal(job->record.data + job->json.at, json,
				    strlen(json));
	assert_int_equal(job->json.is_stream, is_stream);
	buf_release(&part);
	job_free(job);
}

static void json_of_a_joined_record_is_found(void **state)
{
	(void)state;
	has_json(&plain, PAGE "}\n", "null", false);
	has_json(&for_gather, ",\"title\":\"json\",\"links_count\":null,"
		 "\"json\":[1 ,{\"json\":2}]}\n", "[1,{\"json\":2}]", false);
	has_json(&for_gather, ",\"title\":null,\"links_count\":null,"
		 "\"json\":[1,2],\"json_stream\":true}\n", "[1,2]", true);
	has_json(&with_fields, PAGE ",\"data\":{\"json\":1}}\n", "null", false);
	has_json(&plain, PAGE, NULL, false);
}

/* Compares a record that the program writes with one joined from a worker's
 * part, for the same page. */
static void json_has_the_same_offset_in_written_and_joined_records(void **state)
{
	struct job *written = make_job(), *joined = make_job();
	struct page page = {.is_json = true, .is_stream = true};
	struct buf part;

	(void)state;
	buf_addstr(&page.json_buf, "[{\"a\":1},2]");
	page.json = slice_of(&page.json_buf);
	record_write_part(joined, &page, &for_gather);
	part = buf_take(&joined->record);
	assert_int_equal(record_join(joined, &part, &for_gather), 0);
	record_write(written, &page, &for_gather);
	assert_int_equal(written->json.len, page.json.len);
	assert_memory_equal(written->record.data + written->json.at,
			    page.json.p, page.json.len);
	assert_true(written->json.is_stream);
	assert_int_equal(joined->json.at, written->json.at);
	assert_int_equal(joined->json.len, written->json.len);
	assert_true(joined->json.is_stream);
	buf_release(&part);
	page_release(&page);
	job_free(written);
	job_free(joined);
}

static void items_are_numbered_by_the_program(void **state)
{
	(void)state;
	joins(&with_items, ",\"data\":{\"a\":1}}\n"
	      ",\"data\":{\"a\":2},\"missing\":[\"b\"]}\n",
	      ITEM("0") ",\"data\":{\"a\":1}}\n"
	      ITEM("1") ",\"data\":{\"a\":2},\"missing\":[\"b\"]}\n");
	/* Without items, the page has its ordinary record. */
	joins(&with_items, PAGE ",\"data\":[]}\n",
	      HEAD PAGE ",\"data\":[]}\n");
	joins(&with_items, ",\"data\":[1]}\n", NULL);
	joins(&with_items, ",\"data\":{\"a\":1}}", NULL);
	joins(&with_items, ",\"data\":{\"a\":1}}\n" PAGE "}\n", NULL);
	joins(&with_fields, ",\"data\":{\"a\":1}}\n", NULL);
}

/* Text in an error page that looks like an item is not one. */
static void error_pages_have_no_items(void **state)
{
	struct job *job = make_job();
	struct buf part = {0};

	(void)state;
	job->res.status = 404;
	buf_addstr(&part, ",\"data\":{\"a\":1}}\n");
	assert_int_equal(record_join(job, &part, &with_items), -1);
	assert_int_equal(job->record.len, 0);
	buf_release(&part);
	job_free(job);
}

static void missing_or_extra_members_are_refused(void **state)
{
	static const char *const parts[] = {
		"", "\n", "}\n", "{}\n", PAGE, PAGE "}", PAGE "}\n\n",
		PAGE "}\n}\n", PAGE "}}\n", PAGE ",}\n", "{" PAGE "}\n",
		HEAD PAGE "}\n", PAGE "}\n" HEAD PAGE "}\n",
		PAGE ",\"url\":\"http://bank.example/\"}\n",
		",\"title\":\"a\"" PAGE "}\n",
		",\"links_count\":1,\"title\":\"t\",\"json\":null}\n",
		PAGE ",\"links\":[]}\n", PAGE ",\"body\":\"\"}\n",
		PAGE ",\"json_stream\":true}\n", PAGE ",\"data\":{}}\n",
		", \"title\":\"t\",\"links_count\":1,\"json\":null}\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		joins(&plain, parts[i], NULL);
	joins(&all, PAGE "}\n", NULL);
	joins(&for_article, PAGE ",\"article\":{}}\n", NULL);
	joins(&for_article, PAGE ",\"markdown\":\"m\"}\n", NULL);
	joins(&plain, PAGE ",\"markdown\":\"m\"}\n", NULL);
	joins(&for_article, PAGE ",\"article\":[],\"markdown\":\"m\"}\n",
	      NULL);
	joins(&for_article, PAGE ",\"article\":{},\"markdown\":{}}\n", NULL);
	joins(&with_body, PAGE ",\"body\":\"\",\"body_base64\":\"\"}\n", NULL);
	joins(&for_gather, PAGE ",\"json_stream\":\"x\"}\n", NULL);
	joins(&with_fields, PAGE ",\"missing\":[]}\n", NULL);
	joins(&with_fields, PAGE ",\"data\":{},\"missing\":{}}\n", NULL);
}

static void value_of_another_type_is_refused(void **state)
{
	static const struct {
		const char *title, *count, *json;
		bool good;
	} rows[] = {
		{"\"\"", "0", "true", true},
		{"null", "999999999999999999", "-1.5e+3", true},
		{"1", "1", "null", false},
		{"[]", "1", "null", false},
		{"{}", "1", "null", false},
		{"true", "1", "null", false},
		{"nul", "1", "null", false},
		{"nulll", "1", "null", false},
		{"\"t\"", "-1", "null", false},
		{"\"t\"", "1.0", "null", false},
		{"\"t\"", "01", "null", false},
		{"\"t\"", "9999999999999999999", "null", false},
		{"\"t\"", "\"1\"", "null", false},
		{"\"t\"", "", "null", false},
		{"\"t\"", "1", "", false},
		{"\"t\"", "1", "[", false},
		{"\"t\"", "1", "[}", false},
		{"\"t\"", "1", "]", false},
		{"\"t\"", "1", "{\"a\"}", false},
		{"\"t\"", "1", "NaN", false},
		{"\"t\n\"", "1", "null", false},
		{"\"\x1b[2J\"", "1", "null", false},
		{"\"\\u00\"", "1", "null", false},
		{"\"\xff\"", "1", "null", false},
		{"\"\xed\xa0\x80\"", "1", "null", false},
		{"\"", "1", "null", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *part = xasprintf(",\"title\":%s,\"links_count\":%s,"
				       "\"json\":%s}\n", rows[i].title,
				       rows[i].count, rows[i].json);
		char *record = xasprintf("%s%s", HEAD, part);

		joins(&plain, part, rows[i].good ? record : NULL);
		free(part);
		free(record);
	}
}

static void nul_is_refused_anywhere(void **state)
{
	static const char part[] = PAGE "}\n";

	(void)state;
	for (size_t at = 0; at < sizeof(part) - 1; at++) {
		char *copy = xmemdup(part, sizeof(part) - 1);

		copy[at] = '\0';
		join(&plain, copy, sizeof(part) - 1, NULL);
		free(copy);
	}
}

static void truncated_part_is_refused(void **state)
{
	static const char part[] = PAGE ",\"links\":[\"a\"],\"meta\":{\"b\":"
				   "[1]},\"body\":\"c\"}\n";

	(void)state;
	for (size_t len = 0; len < sizeof(part) - 1; len++)
		join(&all, part, len, NULL);
}

static struct schema *make_extraction(bool is_items)
{
	struct schema *x = schema_new();
	struct buf why = {0};
	struct field *field;

	if (is_items)
		assert_int_equal(schema_each(x, "div", &why), 0);
	x->items = is_items;
	assert_int_equal(schema_add(x, &x->fields, "a", FIELD_CSS, "p",
					&field, &why), 0);
	assert_int_equal(schema_finish(x, &why), 0);
	return x;
}

static int make_extractions(void **state)
{
	(void)state;
	fields = make_extraction(false);
	items = make_extraction(true);
	with_fields.schema = fields;
	with_items.schema = items;
	return 0;
}

static int free_extractions(void **state)
{
	(void)state;
	schema_free(fields);
	schema_free(items);
	parse_global_cleanup();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(correct_parts_are_accepted_unchanged),
		cmocka_unit_test(json_of_a_joined_record_is_found),
		cmocka_unit_test(
			json_has_the_same_offset_in_written_and_joined_records),
		cmocka_unit_test(items_are_numbered_by_the_program),
		cmocka_unit_test(error_pages_have_no_items),
		cmocka_unit_test(missing_or_extra_members_are_refused),
		cmocka_unit_test(value_of_another_type_is_refused),
		cmocka_unit_test(nul_is_refused_anywhere),
		cmocka_unit_test(truncated_part_is_refused),
	};

	return cmocka_run_group_tests(tests, make_extractions,
				      free_extractions);
}
