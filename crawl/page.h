/* A page of a crawl: a URL to request, and the data that is known about that
 * URL. */
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

/* The result in the record of a page: an error; or a status of 400 or more; or
 * neither. */
enum page_outcome { PAGE_GOOD, PAGE_BAD_STATUS, PAGE_ERROR };

/* The difference between a page and the same page in the previous crawl. */
enum page_change {
	CHANGE_UNKNOWN,		/* there was no previous crawl, or there is no
				 * response */
	CHANGE_NONE, CHANGE_TEXT, CHANGE_NEW,
	CHANGE_GONE,		/* the page does not exist any more */
	CHANGES
};

/* The result of a page that is done. */
struct page_result {
	enum page_outcome outcome;
	uint64_t bytes;		/* size of the body */
	struct host_notes notes;
};

struct frontier_page {
	TAILQ_ENTRY(frontier_page) link;
	struct frontier_host *host;
	uint64_t index;
	uint64_t fingerprint;	/* fingerprint of the URL's key */
	struct buf claims;	/* fingerprints of the targets of its redirects;
				 * they become permanent with the page */
	bool is_stored;		/* the page is in the store, too */
	bool has_returned;	/* a redirect has led back to the URL */
	struct page_result result;	/* set before frontier_done() */
	bool was_requested;	/* the page counts for the limits; set before
				 * frontier_done() */
	/* Results of comparing the response with other pages; set before
	 * frontier_done(): */
	bool is_compared;	/* its text was compared with texts of other
				 * pages */
	bool is_repeated;	/* pages of its host had the same text so often
				 * that a probe for soft 404 is useful */
	bool is_soft_404;	/* its text is the one that the host sends for
				 * pages that do not exist */
	struct page_text text;	/* text of the page, to be stored; zero: none */
	enum page_change change;
	bool is_unmodified;	/* the server has not sent the page again, so
				 * the job's links and text are those of the
				 * previous crawl */
	char *duplicate_of;	/* URL of a page with the same text, or NULL */
	char *url;
	/* Input of frontier_add(): */
	unsigned level;		/* number of links from a seed to this page; 0:
				 * a seed */
	int priority;		/* pages of a higher priority are requested
				 * first */
	unsigned role;		/* number of the page's role; 0: the first
				 * role */
	char *via;		/* URL of the document in which the link was
				 * found; NULL: a seed */
	char *lastmod;		/* date of last change in the sitemap, or
				 * NULL */
	char *carried;		/* JSON text of the carried fields, or NULL */
	char *id;		/* JSON text of the seed's id, or NULL */
	char *headers;		/* header lines of a seed's request, or NULL */
	bool from_public;	/* found on a page of a public server */
	bool no_credentials;	/* its origin is not the one that the
				 * credentials are for */
	bool is_dated;		/* the date and priority are final: the page was
				 * found in a sitemap, and other sitemaps do not
				 * change them */
};

/* Returns a copy of a row of the table of pages, to be freed. */
struct frontier_page *frontier_page_new(const struct store_page *from);
void frontier_page_free(struct frontier_page *page);

/* Returns the page as a row of the table of pages, without its source; texts
 * are borrowed from the page. */
struct store_page frontier_page_row(const struct frontier_page *page);

bool frontier_page_has_claim(const struct frontier_page *page,
			     uint64_t fingerprint);

/* Stores the page's claims, text and result, for resumed crawls and --status.
 * Useless in a temporary database, which nobody can read later. Returns 0, or
 * -1 after an error of the store. */
int frontier_page_store_result(const struct frontier_page *page,
			       struct store *store);

/* The document in which a page was found. Release url. */
struct page_source {
	struct buf url;
	uint64_t number;	/* 1: the first document of the crawl */
};

/* Adds a page to the store, and sets its source. source: that of the page
 * before; changed if the page is from another document. (The pages of a
 * document come one after the other.) Returns as store_add_page(). */
int page_source_store(struct page_source *source, struct store *store,
		      struct store_page *page);

#endif
