/* Link header fields (RFC 8288). */
#ifndef CMD_GATHER_PAGING_LINK_HEADER_H
#define CMD_GATHER_PAGING_LINK_HEADER_H

#include <stdbool.h>

#include "base/slice.h"

/*
 * The target of the first link with that relation type, as it is written (to be
 * resolved); borrowed from fields, which are one field or several joined by
 * commas. What cannot be understood is passed over. Links with an anchor are
 * about something else than the page, and not for us.
 */
bool link_header_find(struct slice fields, const char *rel,
		      struct slice *target);

#endif
