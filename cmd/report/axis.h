/* An axis of a figure: maps values to coordinates and chooses the tick
 * values. */
#ifndef CMD_REPORT_AXIS_H
#define CMD_REPORT_AXIS_H

#include <stdbool.h>
#include <stddef.h>

struct axis {
	double low, high;	/* range of values */
	double from, to;	/* coordinates of low and high */
	bool log;
};

enum { AXIS_TICKS = 12 };

/* Returns a linear axis from 0 to a round number that is not less than
 * `most`. */
struct axis axis_from_zero(double most, double from, double to);

/* Returns the coordinate of a value; a value beyond an end gets that end's
 * coordinate. */
double axis_position(const struct axis *a, double value);

/* Fills ticks with round numbers within the axis, including its ends. Returns
 * their number. */
size_t axis_ticks(const struct axis *a, double ticks[AXIS_TICKS]);

#endif
