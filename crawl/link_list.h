/* The links of a page, as a parse worker hands them to a crawl: absolute URLs
 * one after the other, in one buffer. */
#ifndef CRAWL_LINK_LIST_H
#define CRAWL_LINK_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

/* Links of a page beyond this number, or beyond so many bytes, are not read. Of
 * a longer URL only the beginning is kept; a crawl does not request it. */
enum {
	LINK_LIST_MAX = 100000,
	LINK_LIST_MAX_BYTES = 64 << 20,
	LINK_LENGTH = 4096,
};

struct page_link {
	struct slice url;	/* serialised; borrowed. Empty: marks the end of
				 * a list that became full */
	bool nofollow;		/* the link has rel=nofollow, or the whole page
				 * is nofollow */
	bool is_cut;		/* carried fields are missing, because they are
				 * too long */
	bool is_plain;		/* the URL as it was added equals its key for
				 * certain (crawl/url_key.h); set by
				 * link_list_next() */
	unsigned role;		/* role of the page that the link leads to, if
				 * pages have roles */
	struct slice carried;	/* fields to carry to the page that the link
				 * leads to: a JSON object, or empty */
};

/* Add a link whose URL the caller writes to the list. link_list_begin() returns
 * the link's position; then the caller appends the URL; link_list_end() sets
 * the members other than link->url, and removes the URL's fragment. Returns
 * false if the list is full, and marks its end. */
size_t link_list_begin(struct buf *list);
bool link_list_end(struct buf *list, size_t at, const struct page_link *link,
		   unsigned *count);

/* Appends a link. Returns false if the list is full, and marks its end. */
bool link_list_add(struct buf *list, const struct page_link *link,
		   unsigned *count);

/* Iterates over the list: start with *at = 0; returns false at the end, or
 * where the bytes are not valid: the list may come from a process that is not
 * trusted. */
bool link_list_next(struct slice list, size_t *at, struct page_link *link);

#endif
