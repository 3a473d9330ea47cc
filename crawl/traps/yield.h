/*
 * Counts the yield of the forms of URLs (crawl/traps/url_form.h): how many
 * pages of a form had a text that was new on their host. The pages of a form
 * are counted in blocks of YIELD_BLOCK. If a block has fewer than YIELD_LEAST
 * new texts, the form is a trap, and is closed: no more of its URLs are
 * requested.
 *
 * The same rule applies to a path with any query, against shops whose filters
 * can be combined in thousands of ways. Only pages whose form has not had a
 * full block of its own are counted for the path. If the path is closed, so are
 * its forms, except those that had YIELD_LEAST new texts in a block.
 *
 * The rule also applies to the mixtures of a group, for shops whose filters are
 * segments of the path. A group is all paths of an origin with the same first
 * segment. A mixture is a path with at least two more segments, each of which
 * occurs in YIELD_FAMILIAR or more pages of the group. A page with a segment
 * that no other page has is no mixture.
 *
 * Each block is judged on its own, so that a calendar with many good pages in
 * the past and endless empty pages in the future is closed, too. A form takes
 * 21 to 43 bytes of a mapped file, and so does a segment.
 */
#ifndef CRAWL_TRAPS_YIELD_H
#define CRAWL_TRAPS_YIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "crawl/traps/url_form.h"

enum {
	YIELD_BLOCK = 200,	/* number of pages in a block */
	YIELD_LEAST = 10,	/* minimum number of new texts in a block: 5 %
				 * of its pages */
	YIELD_FAMILIAR = 3,	/* pages with a segment that make the segment
				 * familiar */
};

struct yield;

/* Returns NULL, with errno set, if the file in the folder cannot be made. */
struct yield *yield_open(const char *folder);
void yield_close(struct yield *y);	/* NULL is fine */

enum yield_change {
	YIELD_AS_BEFORE,
	YIELD_CLOSED_FORM,	/* the page's form was closed */
	YIELD_CLOSED_PATH,	/* the page's path, with any query, was
				 * closed */
	YIELD_CLOSED_MIXTURES,	/* the mixtures of the page's group (see above)
				 * were closed */
};

/* Counts a page. Returns -1, with errno set, if the file cannot grow. */
int yield_add(struct yield *y, const struct url_form *form, bool is_new,
	      enum yield_change *change);

/* Returns true if the form is closed: its URLs are not requested. */
bool yield_is_closed(const struct yield *y, const struct url_form *form);

/* Returns true if any form, path or group has been closed. */
bool yield_has_closed(const struct yield *y);

size_t yield_bytes(const struct yield *y);	/* size of the mapped file */

#endif
