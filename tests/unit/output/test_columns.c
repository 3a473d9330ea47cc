/* Tests of the columns of a table: the meaning of their names, and the place of
 * their values in a record. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "cmd/output/columns.h"

static const char record[] =
	"{\"index\":7,\"url\":\"u\",\"status\":200,\"error\":null,"
	"\"time\":{\"total\":0.5,\"wait\":0},\"title\":\"own\","
	"\"note\":{\"a\":{\"b\":1}},"
	"\"data\":{\"title\":\"field\",\"a.b\":2,\"a\":{\"b\":3,\"c.d\":4},"
	"\"p\\u0072ice\":5,\"\\u00e9\":6,\"x,y\":7,\"total\":null}}";

static struct slice text(const char *s)
{
	return (struct slice){s, strlen(s)};
}

/* Returns the shape of that record. */
static struct shape *shape_new(void)
{
	static const char *const fields[] = {"title", "a.b",	"price",
					     "\u00e9", "x,y", "total"};
	struct shape *s = shape_of_page(), *data, *a;

	shape_add(s, text("note"), COLUMN_JSON)->is_open = true;
	data = shape_add(s, text("data"), COLUMN_JSON);
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		shape_add(data, text(fields[i]), COLUMN_ANY);
	a = shape_add(data, text("a"), COLUMN_JSON);
	shape_add(a, text("b"), COLUMN_INTEGER);
	shape_add(a, text("c.d"), COLUMN_INTEGER);
	return s;
}

/* Appends the names and values of the columns, or why there are none. */
static void add_cells(struct buf *out, const char *names)
{
	struct shape *s = shape_new();
	struct columns *c = columns_new(s, names, strcmp, out);
	struct slice values[64];

	shape_free(s);
	if (!c)
		return;
	assert_true(c->len <= 64);
	columns_read(c, text(record), values);
	for (size_t i = 0; i < c->len; i++)
		buf_addf(out, "%s=%.*s|", c->list[i].name, (int)values[i].len,
			 values[i].p ? values[i].p : "");
	columns_free(c);
}

static void check_cells(const char *names, const char *expected)
{
	struct buf out = {0};

	add_cells(&out, names);
	assert_string_equal(buf_cstr(&out), expected);
	buf_release(&out);
}

static void field_is_found_before_a_member_of_the_record(void **state)
{
	(void)state;
	check_cells("title,page_title,data.title", "\"title\" and "
		    "\"data.title\" are the same value");
	check_cells("title,page_title", "title=\"field\"|page_title=\"own\"|");
	check_cells("index,page_status", "index=7|page_status=200|");
	check_cells("total,time.total,time_wait",
		    "total=null|time.total=0.5|time_wait=0|");
}

static void longest_name_of_a_field_counts(void **state)
{
	(void)state;
	check_cells("a.b,a.c.d,data.a", "a.b=2|a.c.d=4|data.a={\"b\":3,"
					"\"c.d\":4}|");
	check_cells("note.a.b,note", "note.a.b=1|note={\"a\":{\"b\":1}}|");
	check_cells("note.x.y", "note.x.y=|");
}

static void keys_may_be_escaped_in_the_record(void **state)
{
	(void)state;
	check_cells("price,\u00e9", "price=5|\u00e9=6|");
}

static void names_may_be_quoted(void **state)
{
	(void)state;
	check_cells(" \"x,y\" ,  url ", "x,y=7|url=\"u\"|");
	check_cells("\"x,y", "a name has no closing quote");
	check_cells("\"url\"x,y", "a comma is missing after a name in quotes");
	check_cells("url,,title", "a name is empty");
	check_cells("url, ", "a name is empty");
	check_cells("url,", "a name is empty");
}

static void usual_columns_are_those_of_fields(void **state)
{
	(void)state;
	check_cells(NULL, "url=\"u\"|status=200|error=null|title=\"field\"|"
			  "a.b=2|price=5|\u00e9=6|x,y=7|total=null|"
			  "a={\"b\":3,\"c.d\":4}|");
}

static void unknown_names_are_refused(void **state)
{
	static const char *const names[] = {
		"prise", "data.", ".", "data.a.x", "price.x", "time.x", "page_",
		"page_x", "time_", "note.", "note..a", "Url", "data.url",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct buf out = {0};

		add_cells(&out, names[i]);
		if (!strstr(buf_cstr(&out), "there is no \""))
			fail_msg("%s: %s", names[i], buf_cstr(&out));
		buf_release(&out);
	}
	check_cells("links", "records have \"links\" only with --links");
}

/* A message with all names of a record with very many fields would fill the
 * screen. */
static void message_lists_the_first_hundred_names(void **state)
{
	struct shape *s = shape_of_page();
	struct shape *data = shape_add(s, text("data"), COLUMN_JSON);
	struct buf why = {0};
	char name[16];

	(void)state;
	for (int i = 0; i < 200; i++) {
		snprintf(name, sizeof(name), "f%d", i);
		shape_add(data, text(name), COLUMN_ANY);
	}
	assert_null(columns_new(s, "status,f1,f1x", strcmp, &why));
	assert_non_null(strstr(buf_cstr(&why), "did you mean \"f1\"?"));
	assert_non_null(strstr(buf_cstr(&why), ", f2,"));
	assert_null(strstr(buf_cstr(&why), ", f150"));
	assert_string_equal(why.data + why.len - 5, ", ...");
	shape_free(s);
	buf_release(&why);
}

static void paths_have_a_limit(void **state)
{
	struct buf name = {0}, out = {0};

	(void)state;
	buf_addstr(&name, "note");
	for (int i = 0; i < 1000; i++)
		buf_addstr(&name, ".a");
	add_cells(&out, buf_cstr(&name));
	assert_non_null(strstr(buf_cstr(&out), "there is no \"note.a.a"));
	buf_release(&name);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(field_is_found_before_a_member_of_the_record),
		cmocka_unit_test(longest_name_of_a_field_counts),
		cmocka_unit_test(keys_may_be_escaped_in_the_record),
		cmocka_unit_test(names_may_be_quoted),
		cmocka_unit_test(usual_columns_are_those_of_fields),
		cmocka_unit_test(unknown_names_are_refused),
		cmocka_unit_test(message_lists_the_first_hundred_names),
		cmocka_unit_test(paths_have_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
