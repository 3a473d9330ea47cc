/* Spelling and matching of the paths in robots.txt. Only crawl/robots.c
 * includes this. */
#ifndef CRAWL_ROBOTS_PATH_H
#define CRAWL_ROBOTS_PATH_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

/* Appends a rule in the spelling that is compared. "*" stays a wildcard, a "$"
 * becomes %24; the caller removes the one at the end before. */
void robots_path_add_rule(struct buf *out, struct slice rule);

/* Appends the path and query of a URL in the spelling that is compared. */
void robots_path_add_url(struct buf *out, struct slice path);

/* Returns true if the rule matches the beginning of path, or, with to_end, all
 * of it. Takes time proportional to the lengths of both, whatever the number of
 * wildcards. */
bool robots_path_matches(struct slice rule, bool to_end, struct slice path);

#endif
