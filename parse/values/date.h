/*
 * Reads a date in English or in a standard's format.
 *
 * 	2024-01-31, 2024/1/31, 20240131		ISO 8601 and similar
 * 	2024-01-31T10:30:00.5+01:00		RFC 3339
 * 	Wed, 31 Jan 2024 10:30:00 GMT		RFC 2822, HTTP (and its two
 * 						obsolete formats)
 * 	31 January 2024, 31-Jan-24
 * 	January 31st, 2024 at 10:30 pm		and Date.toString()
 * 	1706697000				seconds since 1970 (10 digits),
 * 						or milliseconds (13)
 *
 * The whole text must be the date. A numeric month next to a numeric day
 * (3/4/2024) is ambiguous and rejected, and so is a day that does not exist (31
 * April). Weekdays are not checked. Zones are Z, UT, UTC, GMT, an offset, and
 * the American ones of RFC 2822; other names are skipped and leave the time
 * without a zone. The locale has no influence.
 */
#ifndef PARSE_VALUES_DATE_H
#define PARSE_VALUES_DATE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

/* Appends YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS and, where the text has a zone, Z
 * or its offset (+01:00), as a JSON string. Returns false if the text is not a
 * date. */
bool date_read(struct buf *out, struct slice text);

#endif
