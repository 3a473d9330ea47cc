/*
 * The frontier of a crawl: which URLs are known, and which one is next.
 *
 * Each URL is added once, by its key (crawl/url_key.h), and gets an index. The
 * order within a host is that of the pages' priority, then that in which they
 * were found, which is breadth first. Only a window is in memory
 * (crawl/window.h); all other pages are in the store (crawl/store.h).
 *
 * The store works in a thread of its own. The owner watches frontier_fd() and
 * calls frontier_receive() when it is readable. Functions return -1 after an
 * error, which may be noticed some time later; frontier_error() says which one.
 * Only one thread may use a frontier.
 */
#ifndef CRAWL_FRONTIER_H
#define CRAWL_FRONTIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/url/url.h"
#include "crawl/commit.h"
#include "crawl/page.h"
#include "crawl/store.h"

struct frontier;

struct frontier_config {
	const char *folder;		/* NULL: nothing is kept */
	const char *const *ignored;	/* parameters that are not part of a
					 * key; borrowed */
	size_t n_ignored;
	uint64_t max_per_host;		/* pages to request of a host, of all
					 * runs; 0: no limit */
	unsigned in_flight_per_host;	/* requests of a host that may be in
					 * flight */
};

/* Opens the frontier, with the state of an earlier run if the folder has one.
 * Returns NULL, and appends the reason to why, on failure. */
struct frontier *frontier_open(const struct frontier_config *config,
			       struct buf *why);
void frontier_close(struct frontier *f);	/* NULL is fine */

/* Returns true if the folder had a crawl of an earlier run. */
bool frontier_is_resumed(const struct frontier *f);

/* Does the same as store_keep_number(). */
int frontier_keep_number(struct frontier *f, const char *name,
			 uint64_t number);

/* Returns true if a URL (serialised) with this key is known. */
bool frontier_knows(struct frontier *f, struct slice href);

/* The work of frontier_knows() in two steps, for many URLs: the wait for the
 * memory takes longer than all other work, so look up other URLs between the
 * two. is_plain: the URL equals its key (crawl/url_key.h); false: perhaps. */
uint64_t frontier_look_up(struct frontier *f, struct slice href, bool is_plain);
bool frontier_has_fingerprint(const struct frontier *f, uint64_t fingerprint);

/* Returns the store; borrowed. */
struct store *frontier_store(const struct frontier *f);

/* Returns the database of the store, for tables that are not the
 * frontier's. */
struct database *frontier_database(struct frontier *f);

/* frontier_add_move() stores a URL that the scope is derived from: a seed, or a
 * URL to which a seed has moved. frontier_each_move() calls each() with all of
 * these URLs, also those of earlier runs. */
int frontier_add_move(struct frontier *f, struct slice href);
int frontier_each_move(struct frontier *f,
		       void (*each)(void *ctx, const char *href), void *ctx);

/* Pass sitemaps on to the store (crawl/store.h) and back. Before a sitemap is
 * marked as done, its pages must be added, in the same transaction. */
int frontier_add_sitemap(struct frontier *f, const struct store_sitemap *s);
int frontier_sitemap_done(struct frontier *f, uint64_t number);
int frontier_each_sitemap(struct frontier *f,
			  void (*each)(void *ctx, const struct store_sitemap *),
			  void *ctx);

/* Adds a URL with its known data: the members of the page from `level` on. The
 * page stays the caller's. Returns 1; 0 if the URL is known already. */
int frontier_add(struct frontier *f, const struct url *url,
		 const struct frontier_page *page);

/* frontier_date() sets the values that a sitemap has for a known page: the date
 * of last change (lastmod; NULL if there is none) if the page has no date, and
 * the priority if the page's priority is 0. It changes only pages that are not
 * done and were added while dates were expected. frontier_expect_dates() begins
 * or ends that time. */
int frontier_expect_dates(struct frontier *f, bool expects);
int frontier_date(struct frontier *f, const struct url *url,
		  const char *lastmod, int priority);

/* Claims the target of a redirect of the page, so that no other page requests
 * it. Returns 1 if the page may follow the redirect: the target was not known,
 * or the page has claimed it before (a request that is tried again), or the
 * target is the page's own URL, for the first time (the redirect sets a cookie,
 * say). Otherwise 0. */
int frontier_claim(struct frontier *f, struct frontier_page *page,
		   struct slice href);

/* Makes a URL that the crawl leaves out known, in this run only. Returns 0. */
int frontier_ignore(struct frontier *f, struct slice href);

/* Returns a page to request, which the caller gives to frontier_done() or
 * frontier_drop(). Returns NULL if all pages are being requested or are done,
 * if the store is still reading pages (frontier_is_loading()), or after an
 * error. */
struct frontier_page *frontier_next(struct frontier *f);

/* Returns true if the store is reading pages for the window. */
bool frontier_is_loading(const struct frontier *f);

/* Returns a descriptor that is readable when pages have been read, a commit has
 * ended, or the frontier is not full any more. */
int frontier_fd(const struct frontier *f);
void frontier_receive(struct frontier *f);

/* Waits until the store has done all its tasks, and receives the results. */
void frontier_wait(struct frontier *f);

/* Returns true if so many changes wait for the store that the caller should add
 * no more pages. */
bool frontier_is_full(const struct frontier *f);

/* Both functions free the page. frontier_done(): its result and was_requested
 * are set, and its record is in the output by the time of the next commit.
 * frontier_drop(): the page has no record, and may be returned again, at the
 * latest in a resumed crawl. */
int frontier_done(struct frontier *f, struct frontier_page *page);
void frontier_drop(struct frontier *f, struct frontier_page *page);

/* frontier_postpone() frees a page that waits for the robots.txt of its host.
 * frontier_release() makes such pages of a host available to frontier_next()
 * again, if there are any; so does resuming the crawl. */
int frontier_postpone(struct frontier *f, struct frontier_page *page);
int frontier_release(struct frontier *f, struct slice host);

/* Frees a page that will not be requested, not even in a resumed crawl. */
int frontier_skip(struct frontier *f, struct frontier_page *page);

/* frontier_add_text() stores the text that a host answers for a URL that does
 * not exist; a zero text: none. (frontier_done() stores the texts of pages.)
 * frontier_each_text() calls each() with all texts in the order in which they
 * were added, until each() returns -1. */
int frontier_add_text(struct frontier *f, const struct store_text *text);
int frontier_each_text(struct frontier *f, store_text_each *each, void *ctx);

/* Deletes the texts of pages that wait again (frontier_repeat()). */
int frontier_forget_texts(struct frontier *f);

/* frontier_set_notes() replaces the notes about the run, JSON text for people.
 * frontier_notes() returns the notes, also those of an earlier run, to be
 * freed; or NULL. */
int frontier_set_notes(struct frontier *f, const char *json);
char *frontier_notes(struct frontier *f);

/* Write failures to the store (crawl/store.h) and read them. Add a page's
 * failure before frontier_done(). */
int frontier_add_failure(struct frontier *f,
			 const struct store_failure *failure);
int frontier_each_failure(struct frontier *f,
			  void (*each)(void *ctx,
				       const struct store_failure *failure),
			  void *ctx);

/* Lets a page that is done be requested again, once the frontier has been
 * committed and opened again. was: outcome that the page had. */
int frontier_repeat(struct frontier *f, uint64_t index,
		    enum page_outcome was);

/* Makes all changes so far permanent, after the output. One commit at a time;
 * an error is noticed after frontier_receive(), by frontier_has_failed(). */
void frontier_commit(struct frontier *f, const struct frontier_sync *sync);
bool frontier_is_committing(const struct frontier *f);

struct store_output frontier_output(const struct frontier *f);

/* Return the number of pages known, the number of pages done, and all counts;
 * earlier runs are included. */
uint64_t frontier_pages(const struct frontier *f);
uint64_t frontier_pages_done(const struct frontier *f);
struct store_counts frontier_counts(const struct frontier *f);

size_t frontier_hosts(const struct frontier *f);	/* number of hosts
							 * known */

/* Returns true after an error; also after one of the output, which was logged
 * and is not an error of the frontier. */
bool frontier_has_failed(const struct frontier *f);

/* Returns the error as the end of a sentence, or NULL. */
const char *frontier_error(const struct frontier *f);

#endif
