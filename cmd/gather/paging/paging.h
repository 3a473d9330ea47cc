/*
 * The pages of one endpoint for one value: which request comes next.
 *
 * Pure but for jq: no network, no clock. It always ends: a page or cursor that
 * was there before is the end, and so are many pages without items.
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
	struct slice header;	/* fields of pages->from_header, joined by ", ";
				 * empty: there is none */
	const char *url;	/* it came from, after redirects */
	size_t items;		/* in it */
};

/* Pages without items, one after the other, after which it ends. */
enum { GATHER_PAGES_EMPTY = 100 };

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
 * to why: a second page like the first one, a filter's error, a next URL that
 * is none. After that, or a counted page without items, nothing is given any
 * more.
 */
enum { GATHER_PAGES_WINDOW = 1000 };
int gather_pages_on_page(struct gather_pages_state *s, unsigned long number,
			 const struct page_reply *reply,
			 struct page_request **next, size_t *count,
			 struct buf *why);

/* Why the pages have ended where the user may not expect it, for a message; or
 * NULL. Borrowed. */
const char *gather_pages_note(const struct gather_pages_state *s);

/* Whether the pages have ended with one that was there before, byte for byte, so
 * that its items have been given. */
bool gather_pages_is_repeat(const struct gather_pages_state *s);

#endif
