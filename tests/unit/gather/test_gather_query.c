#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "cmd/gather/query.h"

#define CHECK(url, pairs, name, value, expected)			\
	do {								\
		char *got = gather_query_set(url, pairs, name, value);	\
		assert_string_equal(got, expected);			\
		free(got);						\
	} while (0)

static void parameters_are_appended_to_the_query(void **state)
{
	(void)state;
	CHECK("http://a/b", "x=1&y=2", NULL, NULL, "http://a/b?x=1&y=2");
	CHECK("http://a/b?c", "x=1", NULL, NULL, "http://a/b?c&x=1");
	CHECK("http://a", "x=1", NULL, NULL, "http://a/?x=1");
	CHECK("http://a/?", "x=1", NULL, NULL, "http://a/?x=1");
}

static void page_replaces_its_parameter_wherever_it_is(void **state)
{
	(void)state;
	CHECK("http://a/?page=1&x=2", NULL, "page", "7", "http://a/?x=2&page=7");
	CHECK("http://a/?x=2", "page=1&page=3", "page", "7",
	      "http://a/?x=2&page=7");
	CHECK("http://a/?p%61ge=1&pages=2&pag=3", NULL, "page", "7",
	      "http://a/?pages=2&pag=3&page=7");
	CHECK("http://a/?a+b=1&page", NULL, "a b", "c&d=\xc3\xa9",
	      "http://a/?page&a+b=c%26d%3D%C3%A9");
	CHECK("http://a/?page=1", NULL, "page", "", "http://a/?page=");
}

static void fragment_is_removed(void **state)
{
	(void)state;
	CHECK("http://a/b#c?d", "x=1", NULL, NULL, "http://a/b?x=1");
	CHECK("http://a/b?c#d", NULL, "p", "2", "http://a/b?c&p=2");
}

static void invalid_url_gives_null(void **state)
{
	(void)state;
	assert_null(gather_query_set("http://", "a=1", NULL, NULL));
	assert_null(gather_query_set("a", "a=1", NULL, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parameters_are_appended_to_the_query),
		cmocka_unit_test(page_replaces_its_parameter_wherever_it_is),
		cmocka_unit_test(fragment_is_removed),
		cmocka_unit_test(invalid_url_gives_null),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
