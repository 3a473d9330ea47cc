/*
 * When something is repeated: at an interval ("10m"), or at a time of day or of
 * the week ("06:30", "mon 06:30").
 *
 * Times are milliseconds since 1970, as in base/timestamp.h. Each time at which
 * something is due is called a slot. The slots of an interval continue those
 * before, so they depend on the last one; those of a time of day depend on the
 * calendar and the time zone of the process (TZ) alone.
 *
 * Summer time: a time of day that the clock skips is due when the clock would
 * have shown it with the time before ("02:30" at 03:30), and one that the clock
 * shows twice is due the first time.
 */
#ifndef BASE_JOB_TIMETABLE_H
#define BASE_JOB_TIMETABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* Zero is no timetable. */
struct timetable {
	int64_t every;		/* interval in msec; 0: none */
	bool has_at;
	int minute;		/* minutes after midnight */
	int weekday;		/* 1 Monday to 7 Sunday; 0: every day */
};

/* Read an interval: a number, which may have decimals, with the unit s, m, h, d
 * or w; or a time. Return 0; or -1 after appending to why what is wrong and
 * what would be right. */
int timetable_read_every(struct timetable *t, const char *s, struct buf *why);
int timetable_read_at(struct timetable *t, const char *s, struct buf *why);

/* Returns the first slot after the slot or time `last`. */
int64_t timetable_next(const struct timetable *t, int64_t last);

/* Returns the last slot that is not after now: of the slots that follow `last`,
 * which is not after now either. An empty timetable: now. */
int64_t timetable_slot(const struct timetable *t, int64_t last, int64_t now);

#endif
