/* Pages wait in a list of their site, and move to the list `released` when they
 * need not wait any longer. */
#include "cmd/crawl/sitemap_sites.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/crawl/sitemaps.h"

void sitemap_sites_init(struct sitemap_sites *s)
{
	*s = (struct sitemap_sites){.wait_ends = MSEC_NEVER};
	TAILQ_INIT(&s->released);
}

/* Removes the first page from the list and returns it; NULL: the list is
 * empty. */
static struct frontier_page *take_page(struct held_pages *pages)
{
	struct held_page *held = TAILQ_FIRST(pages);
	struct frontier_page *page;

	if (!held)
		return NULL;
	TAILQ_REMOVE(pages, held, link);
	page = held->page;
	free(held);
	return page;
}

static void drop_pages(struct held_pages *pages, struct frontier *f)
{
	struct frontier_page *page;

	while ((page = take_page(pages)))
		frontier_drop(f, page);
}

void sitemap_sites_release(struct sitemap_sites *s, struct frontier *f)
{
	struct sitemap_site *site, *next;

	HASH_ITER(hh, s->all, site, next) {
		drop_pages(&site->held, f);
		HASH_DEL(s->all, site);
		free(site);
	}
	drop_pages(&s->released, f);
}

struct sitemap_site *sitemap_site_get(struct sitemap_sites *s, const char *key)
{
	struct sitemap_site *site;

	HASH_FIND_STR(s->all, key, site);
	if (site)
		return site;
	site = xcalloc(1, sizeof(*site) + strlen(key) + 1);
	memcpy(site->key, key, strlen(key));
	TAILQ_INIT(&site->held);
	HASH_ADD_STR(s->all, key, site);
	return site;
}

/* Returns the key of the URL's origin, to be freed. */
static char *origin_of(const struct url *url)
{
	const struct slice scheme = url_scheme(url), host = url_host(url);

	return xasprintf("%.*s://%.*s:%d", (int)scheme.len, scheme.p,
			 (int)host.len, host.p, url_port(url));
}

struct sitemap_site *sitemap_site_of(struct sitemap_sites *s,
				     const struct url *url)
{
	char *key = origin_of(url);
	struct sitemap_site *site = sitemap_site_get(s, key);

	free(key);
	return site;
}

static void release_pages(struct sitemap_sites *s, struct sitemap_site *site)
{
	TAILQ_CONCAT(&s->released, &site->held, link);
}

void sitemap_site_open(struct sitemap_sites *s, struct sitemap_site *site)
{
	site->open++;
	s->open++;
}

void sitemap_site_close(struct sitemap_sites *s, struct sitemap_site *site,
			bool is_read)
{
	site->open--;
	s->open--;
	site->read += is_read;
	if (!site->open || site->read >= SITEMAPS_FIRST)
		release_pages(s, site);
}

static bool holds_pages(const struct sitemap_site *site, msec now)
{
	return site && site->open && site->read < SITEMAPS_FIRST &&
	       (!site->wait_ends || now < site->wait_ends);
}

/* Returns the site whose sitemaps the page has to wait for, or NULL. */
static struct sitemap_site *holder_of(struct sitemap_sites *s,
				      const struct frontier_page *page,
				      msec now)
{
	struct sitemap_site *site;
	struct url url;
	char *key;

	HASH_FIND_STR(s->all, "", site);
	if (holds_pages(site, now))
		return site;
	if (url_parse(&url, page->url, strlen(page->url), NULL))
		return NULL;
	key = origin_of(&url);
	HASH_FIND_STR(s->all, key, site);
	free(key);
	url_release(&url);
	return holds_pages(site, now) ? site : NULL;
}

/* Orders pages by priority, highest first, then by the time at which they
 * came. */
static void insert_in_order(struct held_pages *pages, struct held_page *held)
{
	struct held_page *before = TAILQ_LAST(pages, held_pages);

	while (before && before->page->priority < held->page->priority)
		before = TAILQ_PREV(before, held_pages, link);
	if (before)
		TAILQ_INSERT_AFTER(pages, before, held, link);
	else
		TAILQ_INSERT_HEAD(pages, held, link);
}

bool sitemap_sites_hold(struct sitemap_sites *s, struct frontier_page *page,
			msec now)
{
	struct sitemap_site *site = s->open ? holder_of(s, page, now) : NULL;
	struct held_page *held;

	if (!site)
		return false;
	held = xcalloc(1, sizeof(*held));
	held->page = page;
	if (!site->wait_ends)
		site->wait_ends = now + SITEMAPS_WAIT;
	if (site->wait_ends < s->wait_ends)
		s->wait_ends = site->wait_ends;
	insert_in_order(&site->held, held);
	return true;
}

/* Releases the pages that have waited long enough. */
static void end_waits(struct sitemap_sites *s, msec now)
{
	struct sitemap_site *site, *next;

	s->wait_ends = MSEC_NEVER;
	HASH_ITER(hh, s->all, site, next) {
		if (TAILQ_EMPTY(&site->held))
			continue;
		if (now >= site->wait_ends)
			release_pages(s, site);
		else if (site->wait_ends < s->wait_ends)
			s->wait_ends = site->wait_ends;
	}
}

struct frontier_page *sitemap_sites_next(struct sitemap_sites *s, msec now)
{
	if (now >= s->wait_ends)
		end_waits(s, now);
	return take_page(&s->released);
}
