/*
 * --recrawl: a crawl that knows the previous one. Each page that was kept with
 * a validator (ETag, Last-Modified) is requested conditionally; its links are
 * then those of the previous crawl. Pages that no link leads to any more are
 * requested last.
 *
 * The present crawl is an ordinary one, with a database of its own, so whatever
 * holds for a crawl that is stopped and resumed holds for a recrawl.
 */
#ifndef CMD_CRAWL_RECRAWL_RECRAWL_H
#define CMD_CRAWL_RECRAWL_RECRAWL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/job/job.h"
#include "cmd/options/options.h"
#include "crawl/frontier.h"
#include "crawl/visits/previous.h"

struct recrawl;

/* With --recrawl, makes the crawl in the folder the previous one, if it has
 * ended. If the folder has no crawl, all pages of this crawl are new. Call it
 * before the frontier is opened, with the folder locked. Returns 0, or the exit
 * code after logging the reason. */
int recrawl_prepare(const struct options *o);

/* Opens the parts of the state that a recrawl needs: the table of visits and,
 * if there is one, the previous crawl. The options and the frontier are
 * borrowed. Returns NULL after logging the reason. Call it only with
 * --state. */
struct recrawl *recrawl_open(const struct options *o, struct frontier *f);
void recrawl_close(struct recrawl *r);	/* NULL is fine */

/* In all of the following, r NULL means a crawl without --state, for which the
 * functions do nothing. */

/* Adds the conditions to the request of a page. Returns true if the page need
 * not be requested (--trust-lastmod): page->change is set then. */
bool recrawl_request(struct recrawl *r, struct job *job,
		     struct frontier_page *page);

/* Compares the response with the previous crawl: sets page->change and, if the
 * server has not sent the page again, job->links and job->text. */
void recrawl_compare(struct recrawl *r, struct job *job,
		     struct frontier_page *page);

/* Keeps the response for the next recrawl. Called after recrawl_compare().
 * Returns 0, or -1 after an error of the frontier. */
int recrawl_keep(struct recrawl *r, const struct job *job,
		 const struct frontier_page *page);

/* Returns true if the page was added by recrawl_add_unlinked(). */
bool recrawl_is_unlinked(const struct recrawl *r,
			 const struct frontier_page *page);

/* Returns true if --only wants the record of a page. Requests that have failed
 * are always wanted. */
bool recrawl_wants(const struct options *o, const struct frontier_page *page);

/* Appends the member of a record that says how the page has changed. */
void recrawl_add_member(struct buf *record, const struct frontier_page *page);

/* Adds pages of the previous crawl to which no link has led in this crawl.
 * add() adds a page, and returns 1; 0 if the page is known or out of scope; or
 * -1. Call it when all other pages are done, and repeat the call until it
 * returns 0. Returns 1 if pages were added, or if pages are left to be looked
 * at; 0 if no page was added; or -1 after an error of the frontier. */
int recrawl_add_unlinked(struct recrawl *r,
			 int (*add)(void *ctx,
				    const struct previous_good *page),
			 void *ctx);

#endif
