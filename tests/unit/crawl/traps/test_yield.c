#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "crawl/traps/yield.h"

static struct url_form form_of(const char *text)
{
	struct url_form form = {0};
	struct url url;

	assert_int_equal(url_parse(&url, text, strlen(text), NULL), 0);
	url_form_set(&form, &url);
	url_release(&url);
	return form;
}

/* Adds pages, of which every nth has a new text (0: none). Returns the last
 * change. */
static enum yield_change add(struct yield *y, const char *url, unsigned pages,
			     unsigned nth)
{
	enum yield_change change = YIELD_AS_BEFORE, one;
	struct url_form form = form_of(url);

	for (unsigned i = 0; i < pages; i++) {
		assert_int_equal(yield_add(y, &form, nth && i % nth == 0,
					   &one), 0);
		if (one)
			change = one;
	}
	url_form_release(&form);
	return change;
}

static bool is_closed(struct yield *y, const char *url)
{
	struct url_form form = form_of(url);
	const bool yes = yield_is_closed(y, &form);

	url_form_release(&form);
	return yes;
}

static void forms_without_new_texts_are_closed(void **state)
{
	struct yield *y = yield_open("/tmp");

	(void)state;
	assert_int_equal(add(y, "http://a/x/1", 199, 0), YIELD_AS_BEFORE);
	assert_false(is_closed(y, "http://a/x/2"));
	assert_int_equal(add(y, "http://a/x/3", 1, 0), YIELD_CLOSED_FORM);
	assert_true(is_closed(y, "http://a/x/4"));
	assert_false(is_closed(y, "http://a/y/4"));
	assert_false(is_closed(y, "http://b/x/4"));
	assert_false(is_closed(y, "http://a/x/4?q=1"));
	/* A form that is closed is not reported again, and stays closed. */
	assert_int_equal(add(y, "http://a/x/3", 400, 1), YIELD_AS_BEFORE);
	assert_true(is_closed(y, "http://a/x/4"));
	yield_close(y);
}

static void five_percent_of_each_block_keep_a_form_open(void **state)
{
	struct yield *y = yield_open("/tmp");

	(void)state;
	assert_int_equal(add(y, "http://a/x/1", 10000, 20), YIELD_AS_BEFORE);
	assert_int_equal(add(y, "http://a/y/1", 1000, 23), YIELD_CLOSED_FORM);
	/* A long archive whose pages have new texts, followed by an endless
	 * empty part. */
	assert_int_equal(add(y, "http://a/z/1", 5000, 1), YIELD_AS_BEFORE);
	assert_int_equal(add(y, "http://a/z/1", 200, 0), YIELD_CLOSED_FORM);
	yield_close(y);
}

static void paths_with_many_queries_are_closed(void **state)
{
	enum yield_change change = YIELD_AS_BEFORE;
	struct yield *y = yield_open("/tmp");
	char url[100];
	unsigned i;

	(void)state;
	for (i = 0; i < 1000 && !change; i++) {
		snprintf(url, sizeof(url), "http://a/x?%c%c=1&%c=2",
			 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i % 7);
		change = add(y, url, 1, 0);
	}
	assert_int_equal(i, 200);
	assert_int_equal(change, YIELD_CLOSED_PATH);
	assert_true(is_closed(y, "http://a/x?new=1"));
	assert_false(is_closed(y, "http://a/x"));
	assert_false(is_closed(y, "http://a/y?new=1"));
	yield_close(y);
}

static void forms_with_new_texts_stay_open_on_a_closed_path(void **state)
{
	struct yield *y = yield_open("/tmp");
	char url[100];

	(void)state;
	/* All pages of the site have the path index.php. */
	add(y, "http://a/index.php?id=1", 150, 1);
	for (unsigned i = 0; i < 500; i++) {
		snprintf(url, sizeof(url), "http://a/index.php?%c%c=1",
			 'a' + i % 26, 'a' + i / 26 % 26);
		add(y, url, 1, 0);
	}
	assert_true(is_closed(y, "http://a/index.php?zz=1"));
	assert_false(is_closed(y, "http://a/index.php?id=2"));
	yield_close(y);
}

static void a_form_that_is_closed_does_not_close_its_path(void **state)
{
	struct yield *y = yield_open("/tmp");

	(void)state;
	assert_int_equal(add(y, "http://a/index.php?month=1", 1000, 0),
			 YIELD_CLOSED_FORM);
	assert_int_equal(add(y, "http://a/index.php?week=1", 199, 0),
			 YIELD_AS_BEFORE);
	assert_false(is_closed(y, "http://a/index.php?id=2"));
	yield_close(y);
}

/* Adds pages with combinations of filters, in order, until a form, path or
 * group is closed. Returns the number of pages. */
static unsigned add_filters(struct yield *y, unsigned most, unsigned nth,
			    enum yield_change *change)
{
	char url[100];
	unsigned i = 0;

	*change = YIELD_AS_BEFORE;
	for (; i < most && !*change; i++) {
		snprintf(url, sizeof(url), "http://a/shop/%s-%c/%s-%c/%s-%c",
			 "color", 'a' + i % 7, "size", 'a' + i / 7 % 7, "brand",
			 'a' + i / 49 % 7);
		*change = add(y, url, 1, nth && i % nth == 0);
	}
	return i;
}

static void combinations_of_segments_without_new_texts_are_closed(void **state)
{
	struct yield *y = yield_open("/tmp");
	enum yield_change change;

	(void)state;
	assert_in_range(add_filters(y, 1000, 0, &change), 200, 400);
	assert_int_equal(change, YIELD_CLOSED_MIXTURES);
	assert_true(is_closed(y, "http://a/shop/brand-a/size-b"));
	/* Not closed: a page with a segment of its own, a single filter, the
	 * same segments in another group, and a URL with a query. */
	assert_false(is_closed(y, "http://a/shop/color-a/size-b/red-shirt"));
	assert_false(is_closed(y, "http://a/shop/color-a"));
	assert_false(is_closed(y, "http://a/men/color-a/size-b"));
	assert_false(is_closed(y, "http://a/shop/color-a/size-b?page=2"));
	yield_close(y);

	y = yield_open("/tmp");
	assert_int_equal(add_filters(y, 340, 15, &change), 340);
	assert_int_equal(change, YIELD_AS_BEFORE);
	yield_close(y);
}

static void pages_with_segments_of_their_own_are_no_combinations(void **state)
{
	struct yield *y = yield_open("/tmp");
	char url[100];

	(void)state;
	for (unsigned i = 0; i < 2000; i++) {
		snprintf(url, sizeof(url), "http://a/shop/shoes/%c%c%c",
			 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 676);
		assert_int_equal(add(y, url, 1, 0), YIELD_AS_BEFORE);
	}
	yield_close(y);
}

static void forms_are_many(void **state)
{
	struct yield *y = yield_open("/tmp");
	struct url_form form = {0};
	enum yield_change change;

	(void)state;
	for (unsigned i = 0; i < 300000; i++) {
		buf_clear(&form.text);
		buf_addf(&form.text, "http://a/%x", i);
		form.path_len = form.text.len;
		assert_int_equal(yield_add(y, &form, true, &change), 0);
		assert_int_equal(change, YIELD_AS_BEFORE);
	}
	assert_true(yield_bytes(y) <= 300000 * 43);
	url_form_release(&form);
	yield_close(y);
	assert_null(yield_open("/nowhere"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms_without_new_texts_are_closed),
		cmocka_unit_test(five_percent_of_each_block_keep_a_form_open),
		cmocka_unit_test(paths_with_many_queries_are_closed),
		cmocka_unit_test(
			forms_with_new_texts_stay_open_on_a_closed_path),
		cmocka_unit_test(a_form_that_is_closed_does_not_close_its_path),
		cmocka_unit_test(
			combinations_of_segments_without_new_texts_are_closed),
		cmocka_unit_test(
			pages_with_segments_of_their_own_are_no_combinations),
		cmocka_unit_test(forms_are_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
