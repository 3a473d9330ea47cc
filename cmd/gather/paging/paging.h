/*
 * Paging: decides which requests follow from a page, for one value of an
 * endpoint.
 *
 * Pure except for jq: no network, no clock. Paging always ends: a repeated page
 * or cursor ends it, and so do many pages without items in a row.
 */
#ifndef CMD_GATHER_PAGING_PAGING_H
#define CMD_GATHER_PAGING_PAGING_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/gather/paging/filters.h"
#include "cmd/gather/spec/spec.h"

/* Changes that a page makes in the request of its endpoint. Zero changes
 * nothing. */
struct page_request {
	unsigned long number;	/* number of the page, from 0 (messages count
				 * from 1) */
	char *url;		/* replaces the endpoint's URL; or NULL */
	char *param, *header;	/* name to set, borrowed from the spec; or
				 * NULL */
	char *pointer;
	char *value;		/* value of param, header or pointer, owned; for
				 * pointer it is JSON text, as
				 * json_pointer_set() takes it */
};

void page_request_release(struct page_request *p);

/* A page that has arrived. All members are borrowed. */
struct page_reply {
	struct slice json;	/* body of the page */
	struct slice header;	/* values of the response header
				 * pages->from_header, joined by ", "; empty:
				 * the response had no such header */
	const char *url;	/* URL of the page, after redirects */
	size_t items;		/* number of items in the page */
};

/* Default of max_empty: paging ends after this many pages without items in a
 * row. */
enum { GATHER_PAGES_EMPTY = 100 };

struct gather_pages_state;

/* Creates the state of paging for one value. pages and their filters are
 * borrowed and must outlive the state. */
struct gather_pages_state *gather_pages_new(const struct gather_pages *pages,
					    struct gather_filters *filters);
void gather_pages_free(struct gather_pages_state *s);

/* Returns the request of the first page. */
struct page_request gather_pages_first(struct gather_pages_state *s);

/*
 * Processes a page: appends the requests that are now known to *next, an array
 * of *count requests that the caller owns and must release one by one. To be
 * called once for each page, in any order. No new requests mean the end, or
 * that other pages have not arrived yet. At most GATHER_PAGES_WINDOW pages are
 * requested and not received.
 *
 * Returns 0, or -1 after adding to why: the second page is the same as the
 * first one, a filter failed, the next URL is invalid. After an error, or a
 * numbered page without items, no further requests are made.
 */
enum { GATHER_PAGES_WINDOW = 1000 };
int gather_pages_on_page(struct gather_pages_state *s, unsigned long number,
			 const struct page_reply *reply,
			 struct page_request **next, size_t *count,
			 struct buf *why);

/* Returns the reason why paging ended, for a message, if the user may not
 * expect it; otherwise NULL. Borrowed. */
const char *gather_pages_note(const struct gather_pages_state *s);

/* Returns true if paging ended with a page that repeats an earlier one byte for
 * byte, so that its items are known already. */
bool gather_pages_is_repeat(const struct gather_pages_state *s);

#endif
