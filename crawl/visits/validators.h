/* The validators of a page (ETag, Last-Modified), with which a later request
 * asks the server for the page only if it has changed; and the comparison of a
 * page with its stored text. */
#ifndef CRAWL_VISITS_VALIDATORS_H
#define CRAWL_VISITS_VALIDATORS_H

#include <stdbool.h>

#include "base/job/job.h"
#include "crawl/visits/visit.h"

/* Values of the headers; owned by this struct, NULL if there are none. */
struct validators {
	char *etag, *modified;
};

/* Reads the validators of the response to a request for url. Sets no validators
 * if a later response 304 would not mean that this response is still valid: if
 * another URL has answered, or if the response varies in a way that the request
 * cannot repeat. */
void validators_read(struct validators *v, const struct job *job,
		     const char *url);
void validators_release(struct validators *v);

/* Appends the headers of a conditional request (request.conditions). */
void visit_add_conditions(const struct visit *visit, struct buf *conditions);

/* Returns true if a response has the same text as the visit; for types other
 * than HTML, the same body. */
bool visit_has_text(const struct visit *visit, const struct page_text *text);

#endif
