#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "crawl/traps/page_text.h"

static struct slice slice_str(const char *s)
{
	return (struct slice){s, strlen(s)};
}

static struct page_text read_text(const char *url, const char *text)
{
	struct page_text_reader r;

	page_text_begin(&r, slice_str(url));
	page_text_add(&r, slice_str(text));
	return page_text_end(&r);
}

/* Reads a text that follows a template of that number of words. */
static struct page_text read_after(unsigned words, const char *url,
				   const char *text)
{
	struct buf all = {0};
	struct page_text t;

	for (unsigned i = 0; i < words; i++)
		buf_addf(&all, "word%c%c%c ", 'a' + i % 26, 'a' + i / 26 % 26,
			 'a' + i / 26 / 26 % 26);
	buf_addstr(&all, text);
	t = read_text(url, buf_cstr(&all));
	buf_release(&all);
	return t;
}

static unsigned distance(const struct page_text *a, const struct page_text *b)
{
	return (unsigned)__builtin_popcountll(a->simhash ^ b->simhash);
}

static void words_count_and_what_is_between_them_does_not(void **state)
{
	static const struct {
		const char *a, *b;
		bool is_equal;
	} rows[] = {
		{"One two", " one,\n\tTWO. ", true},
		{"one two", "two one", false},
		{"one two", "one two two", false},
		{"one two", "onetwo", false},
		{"12 34", "12 35", false},
		{"\xc3\xa4\xc3\xb6", "\xc3\xa4\xc3\xb6", true},
		{"\xc3\xa4", "\xc3\xb6", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct page_text a = read_text("http://a/", rows[i].a);
		const struct page_text b = read_text("http://a/", rows[i].b);

		if ((a.whole == b.whole) != rows[i].is_equal)
			fail_msg("\"%s\", \"%s\"", rows[i].a, rows[i].b);
		assert_true(page_text_has_words(&a));
	}
}

static void pieces_of_a_text_are_divided_between_words(void **state)
{
	const struct page_text whole = read_text("http://a/", "one two three");
	struct page_text_reader r;
	struct page_text parts;

	(void)state;
	page_text_begin(&r, slice_str("http://a/"));
	page_text_add(&r, slice_str("one"));
	page_text_add(&r, slice_str(""));
	page_text_add(&r, slice_str("two three"));
	parts = page_text_end(&r);
	assert_int_equal(parts.whole, whole.whole);
	assert_int_equal(parts.simhash, whole.simhash);
}

static void pages_without_words_and_images_have_no_text(void **state)
{
	struct page_text t = read_text("http://a/", " -- \n");
	struct page_text_reader r;

	(void)state;
	assert_int_equal(t.whole, PAGE_TEXT_EMPTY);
	assert_false(page_text_has_words(&t));
	page_text_begin(&r, slice_str("http://a/"));
	page_text_add_image(&r, slice_str("/x.png"));
	t = page_text_end(&r);
	assert_true(page_text_has_words(&t));
}

static struct page_text read_picture(unsigned words, const char *src)
{
	struct page_text_reader r;

	page_text_begin(&r, slice_str("http://a/"));
	page_text_add_image(&r, slice_str(src));
	for (unsigned i = 0; i < words; i++)
		page_text_add(&r, slice_str("word"));
	return page_text_end(&r);
}

static void images_count_where_there_are_few_words(void **state)
{
	struct page_text a = read_picture(99, "/1.png");
	struct page_text b = read_picture(99, "/2.png");

	(void)state;
	assert_true(a.whole != b.whole);
	assert_false(page_text_is_same(&a, &b));
	a = read_picture(100, "/1.png");
	b = read_picture(100, "/2.png");
	assert_int_equal(a.whole, b.whole);
}

static void words_of_the_url_are_left_out_of_two_digests(void **state)
{
	const struct page_text a = read_text("http://a/cal/2031-05",
					     "Nothing in 2031 5 05, cal 17");
	const struct page_text b = read_text("http://a/cal/2032-06",
					     "Nothing in 2032 5 06, cal 17");
	const struct page_text c = read_text("http://a/cal/2032-06",
					     "Nothing in 2033 5 06, cal 17");
	const struct page_text d = read_text("http://a/cal/2032-06",
					     "Everything in 2032 5 06, cal 17");

	(void)state;
	assert_true(a.whole != b.whole);
	assert_int_equal(a.undated, b.undated);
	assert_int_equal(a.wordings, b.wordings);
	assert_true(a.undated != c.undated);
	assert_int_equal(a.wordings, c.wordings);
	assert_true(a.wordings != d.wordings);
}

/* A page with a short text in a long template has nearly the simhash of the
 * template. */
static void similar_texts_are_the_same_only_if_their_wording_is(void **state)
{
	const char *url = "http://a/item?id=17&c=blue";
	const struct page_text a = read_after(3000, url, "Blue trousers 17");
	const struct page_text b = read_after(3000, url, "Red hat 18");
	const struct page_text c = read_after(3000, url, "Blue trousers 45");
	const struct page_text d = read_after(3000, url, "trousers 17");
	const struct page_text e = read_after(5, url, "Blue trousers 1 2 3");
	const struct page_text f = read_after(5, url, "Blue trousers 4 5 6");
	const struct page_text g = read_text(url, "x x x x x x x x x x 1");
	const struct page_text h = read_text(url, "x x x x x x x x x x 2");

	(void)state;
	assert_true(distance(&a, &b) <= PAGE_TEXT_DISTANCE);
	assert_false(page_text_is_same(&a, &b));
	assert_true(page_text_is_same(&a, &c));
	assert_true(page_text_is_same(&a, &d));
	assert_int_equal(e.wordings, f.wordings);
	assert_true(distance(&e, &f) > PAGE_TEXT_DISTANCE);
	assert_false(page_text_is_same(&e, &f));
	assert_false(page_text_is_same(&g, &h));
}

static void different_texts_have_distant_simhashes(void **state)
{
	unsigned sum = 0;

	(void)state;
	for (unsigned i = 0; i < 100; i++) {
		struct buf a = {0}, b = {0};
		struct page_text x, y;

		for (unsigned k = 0; k < 200; k++) {
			buf_addf(&a, "a%u ", i * 200 + k);
			buf_addf(&b, "b%u ", i * 200 + k);
		}
		x = read_text("http://a/", buf_cstr(&a));
		y = read_text("http://a/", buf_cstr(&b));
		sum += distance(&x, &y);
		buf_release(&a);
		buf_release(&b);
	}
	/* Of 64 bits, half differ on average. */
	assert_in_range(sum, 3000, 3400);
}

static void urls_may_have_more_words_than_are_kept(void **state)
{
	struct page_text_reader r;
	struct buf url = {0};

	(void)state;
	buf_addstr(&url, "http://a/");
	for (unsigned i = 0; i < 1000; i++)
		buf_addf(&url, "%u/", i);
	page_text_begin(&r, slice_of(&url));
	assert_int_equal(r.n_url_words, PAGE_TEXT_URL_WORDS);
	page_text_add(&r, slice_of(&url));
	(void)page_text_end(&r);
	assert_int_equal(r.words, 1002);
	buf_release(&url);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_count_and_what_is_between_them_does_not),
		cmocka_unit_test(pieces_of_a_text_are_divided_between_words),
		cmocka_unit_test(pages_without_words_and_images_have_no_text),
		cmocka_unit_test(images_count_where_there_are_few_words),
		cmocka_unit_test(words_of_the_url_are_left_out_of_two_digests),
		cmocka_unit_test(
			similar_texts_are_the_same_only_if_their_wording_is),
		cmocka_unit_test(different_texts_have_distant_simhashes),
		cmocka_unit_test(urls_may_have_more_words_than_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
