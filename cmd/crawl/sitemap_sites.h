/* The sites of a crawl with sitemaps, and the pages that wait for these. Only
 * cmd/crawl/sitemaps.c includes this. */
#ifndef CMD_CRAWL_SITEMAP_SITES_H
#define CMD_CRAWL_SITEMAP_SITES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/queue.h>

#include "base/clock.h"
#include "base/url/url.h"
#include "crawl/frontier.h"

#define uthash_malloc(bytes) xmalloc(bytes)
#define uthash_free(p, bytes) free(p)
#include <uthash.h>

/* A page that waits. */
struct held_page {
	TAILQ_ENTRY(held_page) link;
	struct frontier_page *page;
};

TAILQ_HEAD(held_pages, held_page);

struct sitemap_site {
	UT_hash_handle hh;
	unsigned documents;	/* known */
	unsigned open;		/* not yet read */
	unsigned read;
	bool is_at_limit;	/* it has more documents than are read */
	msec wait_ends;		/* of its pages; 0: none has waited */
	struct held_pages held;
	char key[];		/* its origin; "": of what the user names, for
				 * which all pages wait */
};

struct sitemap_sites {
	struct sitemap_site *all;
	size_t open;			/* documents */
	msec wait_ends;			/* of the first page */
	struct held_pages released;	/* pages that wait no longer */
};

void sitemap_sites_init(struct sitemap_sites *s);

/* Gives the waiting pages back to the frontier. */
void sitemap_sites_release(struct sitemap_sites *s, struct frontier *f);

/* Return the site, a new one if there is none. */
struct sitemap_site *sitemap_site_get(struct sitemap_sites *s, const char *key);
struct sitemap_site *sitemap_site_of(struct sitemap_sites *s,
				     const struct url *url);

/* Counts a document that is to be read; counts it as read, or as dropped. */
void sitemap_site_open(struct sitemap_sites *s, struct sitemap_site *site);
void sitemap_site_close(struct sitemap_sites *s, struct sitemap_site *site,
			bool is_read);

/* The functions of cmd/crawl/sitemaps.h for pages. */
bool sitemap_sites_hold(struct sitemap_sites *s, struct frontier_page *page,
			msec now);
struct frontier_page *sitemap_sites_next(struct sitemap_sites *s, msec now);

#endif
