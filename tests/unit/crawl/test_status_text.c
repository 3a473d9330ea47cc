/* cmd/crawl/status/status_text.c: the status of a crawl for people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <string.h>

#include "cmd/crawl/status/status_text.h"

/* Returns the text for a status; the caller releases it. */
static struct buf text_of(const char *json)
{
	json_t *status = json_loads(json, JSON_ALLOW_NUL, NULL);
	struct buf text = {0};

	assert_non_null(status);
	status_text_add(&text, status, "shop.d");
	json_decref(status);
	buf_cstr(&text);
	return text;
}

static void status_has_a_line_for_each_subject(void **state)
{
	struct buf text = text_of(
		"{\"crawl\":{\"known\":6912,\"done\":1234,\"waiting\":5678,"
		"\"hosts\":2,\"errors\":12,\"bad_statuses\":5,"
		"\"skipped\":{\"scope\":1204,\"trap\":12},"
		"\"sitemaps\":{\"read\":12,\"entries\":6800,\"pages\":5500,"
		"\"refused\":{\"scope\":3},\"errors\":{\"404\":1}},\"traps\":[{\"kind\":\"/#/#\",\"example\":"
		"\"http://a/1/2\"}],\"end\":\"quota\",\"written\":"
		"\"2026-01-31T10:30:00.000Z\",\"output\":\"/o.jsonl\","
		"\"continue\":\"scrape crawl -u a:***\",\"folder\":\"/home/me\","
		"\"running\":false},\"hosts\":["
		"{\"host\":\"a.example\",\"requests\":1000,\"waiting\":5000,"
		"\"errors\":12,\"bytes\":10100000,\"held\":{\"robots\":730.5,"
		"\"429\":3.5,\"rate\":0.01},\"robots\":\"rules\"},"
		"{\"host\":null,\"requests\":234,\"waiting\":678,"
		"\"errors\":0,\"bytes\":5,\"held\":{},\"robots\":null}]}");

	(void)state;
	assert_string_equal(buf_cstr(&text),
		"shop.d: stopped by --quota, last written "
		"2026-01-31T10:30:00.000Z\n"
		"  pages     1,234 done (12 with an error, 5 with a status >= 400), "
		"5,678 waiting, 6,912 known on 2 hosts\n"
		"  left out  1,204 scope, 12 trap\n"
		"  sitemaps  12 read, not read or only in part: 1 404\n"
		"            6,800 entries, 5,500 of them new pages, left out: "
		"3 scope\n"
		"  traps     /#/#, for example http://a/1/2\n"
		"  output    /o.jsonl\n"
		"  continue  scrape crawl -u a:***\n"
		"    in      /home/me\n"
		"            (replace the asterisks by the secret)\n"
		"            (with a larger --quota)\n"
		"\n"
		"host           done   waiting  errors     bytes  robots.txt"
		"   held back\n"
		"a.example     1,000     5,000      12   10.1 MB  has rules"
		"    robots 12:11, 429 3.5 s\n"
		"(others)        234       678       0       5 B  -\n");
	buf_release(&text);
}

static void first_line_says_why_the_crawl_has_ended(void **state)
{
	static const struct {
		const char *crawl, *words;
	} rows[] = {
		{"\"running\":true,\"end\":null", "running"},
		{"\"running\":true,\"end\":\"complete\"", "running"},
		{"\"running\":false,\"end\":\"complete\"", "complete"},
		{"\"running\":false,\"end\":\"interrupted\"", "interrupted"},
		{"\"running\":false,\"end\":\"failed\"",
		 "stopped by an error"},
		{"\"running\":false,\"end\":\"max-pages\"",
		 "stopped by --max-pages"},
		{"\"running\":false,\"end\":null",
		 "stopped before its end (killed, or an error)"},
		{"\"end\":7", "stopped before its end (killed, or an error)"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf json = {0}, first = {0}, text;

		buf_addf(&json, "{\"crawl\":{%s}}", rows[i].crawl);
		text = text_of(buf_cstr(&json));
		buf_addf(&first, "shop.d: %s\n", rows[i].words);
		assert_memory_equal(text.data, first.data, first.len);
		buf_release(&json);
		buf_release(&first);
		buf_release(&text);
	}
}

static void text_of_the_database_cannot_command_the_terminal(void **state)
{
	struct buf text = text_of(
		"{\"crawl\":{\"written\":\"\\u001b[31m\",\"output\":"
		"\"a\\nb\\u009b\",\"continue\":\"\\u001b]0;x\\u0007\","
		"\"skipped\":{\"\\u001b\":1},\"traps\":[{\"form\":\"\\u001b\","
		"\"example\":\"\\u202e\"},7,{}]},\"hosts\":[{\"host\":"
		"\"\\u001b[2J\",\"robots\":\"\\u001b\"},[],null]}");

	(void)state;
	for (size_t i = 0; i < text.len; i++)
		assert_true(text.data[i] == '\n' ||
			    (text.data[i] >= ' ' && text.data[i] <= '~'));
	buf_release(&text);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(status_has_a_line_for_each_subject),
		cmocka_unit_test(first_line_says_why_the_crawl_has_ended),
		cmocka_unit_test(
			text_of_the_database_cannot_command_the_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
