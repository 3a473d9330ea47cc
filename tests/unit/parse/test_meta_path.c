#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "parse/meta/meta_path.h"

static const char page[] =
	"{\"description\":\"d\",\"opengraph\":{\"og:title\":\"t\",\"a.b\":1},"
	"\"json_ld\":[{\"n\":1,\"l\":[1,2,3]},{\"\\u006e\":2,\"\":3},[4,[5]]]}";

static bool on_value(void *ctx, struct slice json)
{
	struct buf *out = ctx;

	buf_add(out, json.p, json.len);
	buf_addch(out, ' ');
	return out->len < 100;
}

static void values_are_found(void **state)
{
	static const struct { const char *path, *values; } rows[] = {
		{"description", "\"d\" "},
		{".description", "\"d\" "},
		{"description.x", ""},
		{"description[0]", ""},
		{"description[]", ""},
		{"canonical", ""},
		{"opengraph.og:title", "\"t\" "},
		{"opengraph[\"a.b\"]", "1 "},
		{"opengraph['a\\.b']", "1 "},
		{"json_ld[0].n", "1 "},
		{"json_ld.[1].n", "2 "},
		{"json_ld[1][\"\"]", "3 "},
		{"json_ld[].n", "1 2 "},
		{"json_ld[][]", "4 [5] "},
		{"json_ld[0].l", "[1,2,3] "},
		{"json_ld[0].l[-1]", "3 "},
		{"json_ld[0].l[-3]", "1 "},
		{"json_ld[0].l[-4]", ""},
		{"json_ld[0].l[3]", ""},
		{"json_ld[2][1][0]::url", "5 "},
		{"json_ld.n", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf out = {0};
		struct meta_path *path;
		size_t at;

		path = meta_path_compile(rows[i].path, strlen(rows[i].path),
					 &out, &at);
		if (!path)
			fail_msg("%s: %s", rows[i].path, buf_cstr(&out));
		meta_path_find(path, (struct slice){page, strlen(page)},
			       on_value, &out);
		assert_string_equal(buf_cstr(&out), rows[i].values);
		meta_path_free(path);
		buf_release(&out);
	}
}

static void errors_have_a_position(void **state)
{
	static const struct { const char *path; size_t at; const char *why; }
	rows[] = {
		{"", 0, "name"},	     {".", 1, "name"},
		{"[0]", 0, "name"},	     {"json_ld.", 8, "name"},
		{"json_ld..a", 8, "name"},   {"json_ld[", 8, "index"},
		{"json_ld[x]", 8, "index"},  {"json_ld[1", 7, "]"},
		{"json_ld[1x]", 7, "]"},     {"json_ld[\"a]", 8, "quote"},
		{"json_ld]", 7, ". or a ["}, {"json_ld[0]a", 10, ". or a ["},
		{"json_ld[1234567890]", 8, "large"},
		{"jsonld[0]", 0, "did you mean json_ld?"},
		{"nothing.of.it", 0, "there are description, canonical"},
		{"::url", 0, "name"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf why = {0};
		size_t at = 99;

		assert_null(meta_path_compile(rows[i].path,
					      strlen(rows[i].path), &why,
					      &at));
		assert_int_equal(at, rows[i].at);
		assert_non_null(strstr(buf_cstr(&why), rows[i].why));
		buf_release(&why);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_found),
		cmocka_unit_test(errors_have_a_position),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
