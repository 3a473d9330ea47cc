/* cmd/workload/pages.c: the pages of the workload server. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/utf8.h"
#include "cmd/workload/pages.h"
#include "parse/html/html.h"
#include "parse/library.h"
#include "parse/page.h"
#include "parse/record.h"

enum { SECTION_MAX = 8000 };

static const struct workload_kind *kind(const char *name)
{
	const struct workload_kind *k = workload_kind_find(name);

	assert_non_null(k);
	return k;
}

static void each_number_gives_the_same_bytes_again_and_no_other_does(
	void **state)
{
	(void)state;
	for (const struct workload_kind *k = workload_kinds; k->name; k++) {
		for (unsigned n = 0; n < k->count; n++) {
			struct buf one = {0}, again = {0}, next = {0};

			k->write(&one, n);
			k->write(&again, n);
			k->write(&next, n + 1);
			assert_int_equal(one.len, again.len);
			assert_memory_equal(one.data, again.data, one.len);
			assert_true(one.len != next.len ||
				    memcmp(one.data, next.data, one.len));
			buf_release(&one);
			buf_release(&again);
			buf_release(&next);
		}
	}
}

/* Returns the FNV-1a hash with 64 bits. */
static uint64_t hash(const struct buf *b)
{
	uint64_t h = 0xcbf29ce484222325;

	for (size_t i = 0; i < b->len; i++)
		h = (h ^ (unsigned char)b->data[i]) * 0x100000001b3;
	return h;
}

/* Figures of two machines can be compared only if the pages are the same. If
 * the pages are changed, this value has to be changed, too. */
static void bytes_are_the_same_on_every_machine(void **state)
{
	struct buf all = {0};

	(void)state;
	for (const struct workload_kind *k = workload_kinds; k->name; k++)
		for (unsigned n = 0; n < k->count; n++)
			k->write(&all, n);
	assert_int_equal(hash(&all), 0x8eea56235d9d9ac4);
	buf_release(&all);
}

static void heavy_pages_have_their_size_and_a_tag_every_40_bytes(void **state)
{
	const struct workload_kind *k = kind("page");

	(void)state;
	for (unsigned n = 0; n < k->count; n++) {
		const size_t size = workload_page_size(n);
		struct buf page = {0};
		size_t tags = 0;

		k->write(&page, n);
		assert_in_range(size, 30000, 200000);
		assert_in_range(page.len, size, size + SECTION_MAX);
		for (size_t i = 0; i < page.len; i++)
			tags += page.data[i] == '<';
		assert_in_range(page.len / tags, 10, 40);
		assert_int_equal(utf8_valid_prefix(page.data, page.len),
				 page.len);
		assert_null(memchr(page.data, '$', page.len));
		buf_release(&page);
	}
}

static void pages_have_a_title_and_links(void **state)
{
	static const char *const names[] = {"small", "page"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		for (unsigned n = 0; n < 20; n++) {
			struct page page = {0};
			struct buf text = {0};

			kind(names[i])->write(&text, n);
			assert_null(page_read_html(&page,
				&text,
				"http://127.0.0.1/", &(struct page_wants){
					.links = true}));
			assert_true(page.title.len > 0);
			assert_true(page.links_count >= (i ? 50 : 4));
			page_release(&page);
			buf_release(&text);
		}
	}
}

static void lists_are_json(void **state)
{
	const struct workload_kind *k = kind("json");

	(void)state;
	for (unsigned n = 0; n < k->count; n++) {
		struct buf text = {0};
		json_t *json;

		k->write(&text, n);
		assert_in_range(text.len, 1000, 25000);
		json = json_loadb(text.data, text.len, 0, NULL);
		assert_non_null(json);
		assert_in_range(json_array_size(json_object_get(json, "items")),
				12, 120);
		json_decref(json);
		buf_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		  each_number_gives_the_same_bytes_again_and_no_other_does),
		cmocka_unit_test(bytes_are_the_same_on_every_machine),
		cmocka_unit_test(
		  heavy_pages_have_their_size_and_a_tag_every_40_bytes),
		cmocka_unit_test(pages_have_a_title_and_links),
		cmocka_unit_test(lists_are_json),
	};
	int failed;

	parse_global_init();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	parse_global_cleanup();
	return failed;
}
