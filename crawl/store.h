/*
 * The database of a crawl (SQLite): its pages, in the order in which they were
 * found, and which of them have their record.
 *
 * All changes belong to one transaction until store_commit(). A page becomes
 * done in the transaction that adds the pages found on it, so a crawl that was
 * killed continues where the last transaction ended.
 *
 * Changes are made in a thread of the database's own (crawl/database/database.h), in
 * their order; what reads waits for them. Functions return 0, or -1 after an
 * error of the database, which may be noticed some time later; store_error()
 * says which one. After that the store only fails.
 */
#ifndef CRAWL_STORE_H
#define CRAWL_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/job/page_text.h"
#include "base/slice.h"
#include "crawl/database/task_queue.h"

struct database;
struct page_result;
struct store;

/* A row of the table of pages. Texts are borrowed. */
struct store_page {
	uint64_t index;
	uint64_t host;		/* number of the host */
	uint64_t fingerprint;	/* of the URL's key */
	unsigned level;
	int priority;
	unsigned role;
	struct slice url;
	uint64_t source;	/* number of the document in which it was found;
				 * 0: a seed. Only to add a page. */
	const char *via;	/* the document's URL, or NULL. Only of pages
				 * that were read. */
	const char *lastmod, *carried;	/* as in struct frontier_page */
	const char *id;		/* JSON text of the seed's id, or NULL */
	const char *headers;	/* of a seed, as in struct request; or NULL */
	bool from_public, no_credentials;	/* as in struct request */
};

/* A sitemap, which is read or waits for that. Texts are borrowed. */
struct store_sitemap {
	uint64_t number;	/* from 1 */
	const char *url;
	const char *site;	/* whose limit of documents it counts for */
	const char *id;		/* JSON text of the seed's id, or NULL */
	unsigned depth;		/* 1: not found in another sitemap */
	bool is_guess;		/* nobody said that there is one */
	bool from_public, no_credentials;	/* as in struct request */
	bool is_done;
};

/* The text of a page that is done, or what a host answered for a URL that does
 * not exist. */
struct store_text {
	const char *host;	/* NULL: of a page. Borrowed */
	uint64_t page;		/* its index */
	struct slice url;	/* of the page; only of texts that were read */
	struct page_text text;
};

struct store_counts {
	uint64_t pages, done;
	uint64_t sources;	/* the highest number of one */
	uint64_t requested;	/* of those done */
	uint64_t skipped;
};

/* How far the output was written when the last transaction ended, and what has
 * come in for it. */
struct store_output {
	uint64_t length;	/* bytes */
	uint64_t tail;		/* digest of the last bytes */
	uint64_t bytes;		/* of the bodies of its pages */
};

/* Opens crawl.db in the folder, which exists; NULL: a temporary database
 * without a name. Returns NULL, and appends the reason to why, on failure. */
struct store *store_open(const char *folder, struct buf *why);
void store_close(struct store *s);	/* drops what is not committed; NULL is
					 * fine */

/* Opens the database of a crawl, which may be running, to read its status
 * (crawl/store_status.h). Returns NULL as above. */
struct database *store_open_to_read(const char *folder, struct buf *why);

/* Returns true if the database has a crawl. */
bool store_has_crawl(const struct store *s);

/* Returns the database, for tables that are not described here. */
struct database *store_database(struct store *s);

/* Returns the secret of the crawl (crawl/url_key.h). */
uint64_t store_secret(const struct store *s);

struct store_output store_output(const struct store *s);

/* Stores a number that must be the same in each run of the crawl. Returns 1; 0
 * if an earlier run has stored another one; -1 after an error. */
int store_keep_number(struct store *s, const char *name, uint64_t number);

/* Iterate over the hosts with the number of their pages that are not done, and
 * over the fingerprints of all that is known. */
int store_each_host(struct store *s,
		    void (*each)(void *ctx, uint64_t host, const char *name,
				 uint64_t waiting),
		    void *ctx);
int store_each_fingerprint(struct store *s,
			   int (*each)(void *ctx, uint64_t fingerprint),
			   void *ctx);

int store_count(struct store *s, struct store_counts *counts);

int store_add_host(struct store *s, uint64_t host, const char *name);

/* Adds a document in which pages are found. */
int store_add_source(struct store *s, uint64_t source, const char *url);

int store_add_page(struct store *s, const struct store_page *page);

/* Adds a URL that is known but has no page of its own: the target of a redirect
 * of a page. */
int store_add_known(struct store *s, uint64_t fingerprint, uint64_t page);

/* Store a URL that the scope is derived from, a seed or that to which one has
 * moved, and call each() with them. */
int store_add_move(struct store *s, struct slice href);
int store_each_move(struct store *s,
		    void (*each)(void *ctx, const char *href), void *ctx);

int store_set_lastmod(struct store *s, uint64_t index, const char *lastmod);

/* Add a sitemap, note that it was read, and call each() with all of them, also
 * of earlier runs. */
int store_add_sitemap(struct store *s, const struct store_sitemap *sitemap);
int store_set_sitemap_done(struct store *s, uint64_t number);
int store_each_sitemap(struct store *s,
		       void (*each)(void *ctx,
				    const struct store_sitemap *sitemap),
		       void *ctx);
/* Calls each() with the hosts of which pages were requested, and their
 * number. Takes time proportional to the number of pages. */
int store_each_asked(struct store *s,
		     void (*each)(void *ctx, const char *host, uint64_t asked),
		     void *ctx);

/* Marks a page as done, or as one that is neither requested nor has a
 * record. */
int store_set_done(struct store *s, uint64_t index, bool was_requested);
int store_set_skipped(struct store *s, uint64_t index);

/* Makes a page that is done wait again, and the targets of its redirects
 * unknown. had_error: its record has an error. */
int store_repeat(struct store *s, uint64_t index, bool had_error);

/* Add a text, and call each() with all texts in the order in which they were
 * added, until it returns -1. */
typedef int store_text_each(void *ctx, const struct store_text *text);
int store_add_text(struct store *s, const struct store_text *text);
int store_each_text(struct store *s, store_text_each *each, void *ctx);

/* Add a finished page to the figures of its host, and replace the notes, JSON
 * text; see crawl/store_status.h. */
int store_add_result(struct store *s, uint64_t host,
		     const struct page_result *result);
int store_set_notes(struct store *s, const char *json);

/* Returns the notes, to be freed, or NULL. */
char *store_notes(struct store *s);

/* Returns the thread of the database. */
struct task_queue *store_queue(const struct store *s);

/* The two functions below are for tasks of that thread only. */

/* Calls each() with up to `most` pages of the host that are not done, by
 * priority, then by index. */
int store_each_page(struct store *s, uint64_t host, unsigned most,
		    void (*each)(void *ctx, const struct store_page *page),
		    void *ctx);

/* Ends the transaction, so that it survives a power failure if the store has a
 * folder, and begins the next one. */
int store_commit(struct store *s, const struct store_output *output);

/* Returns the first error, as the end of a sentence; NULL: none. */
const char *store_error(const struct store *s);

#endif
