/*
 * Keeps the entries of the sitemaps that were read until their pages are added
 * to the crawl. They are added some at a time, so that the loop goes on: a
 * sitemap has up to 50,000 entries, and adding a page takes 10 to 20 us.
 *
 * Only cmd/crawl/sitemaps.c includes this.
 */
#ifndef CMD_CRAWL_SITEMAP_ENTRIES_H
#define CMD_CRAWL_SITEMAP_ENTRIES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/queue.h>

#include "base/buf.h"
#include "base/job/job.h"
#include "cmd/crawl/follow.h"
#include "cmd/crawl/sitemap_results.h"
#include "crawl/sitemap/sitemap.h"

/* The entries of one document. */
struct sitemap_entries {
	STAILQ_ENTRY(sitemap_entries) link;
	void *document;		/* the caller's data for the document */
	struct buf list;	/* entries (crawl/sitemap/sitemap_list.h) */
	size_t at;		/* offset in list of the first entry that was
				 * not taken */
	char *via;		/* URL of the document */
	struct url base;	/* URL of the document after redirects */
	const char *id;		/* as in struct request; borrowed */
	bool from_public, no_credentials;	/* as in struct request */
	struct sitemap_counts counts;
};

/* Moves the entries out of a sitemap's job. */
struct sitemap_entries *sitemap_entries_new(struct job *job, const char *id);
void sitemap_entries_free(struct sitemap_entries *e);	/* NULL is fine */

/* Takes the next entries, at most `most`: adds their pages, and calls
 * on_child() for each entry that is a sitemap. Returns 1 if there may be more
 * entries, 0 after the last one, and -1 after an error of the frontier. */
int sitemap_entries_take(struct sitemap_entries *e, const struct follow *f,
			 unsigned most,
			 void (*on_child)(void *ctx, struct sitemap_entries *e,
					  const struct sitemap_entry *entry),
			 void *ctx);

#endif
