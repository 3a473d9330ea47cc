/* Where a value is drawn, and which values are written beside an axis. */
#ifndef CMD_REPORT_AXIS_H
#define CMD_REPORT_AXIS_H

#include <stdbool.h>
#include <stddef.h>

struct axis {
	double low, high;	/* values... */
	double from, to;	/* ...are drawn there */
	bool log;
};

enum { AXIS_TICKS = 12 };

/* From 0 to a round number that is at least most. */
struct axis axis_from_zero(double most, double from, double to);

/* Values beyond the ends are drawn at them. */
double axis_position(const struct axis *a, double value);

/* Round numbers between its ends, both included. Returns how many. */
size_t axis_ticks(const struct axis *a, double ticks[AXIS_TICKS]);

#endif
