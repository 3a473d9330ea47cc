#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/mem.h"
#include "crawl/frontier.h"
#include "crawl/link_list.h"
#include "crawl/seen_set.h"
#include "crawl/traps/trap.h"
#include "crawl/window.h"

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

static struct frontier_page *next_page(struct frontier *f)
{
	struct frontier_page *page = frontier_next(f);

	while (!page && frontier_is_loading(f)) {
		frontier_wait(f);
		page = frontier_next(f);
	}
	return page;
}

static int give_output(void *ctx, struct store_output *output)
{
	*output = *(struct store_output *)ctx;
	return 0;
}

static void commit(struct frontier *f, struct store_output output)
{
	frontier_commit(f, &(struct frontier_sync){give_output, &output});
	assert_true(frontier_is_committing(f));
	frontier_wait(f);
	assert_false(frontier_is_committing(f));
	assert_false(frontier_has_failed(f));
}

/* Adds the page http://a/NUMBER. */
static void add_page(struct frontier *f, int number,
		     const struct frontier_page *page)
{
	char text[40];
	struct url url;

	snprintf(text, sizeof(text), "http://a/%d", number);
	assert_int_equal(url_parse(&url, text, strlen(text), NULL), 0);
	assert_int_equal(frontier_add(f, &url, page), 1);
	url_release(&url);
}

static void remove_folder(const char *folder)
{
	char *path = xasprintf("%s/crawl.db", folder);

	unlink(path);
	free(path);
	assert_int_equal(rmdir(folder), 0);
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
	page = next_page(f);
	assert_string_equal(page->url, "http://a/x");
	assert_null(page->via);
	assert_int_equal(frontier_done(f, page), 0);
	page = next_page(f);
	assert_string_equal(page->url, "http://a/y");
	assert_string_equal(page->via, "http://a/x");
	assert_int_equal(page->level, 3);
	assert_int_equal(page->index, 1);
	assert_null(next_page(f));
	assert_int_equal(frontier_pages_done(f), 1);
	frontier_drop(f, page);
	assert_string_equal(next_page(f)->url, "http://a/y");
	frontier_close(f);
}

/* Many pages of one host and a few of others: all pages come, those of each
 * host in order, and the window keeps its limits. */
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
	while ((page = next_page(f))) {
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
		while (n < FRONTIER_WINDOW_HOST && (page = next_page(f))) {
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

static void as_many_pages_are_given_out_as_may_be_in_flight(void **state)
{
	enum { COUNT = 3 * FRONTIER_WINDOW_HOST };

	(void)state;
	for (unsigned most = 1; most < COUNT; most += FRONTIER_WINDOW_HOST) {
		struct buf why = {0};
		struct frontier *f = frontier_open(&(struct frontier_config){
			.in_flight_per_host = most,
		}, &why);
		unsigned given = 0;

		for (int i = 0; i < COUNT; i++)
			add_page(f, i, &(struct frontier_page){0});
		while (next_page(f))
			given++;
		assert_int_equal(given, most < FRONTIER_WINDOW_HOST
						? FRONTIER_WINDOW_HOST : most);
		frontier_close(f);
	}
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
	x = next_page(f);
	y = next_page(f);
	assert_int_equal(frontier_claim(f, x, target), 1);
	/* The request is repeated, and is redirected again. */
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
	char folder[] = "/tmp/scrape-frontier-XXXXXX";
	const struct store_output output = {123, 456, 789};
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
	page = next_page(f);
	assert_int_equal(frontier_claim(f, page, (struct slice){"http://a/k",
								10}), 1);
	assert_int_equal(frontier_done(f, page), 0);
	assert_int_equal(frontier_add_move(f, (struct slice){"http://w/", 9}),
			 0);
	commit(f, output);
	/* The changes from here on are not committed: */
	page = next_page(f);
	assert_int_equal(frontier_claim(f, page, (struct slice){"http://a/c",
								10}), 1);
	assert_int_equal(frontier_done(f, page), 0);
	add(f, "http://a/lost", 0, NULL);
	frontier_drop(f, next_page(f));
	frontier_close(f);

	f = open_in(folder);
	assert_true(frontier_is_resumed(f));
	assert_int_equal(frontier_output(f).length, 123);
	assert_int_equal(frontier_output(f).tail, 456);
	assert_int_equal(frontier_output(f).bytes, 789);
	assert_int_equal(frontier_pages(f), 3);
	assert_int_equal(frontier_pages_done(f), 1);
	assert_int_equal(add(f, "http://a/2", 0, NULL), 0);
	assert_int_equal(add(f, "http://a/k", 0, NULL), 0);
	assert_int_equal(frontier_each_move(f, on_move, &moves), 0);
	assert_int_equal(moves, 1);
	page = next_page(f);
	assert_string_equal(page->url, "http://a/1");
	assert_string_equal(next_page(f)->url, "http://a/2");
	assert_null(next_page(f));
	frontier_close(f);
	remove_folder(folder);
}

static int release_host(struct frontier *f, const char *host)
{
	return frontier_release(f, (struct slice){host, strlen(host)});
}

static void pages_that_are_put_off_come_back_when_their_host_is_released(void **state)
{
	enum { ALL = 3 * FRONTIER_WINDOW_HOST };
	char folder[] = "/tmp/scrape-frontier-XXXXXX";
	struct frontier *f;
	struct frontier_page *page;

	(void)state;
	assert_non_null(mkdtemp(folder));
	f = open_in(folder);
	for (int i = 0; i < ALL; i++)
		add_page(f, i, &(struct frontier_page){.level = 1});
	assert_int_equal(add(f, "http://b/", 1, NULL), 1);
	while (page = next_page(f), page && page->url[7] == 'a')
		assert_int_equal(frontier_postpone(f, page), 0);
	assert_string_equal(page->url, "http://b/");
	assert_int_equal(frontier_done(f, page), 0);
	while ((page = next_page(f)))
		assert_int_equal(frontier_postpone(f, page), 0);
	/* Releasing a host without postponed pages, or an unknown host, is no
	 * error. */
	assert_int_equal(release_host(f, "b"), 0);
	assert_int_equal(release_host(f, "c"), 0);
	assert_null(next_page(f));
	assert_int_equal(release_host(f, "a"), 0);
	for (int i = 0; i < ALL; i++) {
		page = next_page(f);
		assert_int_equal(page->index, i);
		assert_int_equal(i < 10 ? frontier_done(f, page)
					: frontier_postpone(f, page), 0);
	}
	assert_null(next_page(f));
	commit(f, (struct store_output){0});
	frontier_close(f);

	f = open_in(folder);
	assert_int_equal(frontier_pages(f), ALL + 1);
	assert_int_equal(frontier_pages_done(f), 11);
	for (int i = 10; i < ALL; i++) {
		page = next_page(f);
		assert_int_equal(page->index, i);
		assert_int_equal(frontier_done(f, page), 0);
	}
	assert_null(next_page(f));
	frontier_close(f);
	remove_folder(folder);
}

/* Returns the number of pages that can be given out, which come by priority,
 * then by index. */
static unsigned next_in_order(struct frontier *f, bool done)
{
	struct frontier_page *page;
	int priority = 2;
	unsigned count = 0;
	uint64_t index = 0;

	while ((page = next_page(f))) {
		assert_true(page->priority <= priority);
		assert_true(page->priority < priority || page->index >= index);
		priority = page->priority;
		index = page->index;
		count++;
		if (done)
			assert_int_equal(frontier_done(f, page), 0);
	}
	return count;
}

/* Pages of three priorities, more of them than the window takes. */
static void pages_of_higher_priority_go_first(void **state)
{
	enum { COUNT = FRONTIER_WINDOW_ALONE + 2 * FRONTIER_WINDOW_AHEAD };
	static const int priorities[] = {0, -1, 2};
	char folder[] = "/tmp/scrape-frontier-XXXXXX";
	struct frontier *f;

	(void)state;
	assert_non_null(mkdtemp(folder));
	f = open_in(folder);
	for (int i = 0; i < COUNT; i++)
		add_page(f, i, &(struct frontier_page){
			.priority = priorities[i % 3],
		});
	commit(f, (struct store_output){0});
	/* Without another load, only the pages of the window come; after
	 * reopening, all pages of the store. */
	assert_int_equal(next_in_order(f, false), FRONTIER_WINDOW_HOST);
	frontier_close(f);
	f = open_in(folder);
	assert_int_equal(next_in_order(f, true), COUNT);
	frontier_close(f);
	remove_folder(folder);
}

/* A page with a higher priority than the pages in the store comes before these,
 * but after the pages in the window. */
static void urgent_pages_overtake_those_in_the_store(void **state)
{
	enum { COUNT = FRONTIER_WINDOW_ALONE + 2 * FRONTIER_WINDOW_AHEAD };
	struct frontier *f = open_in(NULL);
	unsigned turn = 0;
	struct frontier_page *page;

	(void)state;
	for (int i = 0; i < COUNT; i++)
		add_page(f, i, &(struct frontier_page){0});
	for (int i = 0; i < FRONTIER_WINDOW_HOST / 2; i++)
		assert_int_equal(frontier_done(f, next_page(f)), 0);
	add_page(f, COUNT, &(struct frontier_page){.priority = 1});
	while ((page = next_page(f)) && page->index != COUNT) {
		assert_int_equal(frontier_done(f, page), 0);
		turn++;
	}
	assert_non_null(page);
	assert_true(turn <= FRONTIER_WINDOW_HOST);
	frontier_drop(f, page);
	frontier_close(f);
}

static void date(struct frontier *f, int number, const char *lastmod,
		 int priority)
{
	char text[40];
	struct url url;

	snprintf(text, sizeof(text), "http://a/%d", number);
	assert_int_equal(url_parse(&url, text, strlen(text), NULL), 0);
	assert_int_equal(frontier_date(f, &url, lastmod, priority), 0);
	url_release(&url);
}

static void known_pages_get_the_date_and_the_place_of_their_sitemap(void **state)
{
	/* Many pages are in the store only, and so is the urgent one. */
	enum {
		ALL = FRONTIER_WINDOW_ALONE + 4 * FRONTIER_WINDOW_AHEAD,
		URGENT = ALL - 10,
	};
	struct frontier *f = open_in(NULL);
	struct frontier_page *page, *first;
	int done = 0;

	(void)state;
	add_page(f, 0, &(struct frontier_page){.level = 1});
	assert_int_equal(frontier_expect_dates(f, true), 0);
	for (int i = 1; i < ALL; i++)
		add_page(f, i, &(struct frontier_page){
			.level = 1,
			.lastmod = i == 2 ? (char *)"2001" : NULL,
			.priority = i == 3 ? 1 : 0,
		});
	first = next_page(f);	/* page 3, which is given out */
	while (!frontier_is_loading(f)) {
		assert_int_equal(frontier_done(f, next_page(f)), 0);
		done++;
	}
	/* Dates are also set in pages that are being loaded. */
	for (int i = 0; i < ALL; i++)
		date(f, i, i % 2 ? NULL : "2024-01-31", i == URGENT ? 5 : 0);
	date(f, 3, "2023", 5);
	assert_string_equal(first->lastmod, "2023");
	assert_int_equal(first->priority, 1);
	frontier_drop(f, first);
	for (int i = done; i < ALL; i++) {
		page = next_page(f);
		assert_non_null(page);
		if (page->index == 0 || page->index == 3)
			;
		else if (page->index == 2)
			assert_string_equal(page->lastmod, "2001");
		else if (page->index % 2)
			assert_null(page->lastmod);
		else
			assert_string_equal(page->lastmod, "2024-01-31");
		/* The urgent page comes soon, after the pages that were already
		 * in the window. */
		if (page->index == URGENT)
			assert_true(i < done + 100);
		assert_int_equal(frontier_done(f, page), 0);
	}
	assert_null(next_page(f));
	/* When no dates are expected any more, the page is not changed. */
	assert_int_equal(frontier_expect_dates(f, false), 0);
	frontier_close(f);
}

static void postponed_pages_get_the_date_of_their_sitemap(void **state)
{
	struct frontier *f = open_in(NULL);
	struct frontier_page *page;

	(void)state;
	assert_int_equal(frontier_expect_dates(f, true), 0);
	for (int i = 0; i < 2; i++)
		add_page(f, i, &(struct frontier_page){.level = 1});
	for (int i = 0; i < 2; i++)
		assert_int_equal(frontier_postpone(f, next_page(f)), 0);
	date(f, 1, "2024-01-31", 5);
	assert_int_equal(release_host(f, "a"), 0);
	page = next_page(f);
	assert_int_equal(page->index, 1);
	assert_int_equal(page->priority, 5);
	assert_string_equal(page->lastmod, "2024-01-31");
	frontier_close(f);
}

static void pages_of_the_store_are_complete(void **state)
{
	char folder[] = "/tmp/scrape-frontier-XXXXXX";
	struct frontier_page *page;
	struct frontier *f;

	(void)state;
	assert_non_null(mkdtemp(folder));
	f = open_in(folder);
	add_page(f, 0, &(struct frontier_page){
		.level = 3, .priority = -7, .role = 2, .via = "http://a/via",
		.lastmod = "2026-01-31", .carried = "{\"a\":1}",
		.id = "\"x\"", .headers = "A: b\r\n", .from_public = true,
		.no_credentials = true,
	});
	add_page(f, 1, &(struct frontier_page){0});
	add_page(f, 2, &(struct frontier_page){.via = "http://a/other"});
	commit(f, (struct store_output){0});
	frontier_close(f);
	f = open_in(folder);
	/* The new source must get a number that no known source has. */
	add_page(f, 3, &(struct frontier_page){.via = "http://a/third"});
	page = next_page(f);
	assert_int_equal(page->index, 1);
	assert_null(page->via);
	assert_null(page->lastmod);
	assert_null(page->carried);
	assert_string_equal(next_page(f)->via, "http://a/other");
	assert_string_equal(next_page(f)->via, "http://a/third");
	page = next_page(f);
	assert_int_equal(page->level, 3);
	assert_int_equal(page->priority, -7);
	assert_int_equal(page->role, 2);
	assert_string_equal(page->via, "http://a/via");
	assert_string_equal(page->lastmod, "2026-01-31");
	assert_string_equal(page->carried, "{\"a\":1}");
	assert_string_equal(page->id, "\"x\"");
	assert_string_equal(page->headers, "A: b\r\n");
	assert_true(page->from_public);
	assert_true(page->no_credentials);
	frontier_close(f);
	remove_folder(folder);
}

/* Without a folder, pages are stored only when they leave the window: when the
 * first host is no longer the only one, or when a page is dropped. */
static void pages_that_leave_the_window_come_back_once(void **state)
{
	enum { COUNT = FRONTIER_WINDOW_ALONE - 1 };
	struct frontier *f = open_in(NULL);
	bool has_come[COUNT + 1] = {false};
	struct frontier_page *page;
	char via[40];

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		snprintf(via, sizeof(via), "http://a/via/%d", i / 7);
		add_page(f, i, &(struct frontier_page){
			.level = 3, .role = 2, .via = via,
			.lastmod = "2026-01-31", .carried = "{\"a\":1}",
			.id = "\"x\"", .headers = "A: b\r\n",
			.from_public = true, .no_credentials = true,
		});
	}
	frontier_drop(f, next_page(f));
	assert_int_equal(add(f, "http://b/", 1, NULL), 1);
	while ((page = next_page(f))) {
		assert_false(has_come[page->index]);
		has_come[page->index] = true;
		if (page->index == COUNT) {
			assert_string_equal(page->url, "http://b/");
		} else {
			snprintf(via, sizeof(via), "http://a/via/%d",
				 (int)page->index / 7);
			assert_string_equal(page->via, via);
			assert_int_equal(page->level, 3);
			assert_int_equal(page->role, 2);
			assert_string_equal(page->lastmod, "2026-01-31");
			assert_string_equal(page->carried, "{\"a\":1}");
			assert_string_equal(page->id, "\"x\"");
			assert_string_equal(page->headers, "A: b\r\n");
			assert_true(page->from_public);
			assert_true(page->no_credentials);
		}
		assert_int_equal(frontier_done(f, page), 0);
	}
	for (int i = 0; i <= COUNT; i++)
		assert_true(has_come[i]);
	frontier_close(f);
}

/* 10,000 links on a page with a URL of 2,000 bytes. */
static void url_of_a_page_is_stored_once_for_all_its_links(void **state)
{
	enum { COUNT = 10000, LENGTH = 2000 };
	char folder[] = "/tmp/scrape-frontier-XXXXXX", *path;
	char via[LENGTH + 1];
	struct frontier *f;
	struct stat st;

	(void)state;
	assert_non_null(mkdtemp(folder));
	memset(via, 'x', LENGTH);
	memcpy(via, "http://a/", 9);
	via[LENGTH] = 0;
	f = open_in(folder);
	for (int i = 0; i < COUNT; i++)
		add_page(f, i, &(struct frontier_page){.via = via});
	commit(f, (struct store_output){0});
	frontier_close(f);
	path = xasprintf("%s/crawl.db", folder);
	assert_int_equal(stat(path, &st), 0);
	free(path);
	assert_true(st.st_size < COUNT * 100);
	remove_folder(folder);
}

static void states_of_other_versions_are_refused(void **state)
{
	char folder[] = "/tmp/scrape-frontier-XXXXXX", *path;
	struct buf why = {0};
	sqlite3 *db;

	(void)state;
	assert_non_null(mkdtemp(folder));
	path = xasprintf("%s/crawl.db", folder);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "CREATE TABLE pages (page, via TEXT)",
				      NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	free(path);
	assert_null(frontier_open(&(struct frontier_config){.folder = folder},
				  &why));
	assert_non_null(strstr(buf_cstr(&why),
			       "made by another version of scrape (schema 0,"));
	buf_release(&why);
	remove_folder(folder);
}

static void sets_keep_a_million_fingerprints(void **state)
{
	struct seen_set *s = seen_set_open("/tmp");

	(void)state;
	assert_non_null(s);
	for (uint64_t i = 1; i <= 1000000; i++) {
		assert_int_equal(seen_set_add(s, i * 0x9e3779b97f4a7c15), 1);
		assert_true(i < 10000 || seen_set_bytes(s) <= 12 * i + 32);
	}
	for (uint64_t i = 1; i <= 1000000; i++) {
		assert_int_equal(seen_set_add(s, i * 0x9e3779b97f4a7c15), 0);
		assert_false(seen_set_has(s, i * 0x9e3779b97f4a7c15 + 1));
	}
	assert_int_equal(seen_set_count(s), 1000000);
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
	struct page_link link = {.url = {"http://a/", 9}, .nofollow = true};
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

static struct frontier_page *new_page(uint64_t index)
{
	return frontier_page_new(&(struct store_page){
		.index = index, .url = {"http://a/", 9}});
}

static void limit_of_a_host_holds_while_its_pages_are_being_loaded(void **state)
{
	struct page_list loaded = TAILQ_HEAD_INITIALIZER(loaded);
	struct frontier_page *first, *second, *third;
	struct frontier_host *h;
	struct window w;

	(void)state;
	window_init(&w);
	w.max_per_host = 2;
	h = window_add_host(&w, "a", 1, 0);
	window_add(&w, h, new_page(0));
	window_add(&w, h, new_page(1));
	window_count_stored(&w, h, 0);
	window_count_stored(&w, h, 0);
	assert_ptr_equal(window_begin_load(&w), h);
	first = window_next(&w);
	second = window_next(&w);
	assert_non_null(second);
	third = new_page(2);
	TAILQ_INSERT_TAIL(&loaded, third, link);
	window_end_load(&w, h, &loaded);
	assert_null(window_next(&w));
	assert_null(window_begin_load(&w));
	second->was_requested = true;
	window_remove(&w, second);
	assert_null(window_begin_load(&w));
	/* A page that was not requested makes room for another one. */
	window_remove(&w, first);
	assert_ptr_equal(window_begin_load(&w), h);
	third = new_page(2);
	TAILQ_INSERT_TAIL(&loaded, third, link);
	window_end_load(&w, h, &loaded);
	assert_ptr_equal(window_next(&w), third);
	assert_null(window_next(&w));
	window_release(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(urls_with_the_same_key_are_added_once),
		cmocka_unit_test(large_hosts_leave_the_window_to_others),
		cmocka_unit_test(
			limit_of_a_host_holds_while_its_pages_are_being_loaded),
		cmocka_unit_test(as_many_pages_are_given_out_as_may_be_in_flight),
		cmocka_unit_test(claims_belong_to_their_page),
		cmocka_unit_test(what_was_committed_is_there_again),
		cmocka_unit_test(
			pages_that_are_put_off_come_back_when_their_host_is_released),
		cmocka_unit_test(pages_of_higher_priority_go_first),
		cmocka_unit_test(urgent_pages_overtake_those_in_the_store),
		cmocka_unit_test(
			known_pages_get_the_date_and_the_place_of_their_sitemap),
		cmocka_unit_test(postponed_pages_get_the_date_of_their_sitemap),
		cmocka_unit_test(pages_of_the_store_are_complete),
		cmocka_unit_test(pages_that_leave_the_window_come_back_once),
		cmocka_unit_test(
			url_of_a_page_is_stored_once_for_all_its_links),
		cmocka_unit_test(states_of_other_versions_are_refused),
		cmocka_unit_test(sets_keep_a_million_fingerprints),
		cmocka_unit_test(forms_of_traps_are_recognised),
		cmocka_unit_test(
			damaged_lists_of_links_end_where_they_are_damaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
