/* The response with a page, and the functions that all kinds of paging share to
 * find the next pages. The table of the kinds is in cmd/gather/paging/paging.c.
 * Private to this folder. */
#ifndef CMD_GATHER_PAGING_PAGE_H
#define CMD_GATHER_PAGING_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/digest_set.h"
#include "base/slice.h"
#include "cmd/gather/paging/filters.h"
#include "cmd/gather/paging/paging.h"
#include "cmd/gather/spec/spec.h"
#include "parse/jq/jq.h"

struct gather_pages_state {
	const struct gather_pages *pages;
	struct gather_filters *filters;
	struct digest_set seen;		/* URLs or cursors that led to pages */
	struct digest_set bodies;	/* bodies of pages with items, unless
					 * numbered */
	struct digest last;		/* body of the previous page, if
					 * numbered */
	unsigned long empty;		/* pages without items in a row */
	struct buf note;		/* why paging ended, for the user; or
					 * empty */
	bool repeated;			/* the last page is a repeat */
	unsigned long requested, received;	/* numbers of pages */
	unsigned long page_count;	/* known number, or ULONG_MAX */
	bool ended;			/* no further pages are requested */
};

/* A page that has arrived, for the functions below. All members are
 * borrowed. */
struct page_response {
	struct gather_pages_state *s;
	unsigned long number;
	const struct page_reply *reply;
	struct page_request **next;	/* array to append requests to */
	size_t *count;
	struct buf *why;
};

/* Appends a request and sets its page number. Takes ownership of the
 * request. */
void page_request_next(struct page_response *a, struct page_request request);

/* Sets out to the filter's first output as JSON text; to an empty text if there
 * is no output. Returns 0, or -1 after adding to why, with the filter's
 * name. */
int page_response_run_filter(const struct page_response *a, struct jq *jq,
			     const char *name, struct jq_input *input,
			     struct buf *out);

bool page_json_is(struct slice json, const char *word);

/* Returns true if the JSON text is a value that ends paging: empty, null, false
 * or "". */
bool page_json_is_end(struct slice json);

/* Ends paging because the next page is a repeat or cannot be a page; the
 * state's note has the reason. It is an error if the second page is the same as
 * the first one: then the server has ignored what was requested. Returns 0, or
 * -1 after adding to why. */
int page_response_end(struct page_response *a);

/* Names the type of a JSON text for a message: "an object". */
const char *page_json_kind(struct slice json);

/* One function per kind of paging: each requests the pages that are known after
 * this response. Returns 0, or -1 after adding to why. */
int page_response_link(struct page_response *a);
int page_response_next(struct page_response *a);
int page_response_next_header(struct page_response *a);
int page_response_cursor(struct page_response *a);
int page_response_cursor_header(struct page_response *a);
int page_response_number(struct page_response *a);

/* Makes the request of a numbered page. Returns false if its number does not
 * fit in a long. */
bool page_request_numbered(const struct gather_pages *pages,
			   unsigned long number, struct page_request *request);

#endif
