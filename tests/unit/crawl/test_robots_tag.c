/* crawl/robots_tag.c: which directives forbid following links. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "crawl/robots_tag.h"

static struct slice text(const char *s)
{
	return (struct slice){s, strlen(s)};
}

static void directives_of_a_header_are_for_the_named_robot(void **state)
{
	static const struct {
		const char *value;
		bool is_nofollow;
	} rows[] = {
		{"", false},
		{"nofollow", true},
		{"NONE", true},
		{"noindex,\tNoFollow ", true},
		{"noindex", false},
		{"nofollowing", false},
		{"otherbot: nofollow", false},
		{"otherbot: noindex, nofollow", false},
		{"scrape: nofollow", true},
		{" Scrape : noindex, nofollow", true},
		{"scrapes: nofollow", false},
		{"otherbot: noindex, scrape: none", true},
		{"nofollow, otherbot: noindex", true},
		{"max-image-preview:none", false},
		{"max-snippet: 0, nofollow", true},
		{"otherbot: max-snippet: 0, nofollow", false},
		{"unavailable_after: 25 Jun 2010 15:00:00 PST, nofollow", true},
		{":nofollow", false},
		{"scrape:", false},
		{",,,", false},
		{",nofollow", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(robots_tag_is_nofollow(text(rows[i].value),
							"scrape"),
				 rows[i].is_nofollow);
}

static void meta_elements_are_for_all_robots_or_for_one(void **state)
{
	(void)state;
	assert_true(robots_meta_is_for(text("Robots"), "scrape"));
	assert_true(robots_meta_is_for(text(" SCRAPE\n"), "scrape"));
	assert_false(robots_meta_is_for(text("googlebot"), "scrape"));
	assert_false(robots_meta_is_for(text(""), ""));
	assert_true(robots_meta_is_nofollow(text("noindex, nofollow")));
	assert_true(robots_meta_is_nofollow(text("None")));
	assert_false(robots_meta_is_nofollow(text("max-image-preview:none")));
	assert_false(robots_meta_is_nofollow(text("scrape: nofollow")));
	assert_false(robots_meta_is_nofollow(text("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			directives_of_a_header_are_for_the_named_robot),
		cmocka_unit_test(meta_elements_are_for_all_robots_or_for_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
