/*
 * Directives for robots on a page, from its header X-Robots-Tag and from meta
 * elements.
 *
 * In the header, directives may begin with the name of a robot ("otherbot:
 * noindex, nofollow"); directives up to the next name are for that robot only.
 * Directives without a name are for all robots. Of several directives the
 * strictest counts. Pure.
 */
#ifndef CRAWL_ROBOTS_TAG_H
#define CRAWL_ROBOTS_TAG_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

/* Returns true if the value of a header tells the robot with this name, in
 * lower case, not to follow links ("nofollow" or "none"). */
bool robots_tag_is_nofollow(struct slice value, const char *agent);

/* Returns true if a header X-Robots-Tag of a response tells the robot not to
 * follow links. headers is a block of headers (base/job/headers.h). */
bool robots_tags_are_nofollow(const struct buf *headers, const char *agent);

/* Returns true if the content of a meta element tells robots not to follow
 * links ("nofollow" or "none"). */
bool robots_meta_is_nofollow(struct slice content);

/* Returns true if the name of a meta element is that of the robot, or
 * "robots". */
bool robots_meta_is_for(struct slice name, const char *agent);

#endif
