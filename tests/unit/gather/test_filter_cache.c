#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/gather/filter_cache.h"

static const struct slice array = {"[3,1,2]", 7};

/* Appends an output to a text, in which outputs are separated by spaces. */
static bool on_output(void *ctx, struct slice json)
{
	struct buf *out = ctx;

	if (out->len)
		buf_addch(out, ' ');
	buf_add(out, json.p, json.len);
	return true;
}

#define CHECK(c, filter, result, outputs, error)			\
	do {								\
		struct buf out = {0}, why = {0};			\
		assert_int_equal(filter_cache_run(c, filter, array,	\
						  on_output, &out, &why), \
				 result);				\
		assert_string_equal(buf_cstr(&out), outputs);		\
		assert_string_equal(buf_cstr(&why), error);		\
		buf_release(&out);					\
		buf_release(&why);					\
	} while (0)

static void filter_may_be_run_again(void **state)
{
	struct filter_cache *c = filter_cache_new(0);

	(void)state;
	for (int i = 0; i < 3; i++) {
		CHECK(c, ".[]", 0, "3 1 2", "");
		CHECK(c, "sort", 0, "[1,2,3]", "");
		CHECK(c, ".[0], error(\"x\")", -1, "3", "x");
	}
	filter_cache_free(c);
}

static void endless_filter_is_stopped_and_may_run_again(void **state)
{
	struct filter_cache *c = filter_cache_new(50);

	(void)state;
	for (int i = 0; i < 2; i++) {
		CHECK(c, "first(range(1e18) | select(. < 0))", -1, "",
		      "took longer than 0.05 s and was stopped");
		CHECK(c, "length", 0, "3", "");
	}
	filter_cache_free(c);
}

static void paging_filter_that_never_ends_is_stopped(void **state)
{
	struct gather_pages pages = {
		.kind = PAGES_NEXT,
		.filter = (char *)"last(range(1e18))",
	};
	struct filter_cache *c = filter_cache_new(50);
	struct buf why = {0};
	struct gather_filters *filters = gather_filters_open(&pages, &why);
	const struct page_reply reply = {array, {0}, "http://a/", 1};

	(void)state;
	assert_non_null(filters);
	for (int i = 0; i < 2; i++) {
		struct gather_pages_state *s = gather_pages_new(&pages,
								filters);
		struct page_request first = gather_pages_first(s);
		struct page_request *next = NULL;
		size_t count = 0;

		assert_int_equal(filter_cache_pages(c, s, &pages, filters, 0,
						    &reply, &next, &count,
						    &why), -1);
		assert_string_equal(buf_cstr(&why), "paginate: a filter took "
				    "longer than 0.05 s and was stopped");
		buf_clear(&why);
		page_request_release(&first);
		gather_pages_free(s);
	}
	gather_filters_close(filters);
	filter_cache_free(c);
	buf_release(&why);
}

static void itemwise_filters_give_the_same_for_each_part(void **state)
{
	static const char *const yes[] = {
		".[]", " .[] ", ".[]|.id", ".[].id", ".[].a.b[0] | {id}",
		".[][]", ".[]?", ".[].\"a b\"", ".[][\"a\"][1:2]",
		".[] | ., 1", ".[] | .[:2][]", ".[]\n| select(.a > 1)",
	};
	static const char *const no[] = {
		"", ".", ".[0]", ".[:2][]", ".items[]", "sort | .[]", ".[], 1",
		".[] - .[0]", ".[] // 1", ".[] |= 1", ".[][.[0]]", "..",
		".[][length]", ".[].\"\\(.[0])\"", ".[] as $x | .", ".[] and .",
		".[].\"a", ".[]#", "first(.[])", ".[]?//1", ".[],.[]|.a",
	};

	(void)state;
	assert_true(filter_is_itemwise(NULL));
	for (size_t i = 0; i < sizeof(yes) / sizeof(*yes); i++)
		if (!filter_is_itemwise(yes[i]))
			fail_msg("%s", yes[i]);
	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
		if (filter_is_itemwise(no[i]))
			fail_msg("%s", no[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(filter_may_be_run_again),
		cmocka_unit_test(
			endless_filter_is_stopped_and_may_run_again),
		cmocka_unit_test(paging_filter_that_never_ends_is_stopped),
		cmocka_unit_test(
			itemwise_filters_give_the_same_for_each_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
