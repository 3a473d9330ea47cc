/* cmd/output/markdown/front_matter.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/output/markdown/front_matter.h"

/* SHA-256 of "abc" (FIPS 180-2, B.1). */
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static struct slice text(const char *s)
{
	return (struct slice){s, strlen(s)};
}

static void front_matter_has_a_line_for_each_value(void **state)
{
	struct buf out = {0};

	(void)state;
	front_matter_add(&out, &(struct front_matter){
		.title = text("\"A: \\\"b\\\" # - 'c' \\\\ \\n---\\n\""),
		.url = text("\"https://a.example/\""),
		.final_url = text("\"https://a.example/b\""),
		.authors = text("[\"Ann, B\",\"no\"]"),
		.date = text("\"2024-05\""),
		.fetched = text("\"2024-05-01T00:00:00.000Z\""),
		.markdown = text("abc"),
	});
	assert_string_equal(buf_cstr(&out),
		"---\n"
		"title: \"A: \\\"b\\\" # - 'c' \\\\ \\n---\\n\"\n"
		"url: \"https://a.example/\"\n"
		"final_url: \"https://a.example/b\"\n"
		"authors: [\"Ann, B\", \"no\"]\n"
		"date: \"2024-05\"\n"
		"fetched: \"2024-05-01T00:00:00.000Z\"\n"
		"sha256: \"" ABC "\"\n"
		"---\n");
	buf_release(&out);
}

static void values_that_are_not_known_are_null(void **state)
{
	struct buf out = {0};

	(void)state;
	front_matter_add(&out, &(struct front_matter){
		.title = text("null"),
		.url = text("\"https://a.example/\""),
		.final_url = text("\"https://a.example/\""),
		.authors = text("[]"),
		.markdown = text("abc"),
	});
	assert_string_equal(buf_cstr(&out),
		"---\ntitle: null\nurl: \"https://a.example/\"\nauthors: []\n"
		"date: null\nfetched: null\nsha256: \"" ABC "\"\n---\n");
	buf_release(&out);
}

/* YAML does not allow some characters, and takes others as line ends. */
static void characters_that_yaml_does_not_allow_are_escaped(void **state)
{
	struct buf out = {0};

	(void)state;
	front_matter_add_url(&out, text("\"\\u0000\x7f\xc2\x85\xe2\x80\xa8"
					"\xe2\x80\xa9\xef\xbb\xbf\xef\xbf\xbe"
					"\xef\xbf\xbf\xf0\x9f\x98\x80\xc3\xa9"
					"\\ud83d\\ude00\""));
	assert_string_equal(buf_cstr(&out),
		"url: \"\\u0000\\u007f\\u0085\\u2028\\u2029\\ufeff\\ufffe"
		"\\uffff\xf0\x9f\x98\x80\xc3\xa9\xf0\x9f\x98\x80\"\n");
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(front_matter_has_a_line_for_each_value),
		cmocka_unit_test(values_that_are_not_known_are_null),
		cmocka_unit_test(
			characters_that_yaml_does_not_allow_are_escaped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
