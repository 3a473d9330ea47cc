/* A page of a crawl: a URL that is to be requested, with what is known about
 * it. */
#ifndef CRAWL_PAGE_H
#define CRAWL_PAGE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

#include "base/buf.h"
#include "base/job/host_notes.h"
#include "base/job/page_text.h"

struct frontier_host;
struct store;
struct store_page;

/* What has come of a page that is done. */
struct page_result {
	bool is_error;
	uint64_t bytes;		/* of the body */
	struct host_notes notes;
};

struct frontier_page {
	TAILQ_ENTRY(frontier_page) link;
	struct frontier_host *host;
	uint64_t index;
	uint64_t fingerprint;	/* of the URL's key */
	struct buf claims;	/* fingerprints of the targets of its redirects;
				 * they become permanent with the page */
	bool has_returned;	/* a redirect has led back to the URL */
	struct page_result result;	/* set before it is done */
	bool was_requested;	/* set before frontier_done(): it counts for the
				 * limits */
	/* Found out about its response, before frontier_done(): */
	bool is_compared;	/* with texts of other pages */
	bool is_repeated;	/* so often that a probe is of use */
	bool is_soft_404;	/* it has the text of pages that do not exist */
	struct page_text text;	/* to be kept; zero: none */
	char *duplicate_of;	/* URL of a page with the same text, or NULL */
	char *url;
	/* What frontier_add() takes: */
	unsigned level;		/* links from a seed; 0: a seed */
	int priority;		/* pages of a higher one go first */
	unsigned role;		/* number; 0: the first */
	char *via;		/* URL of the document that it was found in;
				 * NULL: a seed */
	char *lastmod;		/* of a sitemap, or NULL */
	char *carried;		/* JSON text of the carried fields, or NULL */
	char *id;		/* JSON text of the seed's id, or NULL */
	char *headers;		/* of a seed, or NULL */
	bool from_public;	/* found on a page of a public server */
	bool no_credentials;	/* of another origin than the credentials */
};

/* Returns a copy of a row of the table of pages. */
struct frontier_page *frontier_page_new(const struct store_page *from);
void frontier_page_free(struct frontier_page *page);

bool frontier_page_has_claim(const struct frontier_page *page,
			     uint64_t fingerprint);

/* Makes the claims permanent. Returns 0, or -1 after an error of the store. */
int frontier_page_store_claims(const struct frontier_page *page,
			       struct store *store);

#endif
