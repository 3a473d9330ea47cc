#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "cmd/gather/template/template.h"

#define COUNT(rows) (sizeof(rows) / sizeof(*(rows)))

static json_t *read_json(const char *text)
{
	json_t *json = json_loads(text, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);

	if (!json)
		fail_msg("not JSON: %s", text);
	return json;
}

static void mistakes_are_reported_before_values_are_filled_in(void **state)
{
	static const struct {
		const char *text;
		bool has_each;
		const char *wrong;	/* beginning of the expected message;
					 * NULL: no error */
	} rows[] = {
		{"", true, NULL},
		{"https://a/b", true, NULL},
		{"users/{}", true, NULL},
		{"{}{}", true, NULL},
		{"{id}/{user.name}/{_a-b$@9}/{\xc3\xa4}", true, NULL},
		{"{{}}", true, NULL},
		{"{{{}}}", true, NULL},
		{"{{id}} {}", true, NULL},
		{"{{\"a\": \"{}\"}}", true, NULL},
		{"{", true, "a { is neither"},
		{"a{b", true, "a { is neither"},
		{"{id}{", true, "a { is neither"},
		{"{a{b}", true, "a { is neither"},
		{"{ id }", true, "a { is neither"},
		{"{\"a\":{\"b\":1}}", true, "a { is neither"},
		{"query { user(id: 1) { name } }", true, "a { is neither"},
		{"}", true, "a } has no {"},
		{"{}}", true, "a } has no {"},
		{"{.}", true, "a key is empty"},
		{"{.a}", true, "a key is empty"},
		{"{a.}", true, "a key is empty"},
		{"{a..b}", true, "a key is empty"},
		{"{}/{id}", true, "has both {} (for scalars)"},
		{"users/{}", false, "{} stands for a value of \"each\""},
		{"users/{id}", false, "{} stands for a value of \"each\""},
		{"users/{{id}}", false, NULL},
		{"{\"a\":{\"b\":1}}", false, NULL},
		{"{", false, NULL},
		{"}", false, NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *said = template_check(rows[i].text,
						  rows[i].has_each);
		const char *wrong = rows[i].wrong;

		if (!said != !wrong ||
		    (wrong && strncmp(said, wrong, strlen(wrong))))
			fail_msg("%s: %s", rows[i].text, said);
	}
}

static void text_with_a_placeholder_is_a_template(void **state)
{
	(void)state;
	assert_true(template_has_placeholder("a/{}"));
	assert_true(template_has_placeholder("a/{id}"));
	assert_true(template_has_placeholder("{ {id}"));
	assert_true(template_has_placeholder("{{{}}}"));
	assert_false(template_has_placeholder(""));
	assert_false(template_has_placeholder("a/{{}}"));
	assert_false(template_has_placeholder("a/{{id}}"));
	assert_false(template_has_placeholder("{\"a\":1}"));
	assert_false(template_has_placeholder("{a"));
}

static const struct {
	const char *text;
	enum template_use use;
	const char *value, *filled;
} fills[] = {
	{"users/{}", TEMPLATE_URL, "1", "users/1"},
	{"users/{}", TEMPLATE_URL, "-9007199254740993",
	 "users/-9007199254740993"},
	{"{}", TEMPLATE_URL, "0.1", "0.1"},
	{"{}", TEMPLATE_URL, "1.0", "1.0"},
	{"{}", TEMPLATE_URL, "0.1234567890123456789", "0.12345678901234568"},
	{"{}", TEMPLATE_TEXT, "-2.5", "-2.5"},
	{"{}", TEMPLATE_URL, "true", "true"},
	{"{}", TEMPLATE_URL, "false", "false"},
	{"{}/{}", TEMPLATE_URL, "\"x\"", "x/x"},
	{"{}", TEMPLATE_URL, "\"\"", ""},
	{"{}", TEMPLATE_URL, "\"azAZ09-._~\"", "azAZ09-._~"},
	{"{}", TEMPLATE_URL, "\" !\\\"#$%&'()*+,/:;<=>?@[\\\\]^`{|}\"",
	 "%20%21%22%23%24%25%26%27%28%29%2A%2B%2C%2F%3A%3B%3C%3D%3E%3F%40%5B"
	 "%5C%5D%5E%60%7B%7C%7D"},
	{"{}", TEMPLATE_URL, "\"\xc3\xa4\xf0\x9f\x98\x80\"",
	 "%C3%A4%F0%9F%98%80"},
	{"{}", TEMPLATE_URL, "\"a\\u0000b\\n\\u007f\"", "a%00b%0A%7F"},
	{"{}", TEMPLATE_URL, "\"{}\"", "%7B%7D"},
	{"?a={{{}}}", TEMPLATE_URL, "1", "?a={1}"},
	{"{id}/{user.name}", TEMPLATE_URL,
	 "{\"id\": 7, \"user\": {\"name\": \"a b\"}}", "7/a%20b"},
	{"{\xc3\xa4}", TEMPLATE_TEXT, "{\"\xc3\xa4\": 1}", "1"},
	{"{a}", TEMPLATE_TEXT, "{\"a\": \"{a}\"}", "{a}"},
	{"Bearer {}", TEMPLATE_HEADER, "\"a b\\t\xc3\xa4\"",
	 "Bearer a b\t\xc3\xa4"},
	{"{{\"q\": \"{}\"}}", TEMPLATE_TEXT, "\"a\\nb\"", "{\"q\": \"a\nb\"}"},
	{"no hole", TEMPLATE_URL, "{}", "no hole"},
	/* Segments that contain dots but are not removed from a path. */
	{"a/{}.json", TEMPLATE_URL, "\".\"", "a/..json"},
	{"a/{}", TEMPLATE_URL, "\"...\"", "a/..."},
	{"a?b={}", TEMPLATE_URL, "\"..\"", "a?b=.."},
	{"a/b/../{}", TEMPLATE_URL, "1", "a/b/../1"},
	{"{}/../x", TEMPLATE_URL, "1", "1/../x"},
	{"{}", TEMPLATE_TEXT, "\"..\"", ".."},
};

static void placeholder_is_replaced_by_its_value(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(fills); i++) {
		json_t *value = read_json(fills[i].value);
		struct buf out = {0}, why = {0};

		buf_addstr(&out, "<");
		assert_null(template_check(fills[i].text, true));
		assert_int_equal(template_fill(&out, fills[i].text,
					       fills[i].use, value, &why), 0);
		assert_string_equal(buf_cstr(&out) + 1, fills[i].filled);
		assert_int_equal(why.len, 0);
		buf_release(&out);
		json_decref(value);
	}
}

static const struct {
	const char *text;
	enum template_use use;
	const char *value, *why;
} misfits[] = {
	{"{}", TEMPLATE_URL, "null", "{} is null"},
	{"{}", TEMPLATE_URL, "{\"a\": 1}",
	 "{} needs a scalar: the value is an object; write {key}"},
	{"{}", TEMPLATE_TEXT, "[1]",
	 "{} needs a scalar: the value is an array"},
	{"{a}", TEMPLATE_URL, "{\"a\": null}", "{a} is null"},
	{"{a}", TEMPLATE_URL, "{\"a\": {}}",
	 "{a} needs a scalar: it is an object"},
	{"{a}", TEMPLATE_URL, "{\"a\": []}",
	 "{a} needs a scalar: it is an array"},
	{"{a.b}", TEMPLATE_URL, "{\"a\": {\"c\": 1}}",
	 "{a.b} is missing: there is no \"b\" in an object"},
	{"{a.b}", TEMPLATE_URL, "{\"a\": \"x\"}",
	 "{a.b} is missing: there is no \"b\" in a string"},
	{"{a.b}", TEMPLATE_URL, "{\"a.b\": 1}",
	 "{a.b} is missing: there is no \"a\" in an object"},
	{"{a}", TEMPLATE_URL, "3",
	 "{a} is missing: there is no \"a\" in a number"},
	{"{}", TEMPLATE_HEADER, "\"a\\r\\nEvil: 1\"",
	 "{} has a line end or NUL, which no header can hold"},
	{"{}", TEMPLATE_HEADER, "\"a\\rb\"",
	 "{} has a line end or NUL, which no header can hold"},
	{"{}", TEMPLATE_HEADER, "\"a\\nb\"",
	 "{} has a line end or NUL, which no header can hold"},
	{"{}", TEMPLATE_HEADER, "\"a\\u0000b\"",
	 "{} has a line end or NUL, which no header can hold"},
	{"users/{}", TEMPLATE_URL, "\"..\"",
	 "{} makes \"..\" a segment of the path, which "
	 "would lead to another folder"},
	{"users/{}/x", TEMPLATE_URL, "\".\"",
	 "{} makes \".\" a segment of the path, which "
	 "would lead to another folder"},
	{"users/.{}?x", TEMPLATE_URL, "\".\"",
	 "{} makes \"..\" a segment of the path, which "
	 "would lead to another folder"},
	{"users/{a}{b}", TEMPLATE_URL, "{\"a\": \".\", \"b\": \".\"}",
	 "{b} makes \"..\" a segment of the path, which "
	 "would lead to another folder"},
	{"ok {", TEMPLATE_TEXT, "1",
	 "a { is neither {} nor {key} (a brace itself is written {{)"},
	{"ok }", TEMPLATE_TEXT, "1",
	 "a } has no { before it (a brace itself is written }})"},
};

static void unsuitable_value_is_named_and_leaves_no_output(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(misfits); i++) {
		json_t *value = read_json(misfits[i].value);
		struct buf out = {0}, why = {0};

		buf_addstr(&out, "before");
		assert_int_equal(template_fill(&out, misfits[i].text,
					       misfits[i].use, value, &why),
				 -1);
		assert_string_equal(buf_cstr(&why), misfits[i].why);
		assert_string_equal(buf_cstr(&out), "before");
		buf_release(&out);
		buf_release(&why);
		json_decref(value);
	}
}

static void braces_are_text_without_a_value(void **state)
{
	static const char *const texts[] = {
		"{viewer{login}}", "{\"a\":{\"b\":{}}}", "{{}}", "}{", "{}",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct buf out = {0}, why = {0};
		json_t *json = json_string(texts[i]);
		json_t *copy = template_fill_json(json, NULL, &why);

		assert_int_equal(template_fill(&out, texts[i], TEMPLATE_HEADER,
					       NULL, &why), 0);
		assert_string_equal(buf_cstr(&out), texts[i]);
		assert_true(json_equal(json, copy));
		json_decref(json);
		json_decref(copy);
		buf_release(&out);
	}
}

static const struct {
	const char *json, *value, *filled;	/* filled NULL: an error is
						 * expected */
} documents[] = {
	{"{\"a\": \"x{}\", \"b\": [\"{}\", 1, null, true]}", "5",
	 "{\"a\":\"x5\",\"b\":[5,1,null,true]}"},
	{"\"{}\"", "{\"a\": [1]}", "{\"a\":[1]}"},
	{"\"{}\"", "null", "null"},
	{"\"{a.b}\"", "{\"a\": {\"b\": [1, 2]}}", "[1,2]"},
	{"\" {a.b}\"", "{\"a\": {\"b\": \"\\u0000\xc3\xa4\"}}",
	 "\" \\u0000\xc3\xa4\""},
	{"{\"{a}\": \"{{a}}\"}", "{\"a\": 1}", "{\"{a}\":\"{a}\"}"},
	{"{\"variables\": {\"id\": \"{id}\"}}", "{\"id\": 12}",
	 "{\"variables\":{\"id\":12}}"},
	{"[[[\"{}{}\"]]]", "\"x\"", "[[[\"xx\"]]]"},
	{"{}", "1", "{}"},
	{"\"\"", "1", "\"\""},
	{"{\"a\": [\"{x}\"]}", "{\"y\": 1}", NULL},
	{"{\"a\": {\"b\": \"-{x}\"}}", "{\"x\": []}", NULL},
	{"[\"{\"]", "1", NULL},
};

static void strings_in_json_are_filled_and_whole_ones_replaced(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(documents); i++) {
		json_t *json = read_json(documents[i].json);
		json_t *value = read_json(documents[i].value);
		struct buf why = {0};
		json_t *filled = template_fill_json(json, value, &why);
		char *text = json_dumps(filled, JSON_COMPACT | JSON_ENCODE_ANY);

		if (!documents[i].filled) {
			assert_null(filled);
			assert_true(why.len > 0);
		} else {
			assert_string_equal(text, documents[i].filled);
		}
		free(text);
		buf_release(&why);
		json_decref(filled);
		json_decref(value);
		json_decref(json);
	}
}

static void value_that_replaces_a_string_is_a_copy(void **state)
{
	json_t *json = read_json("[\"{}\"]"), *value = read_json("{\"a\": 1}");
	struct buf why = {0};
	json_t *filled = template_fill_json(json, value, &why);

	(void)state;
	json_object_set_new(json_array_get(filled, 0), "a", json_integer(2));
	assert_int_equal(json_integer_value(json_object_get(value, "a")), 1);
	json_decref(filled);
	json_decref(value);
	json_decref(json);
}

/* With AddressSanitizer, each strcspn() reads the string to its end, so that
 * linear time becomes quadratic. */
#ifdef __SANITIZE_ADDRESS__
enum { LONG = 1 << 15 };
#else
enum { LONG = 1 << 20 };
#endif

static void long_templates_take_one_pass(void **state)
{
	static const char *const pieces[] = {
		"{", "{{", "}", "}}", "{}", "{a", "{a.", "{.}", "a", "/", "..",
	};
	json_t *value = json_string(".");

	(void)state;
	for (size_t i = 0; i < COUNT(pieces); i++) {
		struct buf text = {0}, out = {0}, why = {0};

		while (text.len < LONG)
			buf_addstr(&text, pieces[i]);
		template_has_placeholder(buf_cstr(&text));
		template_check(buf_cstr(&text), true);
		template_fill(&out, buf_cstr(&text), TEMPLATE_URL, value, &why);
		assert_in_range(why.len, 0, 300);
		buf_release(&text);
		buf_release(&out);
		buf_release(&why);
	}
	json_decref(value);
}

static void a_long_value_named_often_is_an_error(void **state)
{
	struct buf text = {0}, out = {0}, why = {0};
	json_t *value;

	(void)state;
	/* The filled text has 16,384 times 32 KB. */
	while (text.len < 1 << 15)
		buf_addstr(&text, "{}");
	value = json_string(buf_cstr(&text));
	assert_int_equal(template_fill(&out, buf_cstr(&text), TEMPLATE_TEXT,
				       value, &why), -1);
	assert_string_equal(buf_cstr(&why),
			    "{} makes the text longer than 64 MB");
	assert_int_equal(out.len, 0);
	json_decref(value);
	buf_release(&text);
	buf_release(&out);
	buf_release(&why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			mistakes_are_reported_before_values_are_filled_in),
		cmocka_unit_test(text_with_a_placeholder_is_a_template),
		cmocka_unit_test(placeholder_is_replaced_by_its_value),
		cmocka_unit_test(
			unsuitable_value_is_named_and_leaves_no_output),
		cmocka_unit_test(braces_are_text_without_a_value),
		cmocka_unit_test(
			strings_in_json_are_filled_and_whole_ones_replaced),
		cmocka_unit_test(value_that_replaces_a_string_is_a_copy),
		cmocka_unit_test(long_templates_take_one_pass),
		cmocka_unit_test(a_long_value_named_often_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
