/*
 * Soft 404: what hosts answer for a URL that cannot exist, with status 200. Such
 * a URL is requested once at a host of which several pages have the same text.
 */
#ifndef CMD_CRAWL_PROBES_H
#define CMD_CRAWL_PROBES_H

#include <stdbool.h>

#include "base/job/job.h"
#include "crawl/scope.h"

enum { PROBES_PAGES = 5 };	/* with the same text, of a host */

struct probes;

struct probes *probes_new(const struct scope *scope);	/* borrowed */
void probes_free(struct probes *p);

/* Asks for a probe at the host of a page, unless there was one. The probe's URL
 * is in the same folder as the page's, and in scope. */
void probes_want(struct probes *p, const struct url *page,
		 const struct job *job);

/* Returns the next request, with owner_data NULL; or NULL. */
struct job *probes_next(struct probes *p);

/* Keeps the text that a host answered; zero: it did not, or not with status
 * 200. */
void probes_set_answer(struct probes *p, struct slice host,
		       const struct page_text *text);

/* Returns true if the text is that of the host's answer. *is_first: it is the
 * first one. */
bool probes_match(struct probes *p, struct slice host,
		  const struct page_text *text, bool *is_first);

#endif
