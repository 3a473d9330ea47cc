/*
 * Times of day as people and programs exchange them: RFC 3339, in UTC.
 *
 * Such a time is a number of milliseconds since 1970, without leap seconds. It
 * may jump when the system's clock is set; intervals are measured with
 * base/clock.h.
 */
#ifndef BASE_TIMESTAMP_H
#define BASE_TIMESTAMP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

struct calendar_day {
	int year, month, day;
};

/* Returns the date (in the Gregorian calendar) that is that many days after
 * 1970-01-01; days must be 0 or more. */
struct calendar_day calendar_day_of(int64_t days);

/* Returns true if the Gregorian calendar has that day. Years begin with 1. */
bool calendar_has_day(int year, int month, int day);

/* Returns the system's time, in msec since 1970. Any thread. */
int64_t timestamp_now(void);

/* Appends "2026-01-31T10:30:00.087Z". Times before 1970, or after 9999, become
 * the nearest time that has this form. Any thread. */
void timestamp_add(struct buf *out, int64_t unix_msec);

/* Appends a time in seconds since 1970 as "2026-01-31T10:30:00Z", with the
 * limits of timestamp_add(). */
void timestamp_add_seconds(struct buf *out, int64_t unix_seconds);

/* Returns the time of "2026-11-29T12:47:39.865Z", whose fraction may have any
 * number of digits or be absent; 0 for anything else. Any thread. */
int64_t timestamp_read(struct slice text);

#endif
