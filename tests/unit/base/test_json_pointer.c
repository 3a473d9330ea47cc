#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json/pointer.h"

/* The document of RFC 6901, 5. */
static const char rfc[] =
	"{\"foo\": [\"bar\", \"baz\"], \"\": 0, \"a/b\": 1, \"c%d\": 2, "
	"\"e^f\": 3, \"g|h\": 4, \"i\\\\j\": 5, \"k\\\"l\": 6, \" \": 7, "
	"\"m~n\": 8}";

static const struct {
	const char *pointer, *value;
} examples[] = {
	{"/foo", "[\"bar\",\"baz\"]"},
	{"/foo/0", "\"bar\""},
	{"/foo/1", "\"baz\""},
	{"/", "0"},
	{"/a~1b", "1"},
	{"/c%d", "2"},
	{"/e^f", "3"},
	{"/g|h", "4"},
	{"/i\\j", "5"},
	{"/k\"l", "6"},
	{"/ ", "7"},
	{"/m~0n", "8"},
};

static json_t *read_json(const char *text)
{
	json_t *json = json_loads(text, JSON_DECODE_ANY, NULL);

	assert_non_null(json);
	return json;
}

static void assert_json(const json_t *json, const char *expected)
{
	char *text = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY);

	assert_string_equal(text, expected);
	free(text);
}

static void examples_of_rfc_6901_are_found(void **state)
{
	json_t *json = read_json(rfc);
	struct buf why = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(*examples); i++)
		assert_json(json_pointer_find(json, examples[i].pointer, &why),
			    examples[i].value);
	assert_ptr_equal(json_pointer_find(json, "", &why), json);
	assert_int_equal(why.len, 0);
	json_decref(json);
}

static void existing_value_is_replaced_in_place(void **state)
{
	static const struct {
		const char *json, *pointer, *value, *result;
	} rows[] = {
		{"{\"query\":\"q\",\"variables\":{\"a\":null,\"b\":1}}",
		 "/variables/a", "\"x\"",
		 "{\"query\":\"q\",\"variables\":{\"a\":\"x\",\"b\":1}}"},
		{"{\"a\":null}", "/a", "12", "{\"a\":12}"},
		{"{\"a\":{\"b\":1}}", "/a", "[1]", "{\"a\":[1]}"},
		{"[1,2,3]", "/1", "\"x\"", "[1,\"x\",3]"},
		{"[[0,{\"\":7}]]", "/0/1/", "true", "[[0,{\"\":true}]]"},
		{"{\"~1\":0}", "/~01", "5", "{\"~1\":5}"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		json_t *json = read_json(rows[i].json);
		struct buf why = {0};

		assert_int_equal(json_pointer_set(json, rows[i].pointer,
						  rows[i].value, &why), 0);
		assert_json(json, rows[i].result);
		json_decref(json);
	}
}

static void missing_value_is_an_error(void **state)
{
	static const struct {
		const char *pointer, *value, *why;
	} rows[] = {
		{"/b", "1", "\"/b\": there is no \"b\" (a member to be set "
			    "must exist, as null)"},
		{"/a/2", "1", "\"/a/2\": there is no \"2\" (a member"},
		{"/a/-", "1", "\"/a/-\": there is no \"-\" (a member"},
		{"/a/01", "1", "\"/a/01\": there is no \"01\" (a member"},
		{"/a/", "1", "\"/a/\": there is no \"\" (a member"},
		{"/a/+1", "1", "\"/a/+1\": there is no \"+1\" (a member"},
		{"/a/18446744073709551617", "1", "\"/a/184467"},
		{"/a/0/x", "1", "\"/a/0/x\": there is no \"x\" (a member"},
		{"/x/y", "1", "\"/x/y\": there is no \"x\" (a member"},
		{"a", "1", "\"a\": a JSON pointer begins with \"/\""},
		{"#/a", "1", "\"#/a\": a JSON pointer begins with \"/\""},
		{"", "1", "\"\": is the whole document, not a member of it"},
		{"/a~", "1", "\"/a~\": a ~ itself is written ~0"},
		{"/a~2", "1", "\"/a~2\": a ~ itself is written ~0"},
		{"/a/0", "{", "\"/a/0\": the value cannot be read as JSON"},
		{"/a/0", "", "\"/a/0\": the value cannot be read as JSON"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		json_t *json = read_json("{\"a\":[1,2]}");
		struct buf why = {0};

		assert_int_equal(json_pointer_set(json, rows[i].pointer,
						  rows[i].value, &why), -1);
		if (strncmp(buf_cstr(&why), rows[i].why, strlen(rows[i].why)))
			fail_msg("%s", buf_cstr(&why));
		assert_json(json, "{\"a\":[1,2]}");
		buf_release(&why);
		json_decref(json);
	}
}

static void long_pointer_is_truncated_in_messages(void **state)
{
	json_t *json = read_json("{}");
	struct buf pointer = {0}, why = {0};

	(void)state;
	for (unsigned i = 0; i < 1 << 20; i++)
		buf_addstr(&pointer, "/\xc3\xa4");
	assert_null(json_pointer_find(json, buf_cstr(&pointer), &why));
	assert_in_range(why.len, 1, 300);
	buf_release(&pointer);
	buf_release(&why);
	json_decref(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples_of_rfc_6901_are_found),
		cmocka_unit_test(existing_value_is_replaced_in_place),
		cmocka_unit_test(missing_value_is_an_error),
		cmocka_unit_test(long_pointer_is_truncated_in_messages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
