#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "crawl/frontier.h"
#include "crawl/link_list.h"
#include "crawl/seen_set.h"
#include "crawl/trap.h"

static struct frontier *open_in(const char *folder)
{
	struct buf why = {0};
	struct frontier *f = frontier_open(&(struct frontier_config){
		.folder = folder,
	}, &why);

	if (!f)
		fail_msg("%s", buf_cstr(&why));
	return f;
}

static int add(struct frontier *f, const char *text, unsigned level,
	       const char *via)
{
	struct url url;
	int result;

	assert_int_equal(url_parse(&url, text, strlen(text), NULL), 0);
	result = frontier_add(f, &url, &(struct frontier_page){
		.level = level, .via = (char *)via,
	});
	url_release(&url);
	return result;
}

static void urls_with_the_same_key_are_added_once(void **state)
{
	struct frontier *f = open_in(NULL);
	struct frontier_page *page;

	(void)state;
	assert_int_equal(add(f, "http://a/x", 0, NULL), 1);
	assert_int_equal(add(f, "http://a/x#y", 1, "http://a/x"), 0);
	assert_int_equal(add(f, "http://a/x?utm_z=1", 1, NULL), 0);
	assert_int_equal(add(f, "http://a/y", 3, "http://a/x"), 1);
	assert_int_equal(frontier_pages(f), 2);
	page = frontier_next(f);
	assert_string_equal(page->url, "http://a/x");
	assert_null(page->via);
	assert_int_equal(frontier_done(f, page), 0);
	page = frontier_next(f);
	assert_string_equal(page->url, "http://a/y");
	assert_string_equal(page->via, "http://a/x");
	assert_int_equal(page->level, 3);
	assert_int_equal(page->index, 1);
	frontier_drop(f, page);
	assert_null(frontier_next(f));
	assert_int_equal(frontier_pages_done(f), 1);
	frontier_close(f);
}

/* Many pages of one host, a few of others: all come, each host's in its order,
 * and the window keeps its limits. */
static void large_hosts_leave_the_window_to_others(void **state)
{
	enum { MANY = 20000, HOSTS = 200 };
	struct frontier *f = open_in(NULL);
	struct frontier_page *out[FRONTIER_WINDOW], *page;
	unsigned n = 0, of_a = 0, next = 0, all = 0;
	char text[100];

	(void)state;
	for (int i = 0; i < MANY; i++) {
		snprintf(text, sizeof(text), "http://a/%d", i);
		assert_int_equal(add(f, text, 0, NULL), 1);
	}
	for (int i = 0; i < HOSTS; i++) {
		snprintf(text, sizeof(text), "http://h%d/", i);
		assert_int_equal(add(f, text, 0, NULL), 1);
	}
	while ((page = frontier_next(f))) {
		assert_true(n < FRONTIER_WINDOW);
		of_a += !strncmp(page->url, "http://a/", 9);
		out[n++] = page;
	}
	assert_int_equal(of_a, FRONTIER_WINDOW_HOST);
	assert_int_equal(n, FRONTIER_WINDOW_HOST + HOSTS);
	do {
		while (n) {
			page = out[--n];
			all++;
			assert_int_equal(frontier_done(f, page), 0);
		}
		while (n < FRONTIER_WINDOW_HOST && (page = frontier_next(f))) {
			if (!next)
				next = FRONTIER_WINDOW_HOST;
			snprintf(text, sizeof(text), "http://a/%u", next++);
			assert_string_equal(page->url, text);
			out[n++] = page;
		}
	} while (n);
	assert_int_equal(all, MANY + HOSTS);
	frontier_close(f);
}

static void on_move(void *ctx, const char *href)
{
	assert_string_equal(href, "http://w/");
	++*(int *)ctx;
}

static void claims_belong_to_their_page(void **state)
{
	const struct slice target = {"http://a/t", 10}, own = {"http://a/x#", 11};
	struct frontier *f = open_in(NULL);
	struct frontier_page *x, *y;

	(void)state;
	add(f, "http://a/x", 0, NULL);
	add(f, "http://a/y", 0, NULL);
	x = frontier_next(f);
	y = frontier_next(f);
	assert_int_equal(frontier_claim(f, x, target), 1);
	/* The request is tried again. */
	assert_int_equal(frontier_claim(f, x, target), 1);
	assert_int_equal(frontier_claim(f, y, target), 0);
	assert_int_equal(frontier_claim(f, y, (struct slice){"http://a/x", 10}),
			 0);
	assert_int_equal(frontier_claim(f, x, own), 1);
	assert_int_equal(frontier_claim(f, x, own), 0);
	assert_int_equal(add(f, "http://a/t", 0, NULL), 0);
	assert_int_equal(frontier_done(f, x), 0);
	frontier_drop(f, y);
	frontier_close(f);
}

static void what_was_committed_is_there_again(void **state)
{
	char folder[] = "/tmp/scrape-frontier-XXXXXX", *path;
	const struct store_output output = {123, 456};
	struct frontier *f;
	struct frontier_page *page;
	int moves = 0;

	(void)state;
	assert_non_null(mkdtemp(folder));
	f = open_in(folder);
	assert_false(frontier_is_resumed(f));
	for (int i = 0; i < 3; i++) {
		char text[20];

		snprintf(text, sizeof(text), "http://a/%d", i);
		add(f, text, 0, NULL);
	}
	page = frontier_next(f);
	assert_int_equal(frontier_claim(f, page, (struct slice){"http://a/k",
								10}), 1);
	assert_int_equal(frontier_done(f, page), 0);
	assert_int_equal(frontier_add_move(f, (struct slice){"http://w/", 9}),
			 0);
	assert_int_equal(frontier_commit(f, &output), 0);
	/* Not committed: */
	page = frontier_next(f);
	assert_int_equal(frontier_claim(f, page, (struct slice){"http://a/c",
								10}), 1);
	assert_int_equal(frontier_done(f, page), 0);
	add(f, "http://a/lost", 0, NULL);
	frontier_drop(f, frontier_next(f));
	frontier_close(f);

	f = open_in(folder);
	assert_true(frontier_is_resumed(f));
	assert_int_equal(frontier_output(f).length, 123);
	assert_int_equal(frontier_output(f).tail, 456);
	assert_int_equal(frontier_pages(f), 3);
	assert_int_equal(frontier_pages_done(f), 1);
	assert_int_equal(add(f, "http://a/2", 0, NULL), 0);
	assert_int_equal(add(f, "http://a/k", 0, NULL), 0);
	assert_int_equal(frontier_each_move(f, on_move, &moves), 0);
	assert_int_equal(moves, 1);
	page = frontier_next(f);
	assert_string_equal(page->url, "http://a/1");
	frontier_drop(f, page);
	page = frontier_next(f);
	assert_string_equal(page->url, "http://a/2");
	frontier_drop(f, page);
	assert_null(frontier_next(f));
	frontier_close(f);
	path = xasprintf("%s/crawl.db", folder);
	unlink(path);
	free(path);
	rmdir(folder);
}

static void sets_keep_a_million_fingerprints(void **state)
{
	struct seen_set *s = seen_set_open("/tmp");

	(void)state;
	assert_non_null(s);
	for (uint64_t i = 1; i <= 1000000; i++)
		assert_int_equal(seen_set_add(s, i * 0x9e3779b97f4a7c15), 1);
	for (uint64_t i = 1; i <= 1000000; i++) {
		assert_int_equal(seen_set_add(s, i * 0x9e3779b97f4a7c15), 0);
		assert_false(seen_set_has(s, i * 0x9e3779b97f4a7c15 + 1));
	}
	assert_int_equal(seen_set_count(s), 1000000);
	assert_true(seen_set_bytes(s) <= 25 * 1000000);
	seen_set_close(s);
	assert_null(seen_set_open("/nonexistent"));
}

static bool is_trap(const char *text)
{
	struct url url;
	bool yes;

	assert_int_equal(url_parse(&url, text, strlen(text), NULL), 0);
	yes = trap_has_form(&url);
	url_release(&url);
	return yes;
}

static void forms_of_traps_are_recognised(void **state)
{
	(void)state;
	assert_false(is_trap("http://a.example/x/x/x/y"));
	assert_true(is_trap("http://a.example/x/x/x/x"));
	assert_true(is_trap("http://a.example/a/b/x/c/x/d/x/e/x"));
	assert_true(is_trap("http://a.example/a/b/a/b/a/b/1/2/3/4"));
	assert_false(is_trap("http://a.example/a/b/a/b/a/b/1/2/3"));
	assert_false(is_trap("http://a.example/1/2/3/4/5/6/7/8/9/10/11/12/13/"
			     "14/15/16/17/18/19/20"));
	assert_true(is_trap("http://a.example/1/2/3/4/5/6/7/8/9/10/11/12/13/"
			    "14/15/16/17/18/19/20/21"));
	assert_true(is_trap("http://a.example/x/a.example/y"));
	assert_false(is_trap("http://a.example/?a=1&a=1&a=1"));
	assert_true(is_trap("http://a.example/?a=1&a=1&b=2&a=1&a=1"));
	assert_true(is_trap("http://a.example/?amp;amp;x=1"));
	assert_false(is_trap("http://a.example/?x=1&amp;y=2"));
}

static void damaged_lists_of_links_end_where_they_are_damaged(void **state)
{
	struct buf list = {0};
	struct page_link link = {{"http://a/", 9}, true};
	unsigned count = 0;
	size_t at;

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_true(link_list_add(&list, &link, &count));
	for (size_t len = 0; len <= list.len; len++) {
		struct slice part = {list.data, len};

		count = 0;
		at = 0;
		while (link_list_next(part, &at, &link)) {
			assert_true(slice_is(link.url, "http://a/"));
			assert_true(link.nofollow);
			count++;
		}
		assert_int_equal(count, len / (list.len / 3));
	}
	memset(list.data, 0xff, 4);
	at = 0;
	assert_false(link_list_next(slice_of(&list), &at, &link));
	count = LINK_LIST_MAX;
	assert_false(link_list_add(&list, &link, &count));
	buf_release(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(urls_with_the_same_key_are_added_once),
		cmocka_unit_test(large_hosts_leave_the_window_to_others),
		cmocka_unit_test(claims_belong_to_their_page),
		cmocka_unit_test(what_was_committed_is_there_again),
		cmocka_unit_test(sets_keep_a_million_fingerprints),
		cmocka_unit_test(forms_of_traps_are_recognised),
		cmocka_unit_test(
			damaged_lists_of_links_end_where_they_are_damaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
