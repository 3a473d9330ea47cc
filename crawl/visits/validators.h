/* The validators of a page (ETag, Last-Modified), with which a later request
 * asks the server for the page only if it has changed; and the comparison of
 * the page with what was kept of it. */
#ifndef CRAWL_VISITS_VALIDATORS_H
#define CRAWL_VISITS_VALIDATORS_H

#include <stdbool.h>

#include "base/job/job.h"
#include "crawl/visits/visit.h"

/* Values of the headers, owned; NULL: none. */
struct validators {
	char *etag, *modified;
};

/* Reads the validators of the response to a request for url; none if a later
 * response 304 would not stand for all of this one: if another URL has
 * answered, or if the response varies in unknown ways. */
void validators_read(struct validators *v, const struct job *job,
		     const char *url);
void validators_release(struct validators *v);

/* Appends the headers of a conditional request (request.conditions). */
void visit_add_conditions(const struct visit *visit, struct buf *conditions);

/* Returns true if a response has the text of the visit; for other types than
 * HTML, its body. */
bool visit_has_text(const struct visit *visit, const struct page_text *text);

#endif
