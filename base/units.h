/*
 * Parses numbers as users write them; the only place in the program that does.
 *
 * Strict, and the same in every locale: no sign, no white space, no hex, no
 * "inf", nothing after the number but its unit. Each function returns 0 and
 * sets *to; or returns -1 and appends to why what is wrong and what would be
 * right, in words that can follow the option and its value:
 *
 *	--rate "10": a unit is needed: 10/s, 600/m or 1000/h
 */
#ifndef BASE_UNITS_H
#define BASE_UNITS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"

/* Parses a whole number from min to max, both included. */
int units_parse_number(uint64_t *to, const char *s, uint64_t min, uint64_t max,
		       struct buf *why);

/* Parses a size in bytes: a whole number, optionally followed by k, M, G or T
 * (powers of 1,024, as in curl); at most UNITS_SIZE_MAX, which fits every
 * signed 64-bit API. */
#define UNITS_SIZE_MAX ((uint64_t)INT64_MAX)
int units_parse_size(uint64_t *to, const char *s, struct buf *why);

/* Parses seconds with decimals, to the microsecond; at most UNITS_SECONDS_MAX,
 * so that the result fits an int of milliseconds (as in c-ares and poll). */
enum { UNITS_SECONDS_MAX = INT32_MAX / 1000 };
int units_parse_seconds(msec *to, const char *s, bool zero_allowed,
			struct buf *why);

/* Parses a rate, N/s, N/m or N/h, where N may have decimals. Sets *interval to
 * the time between two starts. */
enum { UNITS_RATE_MAX = 1000000 };	/* per second */
int units_parse_rate(msec *interval, const char *s, struct buf *why);

/* Parses a percentage, N%, where N may have decimals, up to 100%. Sets *to in
 * millionths of a percent. */
enum { UNITS_PERCENT = 1000000 };
int units_parse_percent(uint64_t *to, const char *s, struct buf *why);

#endif
