#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/mem.h"
#include "cmd/crawl/sitemap_name.h"
#include "cmd/crawl/sitemap_sites.h"
#include "cmd/crawl/sitemaps.h"

/* A frontier with pages of hosts a (priorities 0, 3, 0, 5) and b. */
struct fixture {
	struct frontier *frontier;
	struct sitemap_sites sites;
};

static void setup(struct fixture *f)
{
	static const struct {
		const char *url;
		int priority;
	} rows[] = {
		{"http://a/1", 0}, {"http://a/2", 3}, {"http://a/3", 0},
		{"http://a/4", 5}, {"http://b/1", 0},
	};
	struct buf why = {0};

	f->frontier = frontier_open(&(struct frontier_config){0}, &why);
	assert_non_null(f->frontier);
	sitemap_sites_init(&f->sites);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct url url;

		assert_int_equal(url_parse(&url, rows[i].url,
					   strlen(rows[i].url), NULL), 0);
		assert_int_equal(frontier_add(f->frontier, &url,
			&(struct frontier_page){
				.priority = rows[i].priority}), 1);
		url_release(&url);
	}
}

static void teardown(struct fixture *f)
{
	sitemap_sites_release(&f->sites, f->frontier);
	frontier_close(f->frontier);
}

static struct sitemap_site *site_of(struct fixture *f, const char *text)
{
	struct sitemap_site *site;
	struct url url;

	assert_int_equal(url_parse(&url, text, strlen(text), NULL), 0);
	site = sitemap_site_of(&f->sites, &url);
	url_release(&url);
	return site;
}

/* Tries to hold all pages. Returns the URLs of the pages that are not held. */
static char *hold_all(struct fixture *f, msec now)
{
	struct frontier_page *page;
	struct buf rest = {0};

	while ((page = frontier_next(f->frontier))) {
		if (sitemap_sites_hold(&f->sites, page, now))
			continue;
		buf_addf(&rest, "%s ", page->url);
		assert_int_equal(frontier_done(f->frontier, page), 0);
	}
	return buf_detach(&rest);
}

/* Returns the URLs of the pages that need not wait any longer. */
static char *take_all(struct fixture *f, msec now)
{
	struct frontier_page *page;
	struct buf urls = {0};

	while ((page = sitemap_sites_next(&f->sites, now))) {
		buf_addf(&urls, "%s ", page->url);
		assert_int_equal(frontier_done(f->frontier, page), 0);
	}
	return buf_detach(&urls);
}

static void check_taken(struct fixture *f, msec now, const char *wanted)
{
	char *taken = take_all(f, now);

	assert_string_equal(taken, wanted);
	free(taken);
}

static void check_held(struct fixture *f, msec now, const char *wanted)
{
	char *rest = hold_all(f, now);

	assert_string_equal(rest, wanted);
	free(rest);
}

#define PAGES_OF_A "http://a/4 http://a/2 http://a/1 http://a/3 "

static void pages_wait_for_the_last_document_of_their_site(void **state)
{
	struct fixture f;
	struct sitemap_site *a;

	(void)state;
	setup(&f);
	a = site_of(&f, "http://a/x");
	sitemap_site_open(&f.sites, a);
	sitemap_site_open(&f.sites, a);
	check_held(&f, 0, "http://b/1 ");
	sitemap_site_close(&f.sites, a, true);
	check_taken(&f, 1, "");
	sitemap_site_close(&f.sites, a, false);
	check_taken(&f, 2, PAGES_OF_A);
	teardown(&f);
}

static void pages_wait_for_a_limited_time(void **state)
{
	struct fixture f;

	(void)state;
	setup(&f);
	sitemap_site_open(&f.sites, site_of(&f, "http://a/x"));
	assert_true(f.sites.wait_ends == MSEC_NEVER);
	check_held(&f, 1000, "http://b/1 ");
	assert_true(f.sites.wait_ends == 1000 + SITEMAPS_WAIT);
	check_taken(&f, 999 + SITEMAPS_WAIT, "");
	check_taken(&f, 1000 + SITEMAPS_WAIT, PAGES_OF_A);
	assert_true(f.sites.wait_ends == MSEC_NEVER);
	teardown(&f);
}

static void pages_wait_for_a_limited_number_of_documents(void **state)
{
	struct fixture f;
	struct sitemap_site *a;

	(void)state;
	setup(&f);
	a = site_of(&f, "http://a/x");
	for (int i = 0; i <= SITEMAPS_FIRST; i++)
		sitemap_site_open(&f.sites, a);
	check_held(&f, 0, "http://b/1 ");
	for (int i = 0; i < SITEMAPS_FIRST; i++) {
		check_taken(&f, 0, "");
		sitemap_site_close(&f.sites, a, true);
	}
	check_taken(&f, 0, PAGES_OF_A);
	teardown(&f);
}

static void all_pages_wait_for_sitemaps_that_the_user_names(void **state)
{
	struct fixture f;
	struct sitemap_site *named;

	(void)state;
	setup(&f);
	named = sitemap_site_get(&f.sites, "");
	sitemap_site_open(&f.sites, named);
	check_held(&f, 0, "");
	sitemap_site_close(&f.sites, named, true);
	/* The pages of different hosts come in turn. */
	check_taken(&f, 0, "http://a/4 http://a/2 http://b/1 http://a/1 "
			   "http://a/3 ");
	teardown(&f);
}

static void pages_that_wait_at_the_end_are_given_back(void **state)
{
	struct fixture f;

	(void)state;
	setup(&f);
	sitemap_site_open(&f.sites, site_of(&f, "http://a/x"));
	check_held(&f, 0, "http://b/1 ");
	assert_int_equal(frontier_pages_done(f.frontier), 1);
	teardown(&f);
}

static void sitemaps_are_known_by_their_names(void **state)
{
	static const struct {
		const char *url;
		bool is_sitemap;
	} rows[] = {
		{"http://a/sitemap.xml", true}, {"http://a/x.XML?y", true},
		{"http://a/b/s.xml.gz", true}, {"http://a/urls.txt", true},
		{"http://a/sitemap_index/", true}, {"http://a/Sitemap", true},
		{"http://a/feed/", true}, {"http://a/blog/rss", true},
		{"http://a/", false}, {"http://a/xml", false},
		{"http://a/feeds", false}, {"http://a/sitemap/page", false},
		{"http://a/?sitemap.xml", false}, {"http://xml.gz", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct url url;

		assert_int_equal(url_parse(&url, rows[i].url,
					   strlen(rows[i].url), NULL), 0);
		if (sitemap_has_name(&url) != rows[i].is_sitemap)
			fail_msg("%s", rows[i].url);
		url_release(&url);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_wait_for_the_last_document_of_their_site),
		cmocka_unit_test(pages_wait_for_a_limited_time),
		cmocka_unit_test(pages_wait_for_a_limited_number_of_documents),
		cmocka_unit_test(
			all_pages_wait_for_sitemaps_that_the_user_names),
		cmocka_unit_test(pages_that_wait_at_the_end_are_given_back),
		cmocka_unit_test(sitemaps_are_known_by_their_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
