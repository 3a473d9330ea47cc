/* Recognises URLs that look as if a site made them without end: a relative link
 * that makes each URL longer, a calendar, nested parameters. Pure. */
#ifndef CRAWL_TRAPS_TRAP_H
#define CRAWL_TRAPS_TRAP_H

#include <stdbool.h>

#include "base/url/url.h"

enum {
	TRAP_LENGTH = 2000,	/* most bytes of a URL */
	TRAP_SEGMENTS = 20,	/* most segments of a path */
	TRAP_REPEATS = 3,	/* most occurrences of one segment or query
				 * pair */
};

/* Returns true if the URL is longer than TRAP_LENGTH. */
bool trap_is_too_long(const struct url *url);

/*
 * Returns true if the URL has the form of a trap: more than TRAP_SEGMENTS
 * segments; a segment or query pair more than TRAP_REPEATS times; two segments
 * TRAP_REPEATS times each, in a path of ten or more; the name of the host as a
 * segment; "amp;amp;" in the query.
 */
bool trap_has_form(const struct url *url);

#endif
