/* cmd/input/url_pattern.h: which URLs a pattern stands for. */
#include "cmd/input/url_pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void append(void *ctx, char *url)
{
	struct buf *all = ctx;

	buf_addstr(all, all->len ? " " : "");
	buf_addstr(all, url);
	free(url);
}

static void expect(const char *text, const char *urls)
{
	struct buf all = {0}, why = {0};

	assert_int_equal(url_pattern_expand(text, append, &all, &why), 0);
	assert_string_equal(buf_cstr(&all), urls);
	assert_int_equal(why.len, 0);
	buf_release(&all);
	buf_release(&why);
}

static void expect_refusal(const char *text, const char *reason)
{
	struct buf all = {0}, why = {0};

	assert_int_equal(url_pattern_expand(text, append, &all, &why), -1);
	assert_int_equal(all.len, 0);
	assert_non_null(strstr(buf_cstr(&why), reason));
	buf_release(&all);
	buf_release(&why);
}

static void lists_and_ranges_are_combined_the_last_one_fastest(void **state)
{
	(void)state;
	expect("a{x,y}[1-2]b", "ax1b ax2b ay1b ay2b");
	expect("a{,x,}", "a ax a");
	expect("{one}", "one");
}

static void ranges_have_steps_zeros_in_front_and_letters(void **state)
{
	(void)state;
	expect("[008-012:2]", "008 010 012");
	expect("[0-10:5]", "0 5 10");
	expect("[a-e:2][X-Y]", "aX aY cX cY eX eY");
	expect("[7-7]", "7");
}

static void brackets_without_a_range_are_literal(void **state)
{
	static const char *const texts[] = {
		"http://[::1]:80/", "?a[b]=1&c[]=2", "[1-", "[-2]", "[2-1]",
		"[1-2:0]", "[a-Z]", "[1-b]", "[1-2:]", "[]", "[1]", "]", "}",
		"[1-1234567890123456789]",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		expect(texts[i], texts[i]);
}

static void backslash_makes_brackets_and_commas_literal(void **state)
{
	(void)state;
	expect("a\\[1-2\\]\\{b,c\\}", "a[1-2]{b,c}");
	expect("{a\\,b,c\\}}", "a,b c}");
	expect("\\n{a\\x}", "\\na\\x");
	expect("{a\\{b,c}", "a{b c");
	expect("{a\\\\,b}", "a\\\\ b");
}

static void braces_without_an_end_or_a_word_are_refused(void **state)
{
	(void)state;
	expect_refusal("{a,b", "a { has no }");
	expect_refusal("{a{b}}", "a { has no }");
	expect_refusal("{a\\", "a { has no }");
	expect_refusal("a/{}", "{} has no words");
}

static void more_than_100000_urls_are_refused_without_making_any(void **state)
{
	(void)state;
	expect_refusal("[1-100001]", "more than 100000");
	expect_refusal("[1-1000]{a,b}[1-1000]", "more than 100000");
	expect_refusal("[0-999999999999999999]", "more than 100000");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			lists_and_ranges_are_combined_the_last_one_fastest),
		cmocka_unit_test(ranges_have_steps_zeros_in_front_and_letters),
		cmocka_unit_test(brackets_without_a_range_are_literal),
		cmocka_unit_test(backslash_makes_brackets_and_commas_literal),
		cmocka_unit_test(braces_without_an_end_or_a_word_are_refused),
		cmocka_unit_test(
			more_than_100000_urls_are_refused_without_making_any),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
