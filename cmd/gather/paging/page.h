/*
 * A page that has come, and what follows from it: what the kinds of paging
 * (cmd/gather/paging/paging.c has the table of them) share. Not for others.
 */
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
	struct digest_set seen;		/* URLs or cursors */
	struct digest_set bodies;		/* of pages that have items, unless they
					 * are counted */
	struct digest last;		/* of the page before, if they are */
	unsigned long empty;		/* pages without items, up to the last */
	struct buf note;		/* why it has ended; empty: nothing to
					 * say */
	bool repeated;			/* the last page was there before */
	unsigned long requested, received; /* how many */
	unsigned long page_count; /* so many are there, as far as known */
	bool ended;		  /* nothing more is given */
};

/* All borrowed. */
struct page_response {
	struct gather_pages_state *s;
	unsigned long number;
	const struct page_reply *reply;
	struct page_request **next;	/* where requests go */
	size_t *count;
	struct buf *why;
};

/* Takes the request, whose number it sets. */
void page_request_next(struct page_response *a, struct page_request request);

/* The page for page_response_run_filter(); NULL and why. */
struct jq_input *page_response_parse(const struct page_response *a);

/* A filter's first output, as JSON text in out, empty when there is none: 0;
 * or -1 and why, with the filter's name. */
int page_response_run_filter(const struct page_response *a, struct jq *jq,
			     const char *name, const struct jq_input *input,
			     struct buf *out);

bool page_json_is(struct slice json, const char *word);

/* Whether it is nothing, null, false or "". */
bool page_json_is_end(struct slice json);

/*
 * What the page leads to was there before, or cannot be a page: the end, and the
 * state's note has said why. Unless it is the second page, and like the first
 * one: then the server has not looked at what was asked. 0; or -1 and why.
 */
int page_response_end(struct page_response *a);

/* "an object", of a JSON text. */
const char *page_json_kind(struct slice json);

/* The kinds: each gives what is known now. 0; or -1 and why. */
int page_response_link(struct page_response *a);
int page_response_next(struct page_response *a);
int page_response_next_header(struct page_response *a);
int page_response_cursor(struct page_response *a);
int page_response_cursor_header(struct page_response *a);
int page_response_number(struct page_response *a);

/* The request of a numbered page. False: no long can hold its number. */
bool page_request_numbered(const struct gather_pages *pages,
			   unsigned long number, struct page_request *request);

#endif
