#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "crawl/traps/number_map.h"
#include "crawl/traps/text_memory.h"

static struct slice slice_str(const char *s)
{
	return (struct slice){s, strlen(s)};
}

static struct text_seen add(struct text_memory *m, const char *host,
			    const char *url, struct page_text text,
			    bool without_date)
{
	struct text_seen seen;

	assert_int_equal(text_memory_add(m, slice_str(host), slice_str(url),
					 &text, without_date, &seen), 0);
	return seen;
}

static void a_text_is_new_once_on_a_host(void **state)
{
	struct text_memory *m = text_memory_open("/tmp");
	const struct page_text text = {10, 11, 12, 13, 0};
	struct text_seen seen;
	struct buf first = {0};

	(void)state;
	seen = add(m, "a", "http://a/1", text, false);
	assert_true(seen.is_new);
	assert_false(seen.is_repeated);
	assert_int_equal(seen.pages, 1);
	seen = add(m, "a", "http://a/2", text, false);
	assert_false(seen.is_new);
	assert_true(seen.is_repeated);
	assert_int_equal(seen.pages, 2);
	seen = add(m, "b", "http://b/2", text, false);
	assert_true(seen.is_new);
	assert_int_equal(text_memory_first_url(m, slice_str("a"), &text,
					       &first), 0);
	assert_string_equal(buf_cstr(&first), "http://a/1");
	buf_release(&first);
	text_memory_close(m);
	assert_null(text_memory_open("/nowhere"));
}

static void texts_that_differ_in_numbers_are_not_new(void **state)
{
	struct text_memory *m = text_memory_open("/tmp");
	struct text_seen seen;

	(void)state;
	add(m, "a", "1", (struct page_text){10, 10, 99, 0xff, 0}, false);
	seen = add(m, "a", "2", (struct page_text){11, 11, 99, 0xf8, 0}, false);
	assert_false(seen.is_new);
	assert_false(seen.is_repeated);
	/* The simhash differs in four bits: many words differ. */
	seen = add(m, "a", "3", (struct page_text){12, 12, 99, 0xf0, 0}, false);
	assert_true(seen.is_new);
	seen = add(m, "a", "4", (struct page_text){13, 13, 98, 0xf0, 0}, false);
	assert_true(seen.is_new);
	text_memory_close(m);
}

static void dates_count_where_they_are_asked_for(void **state)
{
	struct text_memory *m = text_memory_open("/tmp");

	(void)state;
	add(m, "a", "1", (struct page_text){10, 90, 20, 0, 0}, true);
	assert_false(add(m, "a", "2", (struct page_text){11, 90, 21, 0, 0},
			 true).is_new);
	assert_true(add(m, "a", "3", (struct page_text){12, 90, 22, 0, 0},
			false).is_new);
	text_memory_close(m);
}

static void a_hundred_thousand_texts_have_their_first_url(void **state)
{
	enum { TEXTS = 100000 };
	struct text_memory *m = text_memory_open("/tmp");
	struct buf first = {0};
	char url[100];

	(void)state;
	for (uint64_t i = 2; i < TEXTS; i++) {
		snprintf(url, sizeof(url), "http://a/page/%u", (unsigned)i);
		assert_true(add(m, "a", url, (struct page_text){i, i, i, i, 0},
				false).is_new);
	}
	for (uint64_t i = 2; i < TEXTS; i += 997) {
		const struct page_text text = {.whole = i};

		snprintf(url, sizeof(url), "http://a/page/%u", (unsigned)i);
		buf_clear(&first);
		assert_int_equal(text_memory_first_url(m, slice_str("a"), &text,
						       &first), 0);
		assert_string_equal(buf_cstr(&first), url);
	}
	/* Each text takes at most two entries, and its URL. */
	assert_true(text_memory_bytes(m) < TEXTS * (2 * 43 + 4 + 21));
	buf_release(&first);
	text_memory_close(m);
}

static void maps_keep_their_values_when_they_grow(void **state)
{
	struct number_map *m = number_map_open("/tmp");

	(void)state;
	assert_null(number_map_find(m, 7));
	for (uint64_t i = 1; i <= 100000; i++)
		*number_map_get(m, i * UINT64_C(0x9e3779b97f4a7c15)) += i;
	for (uint64_t i = 1; i <= 100000; i++)
		assert_int_equal(*number_map_find(m, i *
					UINT64_C(0x9e3779b97f4a7c15)), i);
	assert_int_equal(number_map_count(m), 100000);
	assert_true(number_map_bytes(m) < 100000 * 43);
	number_map_close(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_new_once_on_a_host),
		cmocka_unit_test(texts_that_differ_in_numbers_are_not_new),
		cmocka_unit_test(dates_count_where_they_are_asked_for),
		cmocka_unit_test(a_hundred_thousand_texts_have_their_first_url),
		cmocka_unit_test(maps_keep_their_values_when_they_grow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
