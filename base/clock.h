/*
 * Time in milliseconds, with fractions.
 *
 * A double holds a year of them to a microsecond. Everything that decides by
 * the time takes it as an argument; only the loop and cmd/ ask the clock.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <math.h>

typedef double msec;

/* "No such moment": later than any other. */
#define MSEC_NEVER ((msec)INFINITY)

/* CLOCK_MONOTONIC; its zero means nothing. */
msec clock_now(void);

#endif
