#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "parse/extract/schema.h"
#include "parse/library.h"

#define ROWS(rows) size_t i = 0; i < sizeof(rows) / sizeof(*(rows)); i++

static struct field *add(struct schema *x, struct fields *fields,
			 const char *name, enum field_kind kind,
			 const char *query)
{
	struct buf why = {0};
	struct field *field;

	if (schema_add(x, fields, name, kind, query, &field, &why))
		fail_msg("%s", buf_cstr(&why));
	assert_int_equal(why.len, 0);
	return field;
}

/* Checks that the message contains the expected text, and releases the
 * message. */
static void check_why(struct buf *why, const char *expected)
{
	if (!strstr(buf_cstr(why), expected))
		fail_msg("\"%s\" is not in \"%s\"", expected, buf_cstr(why));
	buf_release(why);
}

static void field_keeps_its_definition(void **state)
{
	struct schema *x = schema_new();
	struct field *field = add(x, &x->fields, "a", FIELD_CSS, "p");

	(void)state;
	assert_string_equal(field->name, "a");
	assert_false(field->all);
	assert_string_equal(field->query, "p");
	assert_non_null(field->css);
	field = add(x, &x->fields, "\xc3\xa9 [b][]", FIELD_XPATH, "//p");
	assert_string_equal(field->name, "\xc3\xa9 [b]");
	assert_true(field->all);
	assert_true(x->has_xpath);
	assert_false(x->has_jq);
	assert_int_equal(field->number, 0);
	field = add(x, &x->fields, "c", FIELD_JQ, ".c");
	assert_true(x->has_jq);
	assert_int_equal(field->number, 1);
	assert_int_equal(x->compiled, 2);
	assert_int_equal(x->fields.count, 3);
	assert_int_equal(schema_finish(x, &(struct buf){0}), 0);
	schema_free(x);
}

static void bad_name_is_reported(void **state)
{
	char name[SCHEMA_MAX_NAME + 2];
	const struct {
		const char *name, *why;
	} rows[] = {
		{"", "a field needs a name"},
		{"[]", "a field needs a name"},
		{"a\nb", "control characters"},
		{"a\x7f", "control characters"},
		{"a\xc2\x85", "control characters"},
		{"a\xff", "not UTF-8"},
		{"there", "two fields are called \"there\""},
		{"there[]", "two fields are called \"there\""},
		{name, "over 256 bytes"},
	};
	struct schema *x = schema_new();
	struct field *field;

	(void)state;
	memset(name, 'x', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	add(x, &x->fields, "there", FIELD_CSS, "p");
	for (ROWS(rows)) {
		struct buf why = {0};

		assert_int_equal(schema_add(x, &x->fields, rows[i].name,
						FIELD_CSS, "p", &field, &why),
				 -1);
		check_why(&why, rows[i].why);
	}
	name[SCHEMA_MAX_NAME] = '\0';
	add(x, &x->fields, name, FIELD_CSS, "p");
	assert_int_equal(x->fields.count, 2);
	schema_free(x);
}

static void mistake_in_an_expression_shows_its_place(void **state)
{
	static const struct {
		enum field_kind kind;
		const char *query, *begin, *end;
	} rows[] = {
		{FIELD_CSS, "a:foo", "bad CSS: ", "\n    a:foo\n     ^"},
		{FIELD_CSS, "", "bad CSS: ", "\n    \n    ^"},
		{FIELD_CSS, "a\xff", "bad CSS: not UTF-8",
		 "\n    a\xef\xbf\xbd\n     ^"},
		{FIELD_XPATH, "//a[", "bad XPath: ", "^"},
		{FIELD_XPATH, "\xff", "bad XPath: not UTF-8",
		 "\n    \xef\xbf\xbd\n    ^"},
		{FIELD_JQ, ".a |", "bad jq filter: ", "\n    .a |"},
		{FIELD_JQ, "nosuch(1)", "bad jq filter: ", "\n    nosuch(1)"},
	};
	struct schema *x = schema_new();
	struct field *field;

	(void)state;
	for (ROWS(rows)) {
		struct buf why = {0};
		const size_t len = strlen(rows[i].end);

		assert_int_equal(schema_add(x, &x->fields, "a",
						rows[i].kind, rows[i].query,
						&field, &why), -1);
		if (strncmp(buf_cstr(&why), rows[i].begin,
			    strlen(rows[i].begin)) != 0 ||
		    why.len < len ||
		    strcmp(why.data + why.len - len, rows[i].end) != 0)
			fail_msg("%s: %s", rows[i].query, buf_cstr(&why));
		buf_release(&why);
	}
	assert_int_equal(x->fields.count, 0);
	assert_int_equal(x->compiled, 0);
	schema_free(x);
}

static void length_of_an_expression_is_limited(void **state)
{
	static const size_t lengths[] = {
		[FIELD_CSS] = 64 << 10, [FIELD_XPATH] = 4096,
		[FIELD_JQ] = 64 << 10,
	};
	struct schema *x = schema_new();
	struct field *field;

	(void)state;
	for (ROWS(lengths)) {
		char *query = xmalloc(lengths[i] + 2);
		struct buf why = {0};

		memset(query, 'a', lengths[i] + 1);
		query[lengths[i] + 1] = '\0';
		assert_int_equal(schema_add(x, &x->fields, "a",
						(enum field_kind)i, query,
						&field, &why), -1);
		check_why(&why, " bytes");
		free(query);
	}
	schema_free(x);
}

static void each_selects_elements_once(void **state)
{
	struct schema *x = schema_new();
	struct buf why = {0};

	(void)state;
	assert_int_equal(schema_each(x, "li:foo", &why), -1);
	check_why(&why, "\n    li:foo\n      ^");
	assert_int_equal(schema_each(x, "li::text", &why), -1);
	check_why(&why, "each selects elements");
	assert_int_equal(schema_each(x, "li", &why), 0);
	assert_int_equal(why.len, 0);
	assert_int_equal(schema_each(x, "li", &why), -1);
	check_why(&why, "twice");
	schema_free(x);
}

static void bad_regex_shows_its_place(void **state)
{
	struct schema *x = schema_new();
	struct field *field = add(x, &x->fields, "a", FIELD_CSS, "p");
	struct buf why = {0};

	(void)state;
	assert_int_equal(schema_regex(x, field, "a(b", &why), -1);
	assert_memory_equal(buf_cstr(&why), "bad regular expression: ", 24);
	check_why(&why, "\n    a(b\n       ^");
	assert_false(x->has_regex);
	assert_int_equal(schema_regex(x, field, "a(b)", &why), 0);
	assert_int_equal(why.len, 0);
	assert_true(x->has_regex);
	assert_int_equal(schema_regex(x, field, "b", &why), -1);
	check_why(&why, "field \"a\": it has two regular expressions");
	schema_free(x);
}

/* Checks that the message of schema_finish() contains the expected text, and
 * frees the schema. */
static void check_finish(struct schema *x, const char *expected)
{
	struct buf why = {0};

	assert_int_equal(schema_finish(x, &why), -1);
	check_why(&why, expected);
	schema_free(x);
}

static void schema_that_cannot_be_filled_is_refused(void **state)
{
	struct schema *x = schema_new();
	struct field *field;

	(void)state;
	check_finish(x, "no field");

	x = schema_new();
	add(x, &x->fields, "a", FIELD_CSS, "p");
	x->items = true;
	check_finish(x, "--items needs --each");

	x = schema_new();
	field = add(x, &x->fields, "a", FIELD_CSS, "p");
	schema_inside(x, field);
	check_finish(x, "field \"a\": it has no fields inside");

	x = schema_new();
	field = add(x, &x->fields, "a", FIELD_JQ, ".");
	add(x, schema_inside(x, field), "b", FIELD_CSS, "p");
	check_finish(x, "field \"b\": the fields of what a jq filter");

	x = schema_new();
	field = add(x, &x->fields, "a", FIELD_CSS, "p::text");
	add(x, schema_inside(x, field), "b", FIELD_CSS, "p");
	check_finish(x, "field \"a\": with fields inside, it must select");

	x = schema_new();
	field = add(x, &x->fields, "a", FIELD_CSS, "p");
	field->type = VALUE_NUMBER;
	add(x, schema_inside(x, field), "b", FIELD_CSS, "p");
	check_finish(x, "field \"a\": with fields inside, it cannot have a ");

	x = schema_new();
	field = add(x, &x->fields, "a", FIELD_CSS, "p");
	field->fallback = xstrdup("{");
	check_finish(x, "field \"a\": its default is not JSON");
}

static struct schema *nested(size_t depth)
{
	struct schema *x = schema_new();
	struct fields *fields = &x->fields;

	for (size_t i = 0; i < depth; i++)
		fields = schema_inside(x, add(x, fields, "a", FIELD_CSS,
						  "p"));
	add(x, fields, "a", FIELD_CSS, "p");
	return x;
}

static void objects_are_nested_sixteen_deep(void **state)
{
	struct schema *x = nested(SCHEMA_MAX_DEPTH);

	(void)state;
	assert_int_equal(schema_finish(x, &(struct buf){0}), 0);
	schema_free(x);
	check_finish(nested(SCHEMA_MAX_DEPTH + 1), "nested too deep");
	check_finish(nested(10000), "nested too deep");
}

static void same_name_may_be_in_different_objects(void **state)
{
	struct schema *x = schema_new();
	struct fields *inside;

	(void)state;
	inside = schema_inside(x, add(x, &x->fields, "a", FIELD_CSS, "p"));
	add(x, inside, "a", FIELD_CSS, "p");
	add(x, inside, "b", FIELD_CSS, "p");
	add(x, &x->fields, "b", FIELD_CSS, "p");
	assert_ptr_equal(x->fields.list[0].inside, inside);
	assert_int_equal(schema_finish(x, &(struct buf){0}), 0);
	schema_free(x);
}

static void fallback_loses_its_white_space(void **state)
{
	struct schema *x = schema_new();

	(void)state;
	add(x, &x->fields, "a", FIELD_CSS, "p")->fallback =
		xstrdup("{ \"a\" : [ 1 ] }");
	assert_int_equal(schema_finish(x, &(struct buf){0}), 0);
	assert_string_equal(x->fields.list[0].fallback, "{\"a\":[1]}");
	schema_free(x);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(field_keeps_its_definition),
		cmocka_unit_test(bad_name_is_reported),
		cmocka_unit_test(mistake_in_an_expression_shows_its_place),
		cmocka_unit_test(length_of_an_expression_is_limited),
		cmocka_unit_test(each_selects_elements_once),
		cmocka_unit_test(bad_regex_shows_its_place),
		cmocka_unit_test(schema_that_cannot_be_filled_is_refused),
		cmocka_unit_test(objects_are_nested_sixteen_deep),
		cmocka_unit_test(same_name_may_be_in_different_objects),
		cmocka_unit_test(fallback_loses_its_white_space),
	};

	parse_global_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
