/*
 * Finds the parts of a site that have no end, by what its pages say, and keeps
 * the crawl out of them:
 *
 * - by the form of a URL (crawl/traps/trap.h);
 * - by yield: a form of URLs whose pages have hardly any new text is closed
 *   (crawl/traps/yield.h), and its pages that wait are skipped;
 * - soft 404: when five pages of a host have the same text and status 200, and
 *   lead to others, a URL that cannot exist is requested there once. Links of
 *   pages with the text of that response are not followed.
 *
 * The same comparison gives records their duplicate_of. All state can be
 * derived from the texts of the pages that are done, in their order, which the
 * frontier keeps: so a resumed crawl goes on as if it had not been stopped.
 *
 * Functions accept NULL for a crawl with --no-traps. Functions that return an
 * int return -1 after logging that the state cannot be kept.
 */
#ifndef CMD_CRAWL_TRAPS_H
#define CMD_CRAWL_TRAPS_H

#include <stdbool.h>

#include "base/job/job.h"
#include "cmd/crawl/skipped.h"
#include "crawl/frontier.h"
#include "crawl/scope.h"

struct traps;

/* folder: for files without a name; NULL: that of temporary files. The others
 * are borrowed; the traps that are found are named in skipped. Returns NULL
 * after logging the reason. */
struct traps *traps_open(const char *folder, struct frontier *frontier,
			 const struct scope *scope, struct skipped *skipped);
void traps_close(struct traps *t);

/* Compares the text of a finished page with the texts of earlier pages, and
 * sets the members of the page about its response. */
int traps_note_page(struct traps *t, const struct job *job,
		    struct frontier_page *page);

/* Notes that a page that was compared has led to other pages. If many pages
 * have its text, a probe finds out whether such pages exist. */
void traps_note_links(struct traps *t, const struct job *job,
		      const struct frontier_page *page);

/* Returns true if a link to the URL is left out. */
bool traps_leave_out(struct traps *t, const struct url *url);

/* Returns true if a page that has waited is not to be requested. Seeds are
 * always requested. */
bool traps_leave_out_page(const struct traps *t,
			  const struct frontier_page *page);

/* Returns the job of a probe, a request for a URL that cannot exist; NULL if
 * there is none. Its owner_data is NULL, and it gets no record. */
struct job *traps_next_probe(struct traps *t);
int traps_note_answer(struct traps *t, const struct job *job);

/* Logs the traps, with examples. */
void traps_report(const struct traps *t);

#endif
