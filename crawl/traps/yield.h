/*
 * What the forms of URLs (crawl/traps/url_form.h) yield: how many of a form's pages
 * had a text that was new on their host. A form whose last block of YIELD_BLOCK
 * pages had fewer than YIELD_LEAST new texts is closed: it is taken for a trap.
 *
 * The same rule applies to a path with any query, so that a shop whose filters
 * can be combined in thousands of ways ends. It counts pages whose form has not
 * had a block of its own. A closed path closes its forms, except those that had
 * YIELD_LEAST new texts.
 *
 * The rule also applies to mixtures: paths of the same group (the same first
 * segment) with at least two more segments, all of which occur in at least
 * YIELD_FAMILIAR pages of the group, as those of a shop whose filters are
 * segments. So a page with a segment of its own is never left out by this.
 *
 * Blocks begin anew, so that an archive that is followed by an endless empty
 * future ends, too. A form takes 21 to 43 bytes of a mapped file, and so does
 * a segment.
 */
#ifndef CRAWL_TRAPS_YIELD_H
#define CRAWL_TRAPS_YIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "crawl/traps/url_form.h"

enum {
	YIELD_BLOCK = 200,	/* pages */
	YIELD_LEAST = 10,	/* new texts in a block: 5 % */
	YIELD_FAMILIAR = 3,	/* pages with a segment */
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
	YIELD_CLOSED_MIXTURES,	/* the mixtures of the page's group were
				 * closed */
};

/* Counts a page. Returns -1, with errno set, if the file cannot grow. */
int yield_add(struct yield *y, const struct url_form *form, bool is_new,
	      enum yield_change *change);

/* Returns true if the form is closed: its URLs are not requested. */
bool yield_is_closed(const struct yield *y, const struct url_form *form);

/* Returns true if anything is closed. */
bool yield_has_closed(const struct yield *y);

size_t yield_bytes(const struct yield *y);	/* size of the mapped file */

#endif
