#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crawl/link_list.h"
#include "crawl/visits/link_pack.h"

static struct slice text(const char *s)
{
	return (struct slice){s, strlen(s)};
}

/* Makes a list with links of all kinds. */
static struct buf make_list(void)
{
	struct buf list = {0}, longest = {0};
	unsigned count = 0;
	char url[80];

	for (unsigned i = 0; i < 500; i++) {
		snprintf(url, sizeof(url), "https://%s.example/%u/page-%u",
			 i % 7 ? "a" : "bb", i / 50, i * 977);
		link_list_add(&list, &(struct page_link){
			.url = text(url),
			.nofollow = i % 3 == 0,
			.is_cut = i % 5 == 0,
			.role = i % 4 ? 0 : i,
			.carried = text(i % 11 ? "" : "{\"price\":\"1\"}"),
		}, &count);
	}
	buf_addstr(&longest, "https://c.example/");
	while (longest.len < LINK_LENGTH)
		buf_addch(&longest, 'x');
	link_list_add(&list, &(struct page_link){.url = slice_of(&longest)},
		      &count);
	buf_release(&longest);
	return list;
}

static void packed_links_are_read_as_they_were(void **state)
{
	struct buf list = make_list(), packed = {0}, again = {0};

	(void)state;
	link_pack_add(&packed, slice_of(&list));
	assert_true(packed.len < list.len / 2);
	assert_int_equal(link_pack_read(&again, slice_of(&packed)), 0);
	assert_int_equal(again.len, list.len);
	assert_memory_equal(again.data, list.data, list.len);
	buf_release(&list);
	buf_release(&packed);
	buf_release(&again);
}

/* Bytes that were cut off or changed give some links, or none, and nothing is
 * read beyond the end. */
static void damaged_links_are_harmless(void **state)
{
	struct buf list = make_list(), packed = {0}, again = {0};
	unsigned failed = 0;

	(void)state;
	link_pack_add(&packed, slice_of(&list));
	for (size_t len = 0; len < packed.len; len += len < 600 ? 1 : 97) {
		char *copy = malloc(len + 1);

		assert_non_null(copy);
		memcpy(copy, packed.data, len);
		buf_clear(&again);
		failed += link_pack_read(&again, (struct slice){copy, len}) != 0;
		assert_true(again.len <= list.len);
		if (len)
			copy[len / 2] ^= (char)(1 + len % 255);
		buf_clear(&again);
		(void)link_pack_read(&again, (struct slice){copy, len});
		free(copy);
	}
	assert_true(failed > 100);
	buf_release(&list);
	buf_release(&packed);
	buf_release(&again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packed_links_are_read_as_they_were),
		cmocka_unit_test(damaged_links_are_harmless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
