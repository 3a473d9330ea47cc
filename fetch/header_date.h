/* A field whose value is a date (RFC 9110, 5.6.7). */
#ifndef FETCH_HEADER_DATE_H
#define FETCH_HEADER_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* The first field of that name (lower case), in seconds since 1970; false when
 * there is none, or it is no date. */
bool header_date_get(const struct buf *headers, const char *name,
		     int64_t *date);

#endif
