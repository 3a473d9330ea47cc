/* Spelling and matching of the paths in robots.txt. Only crawl/robots.c
 * includes this. */
#ifndef CRAWL_ROBOTS_PATH_H
#define CRAWL_ROBOTS_PATH_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

/* Appends a rule in normalised spelling. "*" stays a wildcard, and "$" becomes
 * %24; the caller has removed a "$" at the end of the rule before. */
void robots_path_add_rule(struct buf *out, struct slice rule);

/* Appends the path and query of a URL in normalised spelling. */
void robots_path_add_url(struct buf *out, struct slice path);

/* Returns true if the rule matches the beginning of path, or, with to_end, all
 * of it. Takes time proportional to the sum of both lengths, whatever the
 * number of wildcards. */
bool robots_path_matches(struct slice rule, bool to_end, struct slice path);

#endif
