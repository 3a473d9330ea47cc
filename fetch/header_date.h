/* Reads header fields that contain a date (RFC 9110, 5.6.7). */
#ifndef FETCH_HEADER_DATE_H
#define FETCH_HEADER_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* Reads the first field of that name (lower case) as seconds since 1970.
 * Returns false if there is no such field or its value is not a date. */
bool header_date_get(const struct buf *headers, const char *name,
		     int64_t *date);

#endif
