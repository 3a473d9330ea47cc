/* Link header fields (RFC 8288). */
#ifndef BASE_JOB_LINK_HEADER_H
#define BASE_JOB_LINK_HEADER_H

#include <stdbool.h>

#include "base/slice.h"

/*
 * Finds the first link with the relation type rel and sets *target to the
 * link's target as written, not resolved. *target borrows from fields, which
 * are one header field or several joined by commas. Malformed links are
 * skipped. Links with an anchor are skipped, too, because they are not about
 * the page itself.
 */
bool link_header_find(struct slice fields, const char *rel,
		      struct slice *target);

#endif
