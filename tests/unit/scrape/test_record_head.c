/* cmd/session/record_head.c: records of parse/record.c are read, and other
 * lines are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/session/record_head.h"
#include "parse/record.h"

static struct buf record_of(uint64_t index, const char *id, const char *url,
			    enum err err)
{
	static const struct parse_config config = {.links = true};
	static const struct page page = {0};
	struct job *job = job_new();
	struct buf record;

	job->req.index = index;
	job->req.id = id ? xstrdup(id) : NULL;
	job->req.url = url ? xstrdup(url) : NULL;
	if (err)
		job_fail(job, err, "%s", "\"},{[ \\ ");
	else
		job->res.status = 200;
	record_write(job, &page, &config);
	record = buf_take(&job->record);
	job_free(job);
	assert_int_equal(record.data[record.len - 1], '\n');
	record.len--;
	return record;
}

static void expect(uint64_t index, const char *id, const char *url,
		   enum err err)
{
	struct buf record = record_of(index, id, url, err);
	struct record_head head;

	assert_int_equal(record_head_read(&head, (struct slice){record.data,
								record.len}),
			 RECORD_WHOLE);
	assert_int_equal(head.index, index);
	assert_int_equal(head.id.len, id ? strlen(id) : 0);
	assert_memory_equal(head.id.p, id, head.id.len);
	if (!url)
		assert_memory_equal(head.url.p, "null", head.url.len);
	else
		assert_true(head.url.len >= strlen(url) + 2);
	assert_int_equal(head.has_error, err != ERR_NONE);
	assert_int_equal(head.is_ok, err == ERR_NONE);
	buf_release(&record);
}

static void records_are_read_again(void **state)
{
	static const char *const ids[] = {
		NULL, "7", "\"a\\\"b\"", "null", "{}",
		"{\"url\":\"x\",\"a\":[1,{\"]\":\"}\"}]}",
		"[\"\\\\\",\",\\\"url\\\":\\\"\"]", "-1.5e9",
	};
	static const char *const urls[] = {
		NULL, "", "http://h/?a=b,c&d={}[]\"\\", "\",\"final_url\":\"",
		"line\nbreak\x01\x7f",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++)
		for (size_t k = 0; k < sizeof(urls) / sizeof(*urls); k++) {
			expect(i * 1000003, ids[i], urls[k], ERR_NONE);
			expect(0, ids[i], urls[k], ERR_DNS);
		}
}

static void beginning_of_a_record_is_not_a_record(void **state)
{
	struct buf record = record_of(12, "{\"a\":1}", "http://h/", ERR_HTTP);
	struct record_head head;

	(void)state;
	for (size_t len = 0; len < record.len; len++) {
		/* Use a block of exactly that size, so that sanitizers find
		 * reads beyond it. */
		char *cut = malloc(len + !len);

		memcpy(cut, record.data, len);
		assert_int_equal(record_head_read(&head, (struct slice){cut,
									len}),
				 RECORD_PART);
		free(cut);
	}
	buf_release(&record);
}

static void other_lines_are_not_records(void **state)
{
	static const char *const lines[] = {
		"{}", "}", "null", "[]", "{\"index\":}", " ", "{\"indix",
		"{\"index\":{\"number_of_shards\":3,\"x\":\"precious\"}}",
		"{\"index\":7,\"name\":\"my only copy\",\"rows\":[1",
		"{\"index\":7,\"url\":\"x\",\"name\":1",
		"{\"index\":1,\"url\":\"x\",\"final_url\":null,\"status\":"
		"null,\"ok\":false,\"error\":null,\"a\":[}]}}",
		"{\"index\":1,\"url\":\"x\",\"final_url\":null,\"status\":"
		"null,\"ok\":false,\"error\":null}{\"index\":2}",
		"{\"index\":1,\"url\":\"x\",\"final_url\":null,\"status\":"
		"null,\"ok\":false,\"error\":null} ",
		"{\"index\":1}", "{\"index\":-1,\"url\":\"\"}",
		"{\"index\":1,\"url\":\"x\",\"item\":0,\"data\":{}}",
		"{\"index\":\"1\",\"url\":\"x\",\"final_url\":null,\"status\":"
		"null,\"ok\":false,\"error\":null}",
		"{\"index\":1,\"id\":]]]]]]]],\"url\":\"x}", "{\"index\":1,]",
		" {\"index\":1,\"url\":\"x\",\"final_url\":null,\"status\":"
		"null,\"ok\":false,\"error\":null}",
	};
	struct record_head head;

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		const size_t len = strlen(lines[i]);
		char *line = malloc(len + 1);

		memcpy(line, lines[i], len);
		assert_int_equal(record_head_read(&head, (struct slice){line,
									len}),
				 RECORD_NONE);
		free(line);
	}
}

static void lost_blocks_are_found_anywhere(void **state)
{
	struct buf record = record_of(1, NULL, "http://h/", ERR_NONE);
	struct record_head head;

	(void)state;
	for (size_t i = 0; i < record.len; i++) {
		const char byte = record.data[i];

		record.data[i] = '\0';
		assert_int_equal(record_head_read(&head, (struct slice){
			record.data, record.len}), RECORD_NONE);
		record.data[i] = byte;
	}
	buf_release(&record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_are_read_again),
		cmocka_unit_test(beginning_of_a_record_is_not_a_record),
		cmocka_unit_test(other_lines_are_not_records),
		cmocka_unit_test(lost_blocks_are_found_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
