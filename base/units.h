/*
 * Numbers as users write them: the one place where they are read.
 *
 * Strict, and the same in every locale: no sign, no white space, no hex, no
 * "inf", nothing after the number but its unit. Each function returns 0 and
 * sets *to; or -1, and has added to why what is wrong and what would be right,
 * in words that can follow the option and its value:
 *
 *	--rate "10": a unit is needed: 10/s, 600/m or 1000/h
 */
#ifndef BASE_UNITS_H
#define BASE_UNITS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"

/* A whole number from min to max, both included. */
int units_parse_number(uint64_t *to, const char *s, uint64_t min, uint64_t max,
		       struct buf *why);

/* Bytes: a whole number, k, M, G or T after it (of 1,024, as curl's), at most
 * UNITS_SIZE_MAX, which fits every signed 64-bit API. */
#define UNITS_SIZE_MAX ((uint64_t)INT64_MAX)
int units_parse_size(uint64_t *to, const char *s, struct buf *why);

/* Seconds with decimals, to the microsecond; at most UNITS_SECONDS_MAX, so
 * that the result fits an int of milliseconds (c-ares and poll take those). */
enum { UNITS_SECONDS_MAX = INT32_MAX / 1000 };
int units_parse_seconds(msec *to, const char *s, bool zero_allowed,
			struct buf *why);

/* N/s, N/m or N/h, N with decimals: the time between two starts. */
enum { UNITS_RATE_MAX = 1000000 };	/* a second */
int units_parse_rate(msec *interval, const char *s, struct buf *why);

#endif
