/* The sites of a crawl with their sitemaps (documents), and the pages that wait
 * for these documents. Only cmd/crawl/sitemaps.c includes this. */
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

/* A page that waits for sitemaps. */
struct held_page {
	TAILQ_ENTRY(held_page) link;
	struct frontier_page *page;
};

TAILQ_HEAD(held_pages, held_page);

struct sitemap_site {
	UT_hash_handle hh;
	unsigned documents;	/* number of documents known */
	unsigned open;		/* number of documents not read yet */
	unsigned read;
	bool is_at_limit;	/* the site has more documents than are read */
	msec wait_ends;		/* time at which its pages wait no longer; 0:
				 * none has waited yet */
	struct held_pages held;
	char key[];		/* origin of the site; "": the site of documents
				 * that the user names, for which all pages
				 * wait */
};

struct sitemap_sites {
	struct sitemap_site *all;
	size_t open;			/* number of documents not read yet */
	msec wait_ends;			/* earliest time at which a page waits
					 * no longer */
	struct held_pages released;	/* pages that need not wait any
					 * longer */
};

void sitemap_sites_init(struct sitemap_sites *s);

/* Gives the waiting pages back to the frontier. */
void sitemap_sites_release(struct sitemap_sites *s, struct frontier *f);

/* Return the site with the key, or the site of the URL's origin; both create a
 * missing site. */
struct sitemap_site *sitemap_site_get(struct sitemap_sites *s, const char *key);
struct sitemap_site *sitemap_site_of(struct sitemap_sites *s,
				     const struct url *url);

/* sitemap_site_open() counts a document that is to be read;
 * sitemap_site_close() counts it as read (is_read) or as dropped. */
void sitemap_site_open(struct sitemap_sites *s, struct sitemap_site *site);
void sitemap_site_close(struct sitemap_sites *s, struct sitemap_site *site,
			bool is_read);

/* Implement the functions of cmd/crawl/sitemaps.h that take or return pages. */
bool sitemap_sites_hold(struct sitemap_sites *s, struct frontier_page *page,
			msec now);
struct frontier_page *sitemap_sites_next(struct sitemap_sites *s, msec now);

#endif
