/* Reads the time and the zone that follow a date; used by
 * parse/values/date.c. */
#ifndef PARSE_VALUES_TIME_H
#define PARSE_VALUES_TIME_H

#include <stdbool.h>

#include "parse/values/cursor.h"

struct date {
	int year, month, day;
	int hour, minute, second;
	int offset;		/* minutes east of UTC */
	bool has_time, has_offset;
};

/* Reads a time such as "10:30:00.5 pm +0100", in which parts may be missing.
 * Returns false if there is no time. The caller checks that hours, minutes and
 * seconds are in range. */
bool time_take(struct cursor *c, struct date *d);

/* Reads a time in the basic format of ISO 8601: "103000Z". */
bool time_take_basic(struct cursor *c, struct date *d);

#endif
