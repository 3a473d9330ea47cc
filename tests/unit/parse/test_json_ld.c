#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parse/meta/json_ld.h"

static void type_is_a_media_type(void **state)
{
	(void)state;
	assert_true(json_ld_is_type("application/ld+json"));
	assert_true(json_ld_is_type(" Application/LD+JSON ; charset=utf-8"));
	assert_false(json_ld_is_type("application/json"));
	assert_false(json_ld_is_type("application/ld+jsonx"));
	assert_false(json_ld_is_type(""));
}

static void values_are_read_as_other_extractors_do(void **state)
{
	static const struct {
		const char *script;
		const char *values;	/* expected values; NULL: the text is
					 * not JSON */
		size_t count;
	} rows[] = {
		{"{\"a\": 1}", "{\"a\":1}", 1},
		{"", "", 0},
		{" \n", "", 0},
		{"/* nothing */", "", 0},
		{"{\"a\":\"x\ny\t\x01\"}", "{\"a\":\"x\\u000ay\\u0009\\u0001\"}",
		 1},
		{"{\"a\":\"it\\'s \\\"\"}", "{\"a\":\"it's \\\"\"}", 1},
		{"{\"a\":1};", "{\"a\":1}", 1},
		{"{\"a\":1}{\"a\":2},[3];", "{\"a\":1},{\"a\":2},[3]", 3},
		{"[1,2,]", "[1,2]", 1},
		{"{\"a\":[1 , ] , /* , */ }", "{\"a\":[1]}", 1},
		{"\xef\xbb\xbf\xc2\xa0{\"a\":1}", "{\"a\":1}", 1},
		{"//<![CDATA[\n[1]\n//]]>", "[1]", 1},
		{"// <![CDATA[ [1] // ]]>", "[1]", 1},
		{"<![CDATA[[1]]]>", "[1]", 1},
		{"/*<![CDATA[*/[1]/*]]>*/", "[1]", 1},
		{"<!-- [1] -->", "[1]", 1},
		{"<!--\n[1]\n-->", "[1]", 1},
		{"<!-- words -->[1]", "[1]", 1},
		{"<!-- words\n[1]\n//-->", "[1]", 1},
		{"[1, // words ]\n2]", "[1,2]", 1},
		{"[\"//\",\"/*\",\"<!--\",\"]]>\",\",]\",\";\"];",
		 "[\"//\",\"/*\",\"<!--\",\"]]>\",\",]\",\";\"]", 1},
		{"[1,,2]", NULL, 0},
		{"[,]", NULL, 0},
		{"[1;2]", NULL, 0},
		{"[1 2]", NULL, 0},
		{"[1/**/2]", NULL, 0},
		{"{'a':1}", NULL, 0},
		{"{\"a\":1", NULL, 0},
		{"{\"a\":\"1", NULL, 0},
		{"{\"a\":\"\\", NULL, 0},
		{"[1] /* open", NULL, 0},
		{"var x = [1]", NULL, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *script = rows[i].script;
		struct buf out = {0};
		size_t count = 99;
		bool good;

		buf_addstr(&out, "before");
		good = json_ld_read(&out, (struct slice){script,
							 strlen(script)},
				    &count);
		if (good != (rows[i].values != NULL))
			fail_msg("%s: %s", script, buf_cstr(&out));
		if (good) {
			assert_int_equal(count, rows[i].count);
			assert_string_equal(buf_cstr(&out) + 6,
					    rows[i].values);
		} else {
			assert_string_equal(buf_cstr(&out), "before");
		}
		buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(type_is_a_media_type),
		cmocka_unit_test(values_are_read_as_other_extractors_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
