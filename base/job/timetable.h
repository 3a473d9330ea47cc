/*
 * A timetable: repeats a request at an interval ("10m"), or at a time of day or
 * of the week ("06:30", "mon 06:30").
 *
 * Times are milliseconds since 1970, as in base/timestamp.h. Each time at which
 * a request is due is called a slot. With an interval, each slot follows the
 * last one by the interval. With a time of day, slots depend only on the
 * calendar and the time zone of the process (TZ).
 *
 * Summer time: a time of day that the clock skips is due when the clock would
 * have shown it without the change ("02:30" at 03:30). A time that the clock
 * shows twice is due the first time.
 */
#ifndef BASE_JOB_TIMETABLE_H
#define BASE_JOB_TIMETABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* A timetable. A zeroed struct is an empty timetable. */
struct timetable {
	int64_t every;		/* interval in msec; 0: none */
	bool has_at;
	int minute;		/* minutes after midnight */
	int weekday;		/* 1 Monday to 7 Sunday; 0: every day */
};

/* Read an interval, which is a number with or without decimals and the unit s,
 * m, h, d or w; or a time of day. Return 0; or -1 after appending to why what
 * is wrong and what would be right. */
int timetable_read_every(struct timetable *t, const char *s, struct buf *why);
int timetable_read_at(struct timetable *t, const char *s, struct buf *why);

/* Returns the first slot after `last`, which is a slot or, for a time of day,
 * any time. */
int64_t timetable_next(const struct timetable *t, int64_t last);

/* Returns the last slot that is not after now. With an interval, the slots
 * follow `last`, which must not be after now. Returns now for an empty
 * timetable. */
int64_t timetable_slot(const struct timetable *t, int64_t last, int64_t now);

#endif
