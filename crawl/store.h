/*
 * The database of a crawl (SQLite): its pages, in the order in which they were
 * found, and which of them have their record.
 *
 * All changes belong to one transaction until store_commit(). A page becomes
 * done in the transaction that adds the pages found on it, so a crawl that was
 * killed continues where the last transaction ended.
 *
 * Changes are made in a thread of the database's own
 * (crawl/database/database.h), in their order; what reads waits for them.
 * Functions return 0, or -1 after an error of the database, which may be
 * noticed some time later; store_error() says which one. After that the store
 * only fails.
 */
#ifndef CRAWL_STORE_H
#define CRAWL_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/job/page_text.h"
#include "base/slice.h"
#include "crawl/database/task_queue.h"
#include "crawl/page.h"

struct database;
struct store;

/* Version of the tables, and of the digests in them. A crawl with another
 * version than this or the previous one is not continued. */
enum { STORE_VERSION = 6 };

/* Name of the file in the folder of a crawl. */
#define STORE_FILE "crawl.db"

/* A row of the table of pages. Texts are borrowed. */
struct store_page {
	uint64_t index;
	uint64_t host;		/* number of the host */
	uint64_t fingerprint;	/* fingerprint of the URL's key */
	unsigned level;
	int priority;
	unsigned role;
	struct slice url;
	uint64_t source;	/* number of the document in which the page was
				 * found; 0: a seed. Used only to add a page. */
	const char *via;	/* URL of that document, or NULL. Set only in
				 * pages that were read. */
	const char *lastmod, *carried;	/* as in struct frontier_page */
	const char *id;		/* JSON text of the seed's id, or NULL */
	const char *headers;	/* headers of a seed, as in struct request; or
				 * NULL */
	bool from_public, no_credentials;	/* as in struct request */
	bool is_dated;		/* as in struct frontier_page; not stored */
};

/* A place in the order of a host's pages: that of the page with this priority
 * and index. */
struct store_place {
	int64_t priority;
	uint64_t page;
};

/* The place in front of all pages. */
#define STORE_FIRST_PLACE ((struct store_place){.priority = INT64_MAX})

/* A sitemap that was read, or is still to be read. Texts are borrowed. */
struct store_sitemap {
	uint64_t number;	/* number of the sitemap, from 1 */
	const char *url;
	const char *site;	/* site whose limit of sitemaps this one counts
				 * for */
	const char *id;		/* JSON text of the seed's id, or NULL */
	unsigned depth;		/* 1: the sitemap was not found in another
				 * sitemap */
	bool is_guess;		/* the URL is a guess: no robots.txt or user
				 * named it */
	bool from_public, no_credentials;	/* as in struct request */
	bool is_done;
};

/* The text of a page that is done, or of the answer of a host to a URL that
 * does not exist. */
struct store_text {
	const char *host;	/* host with this answer; NULL: the text is a
				 * page's. Borrowed */
	uint64_t page;		/* index of the page */
	struct slice url;	/* URL of the page; set only in texts that were
				 * read */
	struct page_text text;
};

/* The failure of a page that is done but has no record. */
struct store_failure {
	uint64_t page;		/* index of the page */
	unsigned status;	/* 0: no response */
	const char *error;	/* name of the kind of error, borrowed; NULL if
				 * there is none */
};

struct store_counts {
	uint64_t pages, done;
	uint64_t sources;	/* the highest number of a document */
	uint64_t requested;	/* number of done pages that were requested */
	uint64_t skipped;
};

/* The end of the output when the last transaction ended. */
struct store_output {
	uint64_t length;	/* length in bytes */
	uint64_t tail;		/* digest of the last bytes */
	uint64_t bytes;		/* sum of the sizes of all bodies received */
};

/* Opens crawl.db in the folder, which exists; NULL: a temporary database
 * without a name. Returns NULL, and appends the reason to why, on failure. */
struct store *store_open(const char *folder, struct buf *why);
void store_close(struct store *s);	/* drops changes that were not
					 * committed; NULL is fine */

/* Opens the database of a crawl, which may be running, to read its status
 * (crawl/store_status.h). Returns NULL, and appends the reason to why, on
 * failure. */
struct database *store_open_to_read(const char *folder, struct buf *why);

/* Returns true if the database has a crawl. */
bool store_has_crawl(const struct store *s);

/* Returns the database, for tables that other files describe. */
struct database *store_database(struct store *s);

/* Returns the secret of the crawl (crawl/url_key.h). */
uint64_t store_secret(const struct store *s);

struct store_output store_output(const struct store *s);

/* Stores a number that must be the same in each run of the crawl. Returns 1 on
 * success; 0 if an earlier run has stored a different number; -1 after an
 * error. */
int store_keep_number(struct store *s, const char *name, uint64_t number);

/* store_each_host() calls each() with the hosts and the number of their pages
 * that are not done; store_each_fingerprint() with the fingerprints of all
 * known URLs. */
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

/* store_add_move() stores a URL that the scope is derived from: a seed, or a
 * URL to which a seed has moved. store_each_move() calls each() with all of
 * these URLs. */
int store_add_move(struct store *s, struct slice href);
int store_each_move(struct store *s,
		    void (*each)(void *ctx, const char *href), void *ctx);

/* store_add_undated() adds a page to the list of pages that store_date() may
 * change. store_date() changes such a page if the page is waiting or postponed:
 * it sets the date if the page has none, and the priority if that is 0.
 * store_forget_undated() clears the list. */
int store_add_undated(struct store *s, uint64_t fingerprint, uint64_t page);
int store_date(struct store *s, uint64_t fingerprint, const char *lastmod,
	       int priority);
int store_forget_undated(struct store *s);

/* store_add_sitemap() adds a sitemap, store_set_sitemap_done() marks one as
 * read, and store_each_sitemap() calls each() with all sitemaps, also those of
 * earlier runs. */
int store_add_sitemap(struct store *s, const struct store_sitemap *sitemap);
int store_set_sitemap_done(struct store *s, uint64_t number);
int store_each_sitemap(struct store *s,
		       void (*each)(void *ctx,
				    const struct store_sitemap *sitemap),
		       void *ctx);
/* Calls each() with each host of which pages were requested, and the number of
 * these pages. Takes time proportional to the number of pages. */
int store_each_asked(struct store *s,
		     void (*each)(void *ctx, const char *host, uint64_t asked),
		     void *ctx);

/* store_set_done() marks a page as done; store_set_skipped() marks one that was
 * not requested and has no record. */
int store_set_done(struct store *s, uint64_t index, bool was_requested);
int store_set_skipped(struct store *s, uint64_t index);

/* Returns true if the page is done and has a record. */
bool store_is_done(struct store *s, uint64_t index);

/* store_postpone() postpones a waiting page: store_each_page() leaves the page
 * out until store_release() is called for its host. store_release_all()
 * releases the pages of all hosts; called when the store is opened. */
int store_postpone(struct store *s, uint64_t page);
int store_release(struct store *s, uint64_t host);
int store_release_all(struct store *s);

/* Makes a page that is done wait again, and the targets of its redirects
 * unknown. was: outcome that the page had. */
int store_repeat(struct store *s, uint64_t index,
		 enum page_outcome was);

/* store_add_failure() adds a failure. store_forget_failure() removes the
 * failure of a page; store_repeat() calls it. store_each_failure() calls each()
 * with all failures; each() must not use the store. */
int store_add_failure(struct store *s, const struct store_failure *failure);
int store_forget_failure(struct store *s, uint64_t page);
int store_each_failure(struct store *s,
		       void (*each)(void *ctx,
				    const struct store_failure *failure),
		       void *ctx);

/* store_add_text() adds a text. store_each_text() calls each() with all texts
 * in the order in which they were added, until each() returns -1. */
typedef int store_text_each(void *ctx, const struct store_text *text);
int store_add_text(struct store *s, const struct store_text *text);
int store_each_text(struct store *s, store_text_each *each, void *ctx);

/* Deletes the texts of pages that are not done, because these pages will be
 * requested again. */
int store_forget_texts(struct store *s);

/* store_add_result() adds a finished page to the figures of its host, which
 * store_write_results() brings up to date, before a commit; store_set_notes()
 * replaces the notes, JSON text. See crawl/store_status.h. */
int store_add_result(struct store *s, uint64_t host,
		     const struct page_result *result);
int store_write_results(struct store *s);
int store_set_notes(struct store *s, const char *json);

/* Returns the notes, to be freed, or NULL. */
char *store_notes(struct store *s);

/* Returns the queue of the database's thread. */
struct task_queue *store_queue(const struct store *s);

/* Only tasks of the database's thread may call the next two functions. */

/* Calls each() with the first `most` pages of the host that are not done and
 * come after the place, in the order of their priority, then of their index. */
int store_each_page(struct store *s, uint64_t host,
		    const struct store_place *place, unsigned most,
		    void (*each)(void *ctx, const struct store_page *page),
		    void *ctx);

/* Ends the transaction and begins the next one. If the store has a folder, the
 * changes then survive a power failure. */
int store_commit(struct store *s, const struct store_output *output);

/* Returns the first error, as the end of a sentence; NULL if there is none. */
const char *store_error(const struct store *s);

#endif
