#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <pthread.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/tree.h>
#include <libxml/xmlmemory.h>

#include "parse/html/html.h"
#include "parse/library.h"
#include "parse/page.h"
#include "parse/tree/arena.h"
#include "tests/unit/rounds.h"
#include "tests/unit/single_thread.h"

/* Under AddressSanitizer there is no arena, but libxml2's memory has to pass
 * the same tests. */

static void blocks_of_both_kinds_mix(void **state)
{
	char *before = xmlMalloc(10), *inside, *after;

	(void)state;
	arena_open();
	memcpy(before, "before", 7);
	arena_arm();
	inside = xmlMalloc(10);
	assert_int_equal((uintptr_t)inside % 16, 0);
	memcpy(inside, "inside", 7);
	before = xmlRealloc(before, 1000);
	arena_disarm();
	after = xmlMalloc(10);
	inside = xmlRealloc(inside, 2000);
	assert_string_equal(inside, "inside");
	assert_string_equal(before, "before");
	xmlFree(inside);
	arena_arm();
	xmlFree(after);
	xmlFree(before);
	arena_disarm();
	arena_reset();
	arena_close();
}

static void blocks_do_not_overlap(void **state)
{
	enum { BLOCKS = 1000 };
	unsigned char *blocks[BLOCKS];

	(void)state;
	arena_open();
	arena_arm();
	for (size_t i = 0; i < BLOCKS; i++) {
		blocks[i] = xmlMalloc(i);
		if (i % 3 == 0)
			blocks[i] = xmlRealloc(blocks[i], i + 20);
		if (i % 5 == 0) {
			xmlFree(blocks[i]);
			blocks[i] = xmlMalloc(i + 1);
		}
		memset(blocks[i], (int)i & 255, i);
	}
	for (size_t i = 0; i < BLOCKS; i++) {
		blocks[i] = xmlRealloc(blocks[i], i + 100);
		for (size_t k = 0; k < i; k++)
			assert_int_equal(blocks[i][k], i & 255);
	}
	for (size_t i = 0; i < BLOCKS; i++)
		xmlFree(blocks[i]);
	arena_disarm();
	arena_reset();
	arena_close();
}

static void overflow_goes_to_malloc(void **state)
{
	char *small, *large;

	(void)state;
	arena_open();
	arena_arm();
	small = xmlMalloc(10);
	large = xmlMalloc(100 << 20);
	assert_non_null(large);
	assert_false(arena_has_all());
	small = xmlRealloc(small, 70 << 20);
	memset(small, 1, 70 << 20);
	arena_disarm();
	xmlFree(small);
	xmlFree(large);
	arena_reset();
	arena_close();
}

static void without_a_region_arming_has_no_effect(void **state)
{
	char *p;

	(void)state;
	arena_arm();
	p = xmlMalloc(10);
	arena_disarm();
	assert_false(arena_has_all());
	arena_reset();
	xmlFree(p);
}

static void read_page(const char *html, size_t len, size_t links)
{
	struct page page = {0};
	struct buf text = {0};

	buf_add(&text, html, len);
	assert_null(page_read_html(&page, &text, "http://h/",
				   &(struct page_wants){.links = true}));
	assert_int_equal(page.links_count, links);
	buf_release(&text);
	page_release(&page);
}

/* A page larger than the region is followed by a small page, in which nothing
 * of the first may be left. */
static void pages_of_all_sizes_follow_each_other(void **state)
{
	enum { LINKS = ROUNDS(300000) };
	struct buf html = {0};

	(void)state;
	single_thread_only();
	html_open();
	for (int i = 0; i < LINKS; i++)
		buf_addstr(&html, "<p><a href=x>some text</a> and more");
	for (int i = 0; i < 3; i++) {
		read_page(html.data, html.len, LINKS);
		read_page("<a href=y>", 10, 1);
		read_page("<b a=1 a=2></i>&x;", 18, 0);
	}
	html_close();
	buf_release(&html);
}

static void *read_many(void *arg)
{
	static const char html[] = "<title a=1 a=2>t</title><a href=x></b>&x;";

	html_open();
	for (int i = 0; i < ROUNDS(2000); i++)
		read_page(html, strlen(html), 1);
	html_close();
	return arg;
}

static void threads_have_regions_of_their_own(void **state)
{
	pthread_t threads[4];

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, read_many,
						NULL), 0);
	for (size_t i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_of_both_kinds_mix),
		cmocka_unit_test(blocks_do_not_overlap),
		cmocka_unit_test(overflow_goes_to_malloc),
		cmocka_unit_test(without_a_region_arming_has_no_effect),
		cmocka_unit_test(pages_of_all_sizes_follow_each_other),
		cmocka_unit_test(threads_have_regions_of_their_own),
	};

	parse_global_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
