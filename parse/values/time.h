/* The second half of parse/values/date.h: the time of a date, and its zone. */
#ifndef PARSE_VALUES_TIME_H
#define PARSE_VALUES_TIME_H

#include <stdbool.h>

#include "parse/values/cursor.h"

struct date {
	int year, month, day;
	int hour, minute, second;
	int offset;		/* minutes east */
	bool has_time, has_offset;
};

/* "10:30:00.5 pm +0100", with whatever of it is there; false: it is no time.
 * Ranges are not checked. */
bool time_take(struct cursor *c, struct date *d);

/* "103000Z", of ISO's basic format. */
bool time_take_basic(struct cursor *c, struct date *d);

#endif
