/*
 * Detects soft 404: hosts that answer with status 200 for a URL that cannot
 * exist. Such a URL is requested once (a probe) at each host of which several
 * pages have the same text.
 */
#ifndef CMD_CRAWL_PROBES_H
#define CMD_CRAWL_PROBES_H

#include <stdbool.h>

#include "base/job/job.h"
#include "crawl/scope.h"

enum { PROBES_PAGES = 5 };	/* number of pages of a host with the same text,
				 * before a probe is wanted */

struct probes;

struct probes *probes_new(const struct scope *scope);	/* scope is borrowed */
void probes_free(struct probes *p);

/* Asks for a probe of the page's host, unless there was one. The URL of the
 * probe is in the folder of the page, and in scope. */
void probes_want(struct probes *p, const struct url *page,
		 const struct job *job);

/* Returns the job of the next probe, with owner_data NULL; NULL if none is
 * wanted. */
struct job *probes_next(struct probes *p);

/* Stores the text that a host has answered to its probe; zero: there was no
 * answer with status 200. */
void probes_set_answer(struct probes *p, struct slice host,
		       const struct page_text *text);

/* Returns true if the text is the host's answer to its probe. *is_first: this
 * is the first such text. */
bool probes_match(struct probes *p, struct slice host,
		  const struct page_text *text, bool *is_first);

#endif
