/*
 * Reads a sitemap (sitemaps.org) while it arrives, in pieces of any size: bytes
 * in, entries out. Pure; the memory that it takes does not depend on the
 * document.
 *
 *	urlset			url/loc, with lastmod and priority
 *	sitemapindex		sitemap/loc: more sitemaps
 *	RSS 0.9x, 1.0, 2.0	item/link
 *	Atom			entry/link, unless it is of another kind than
 *				rel=alternate
 *	text			one URL a line
 *
 * The declared type of the document does not matter: the first byte that is not
 * white space shows whether the document is XML or text. Names count without
 * their prefixes. An element counts only inside of its entry, with the same
 * prefix, so the URL of an image (image:loc) is none of a page. Text is UTF-8,
 * or UTF-16 with a byte order mark; in a URL, bytes that are not UTF-8 are read
 * as ISO 8859-1.
 */
#ifndef CRAWL_SITEMAP_SITEMAP_H
#define CRAWL_SITEMAP_SITEMAP_H

#include <stdbool.h>

#include "base/slice.h"

/* Limits of a document (sitemaps.org has the first two). The rest of a larger
 * document is not read. */
enum {
	SITEMAP_BYTES_MAX = 50 << 20,	/* decoded */
	SITEMAP_ENTRIES_MAX = 50000,
	SITEMAP_URL_MAX = 4096,		/* an entry with a longer URL is left
					 * out */
};

struct sitemap_entry {
	struct slice url;	/* URL as written, clean UTF-8; perhaps
				 * relative */
	struct slice lastmod;	/* date in W3C's format (dates of RSS are
				 * converted); empty: none */
	int priority;		/* 10 * (priority in the sitemap) - 5: from -5
				 * to 5 */
	bool is_sitemap;	/* the URL is a sitemap's: an entry of an
				 * index */
};

enum sitemap_end {
	SITEMAP_WHOLE,
	SITEMAP_CUT_OFF,	/* the document ends inside of an element */
	SITEMAP_TOO_LARGE,	/* the document is larger than
				 * SITEMAP_BYTES_MAX */
	SITEMAP_TOO_MANY,	/* the document has more than
				 * SITEMAP_ENTRIES_MAX entries */
	SITEMAP_NONE,		/* the document has none of the formats */
};

struct sitemap;

/* Returns a new reader. on_entry() is called for each entry; the slices of the
 * entry are valid during that call. */
struct sitemap *sitemap_new(void (*on_entry)(void *ctx,
					     const struct sitemap_entry *entry),
			    void *ctx);
void sitemap_free(struct sitemap *s);	/* NULL is fine */

/* Reads the next bytes. Returns false if the rest of the document is not
 * needed. */
bool sitemap_feed(struct sitemap *s, struct slice bytes);

/* Returns how the document ended; entries that came before count. Call it
 * once. */
enum sitemap_end sitemap_end(struct sitemap *s);

/* Returns the number of entries that were left out because of a long URL. */
unsigned sitemap_too_long(const struct sitemap *s);

/* Returns true for a date of W3C's note on date and time formats: YYYY,
 * YYYY-MM, YYYY-MM-DD, or with a time and its zone. */
bool sitemap_is_date(struct slice text);

#endif
