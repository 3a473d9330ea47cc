/* cmd/crawl/sitemap_entries.c: entries are added some at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "cmd/crawl/sitemap_entries.h"
#include "crawl/sitemap/sitemap_list.h"

enum { ALL = 25, SLICE = 10 };

static void add_entry(struct buf *list, int number)
{
	char url[40];

	snprintf(url, sizeof(url), "http://a/%d", number);
	sitemap_list_add(list, &(struct sitemap_entry){
		.url = {url, strlen(url)}, .is_sitemap = true});
}

static void on_child(void *ctx, struct sitemap_entries *e,
		     const struct sitemap_entry *entry)
{
	char url[40];

	snprintf(url, sizeof(url), "http://a/%d", (*(int *)ctx)++);
	assert_true(slice_is(entry->url, url));
	assert_string_equal(e->via, "http://a/sitemap.xml");
}

static void entries_are_taken_in_slices_and_in_their_order(void **state)
{
	struct job *job = job_new();
	struct sitemap_entries *e;
	struct follow follow = {0};
	int taken = 0;

	(void)state;
	assert_int_equal(url_parse(&job->hop.url, "http://a/sitemap.xml", 20,
				   NULL), 0);
	for (int i = 0; i < ALL; i++)
		add_entry(&job->links, i);
	e = sitemap_entries_new(job, NULL);
	assert_int_equal(job->links.len, 0);
	job_free(job);
	for (int wanted = SLICE; wanted < ALL; wanted += SLICE) {
		assert_int_equal(sitemap_entries_take(e, &follow, SLICE,
						      on_child, &taken), 1);
		assert_int_equal(taken, wanted);
	}
	assert_int_equal(sitemap_entries_take(e, &follow, SLICE, on_child,
					      &taken), 0);
	assert_int_equal(taken, ALL);
	sitemap_entries_free(e);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_are_taken_in_slices_and_in_their_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
