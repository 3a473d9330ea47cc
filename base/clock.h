/*
 * Time in milliseconds, with fractions.
 *
 * A double holds a year of milliseconds to a microsecond. Code that depends on
 * the time takes it as an argument; only the loop and cmd/ read the clock.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <math.h>
#include <time.h>

typedef double msec;

/* A time that never comes: later than any other. */
#define MSEC_NEVER ((msec)INFINITY)

/* Returns the time of CLOCK_MONOTONIC, whose zero has no meaning. */
msec clock_now(void);

/* Returns the time of CLOCK_BOOTTIME, which also counts the time during which
 * the machine sleeps. */
msec clock_boot_now(void);

/* Converts a time of clock_now(). */
struct timespec clock_timespec(msec at);

#endif
