/*
 * The pages of one endpoint for one value: which request comes next.
 *
 * Pure but for jq: no network, no clock. A page or cursor that was there before
 * ends it with an error, not an endless loop.
 */
#ifndef CMD_GATHER_PAGES_H
#define CMD_GATHER_PAGES_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/url.h"
#include "cmd/gather_filters.h"
#include "cmd/gather_spec.h"

/* What a page adds to the request of its endpoint. Zero adds nothing. */
struct page_request {
	unsigned long number;	/* from 0; messages count from 1 */
	char *url;		/* in place of the endpoint's; or NULL */
	char *param, *header;	/* to set, borrowed from the spec; or NULL */
	char *pointer;
	char *value;		/* of that one, owned; with pointer it is JSON
				 * text, as json_pointer_set() takes it */
};

void page_request_release(struct page_request *p);

/* What came: borrowed. */
struct page_reply {
	struct slice json;	/* the body */
	struct slice link;	/* Link header fields, joined by ", " */
	const char *url;	/* it came from, after redirects */
	size_t items;		/* in it */
};

struct gather_pages_state;

/* pages and filters (those of the same pages) are borrowed and outlive it. */
struct gather_pages_state *gather_pages_new(const struct gather_pages *pages,
					    struct gather_filters *filters);
void gather_pages_free(struct gather_pages_state *s);

/* The first request. */
struct page_request gather_pages_first(struct gather_pages_state *s);

/*
 * A page has come (in any order, once each). The requests that are now known
 * are appended to *next (array owned by the caller, *count of them; each to be
 * released): none is the end, or that others are still to come. At most
 * GATHER_PAGES_WINDOW have been given and have not come. 0; or -1 and has added
 * to why: a repeated page or cursor, a filter's error, a next URL that is none.
 * After that, or a page without items, nothing is given any more.
 */
enum { GATHER_PAGES_WINDOW = 1000 };
int gather_pages_came(struct gather_pages_state *s, unsigned long number,
		      const struct page_reply *reply,
		      struct page_request **next, size_t *count,
		      struct buf *why);

#endif
