/* Reads the time of a date and its zone; for parse/values/date.c. */
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

/* Reads a time such as "10:30:00.5 pm +0100", of which parts may be missing;
 * returns false if there is none. Ranges are not checked. */
bool time_take(struct cursor *c, struct date *d);

/* Reads a time in ISO 8601's basic format: "103000Z". */
bool time_take_basic(struct cursor *c, struct date *d);

#endif
