/*
 * The kinds of figures. Each is drawn as inline SVG with an accessible name and
 * has the same numbers in a table that can be unfolded. caption, labels and
 * note (a hint for the reader, or NULL) are plain text; a colour is a name
 * defined in cmd/report/style.c.
 */
#ifndef CMD_REPORT_FIGURES_H
#define CMD_REPORT_FIGURES_H

#include <jansson.h>
#include <stddef.h>

#include "cmd/report/page.h"
#include "cmd/stats/timeline.h"

/* A value over several runs; low and high are NaN if there was only one. */
struct spread {
	double median, low, high;
};

/* Reads the spread that is a member of an object; missing values are NaN. */
struct spread report_spread(const json_t *object, const char *key);

/* --- Bars, one below the other, with their spread ------------------------- */

struct bar {
	const char *label, *colour;
	struct spread value;
};

void report_bars(struct report *r, const char *caption, const char *note,
		 enum unit unit, const struct bar *bars, size_t len);

/* --- Bars made of the phases of requests, in seconds ---------------------- */

struct stack {
	const char *label;
	double phases[PHASE_COUNT];
};

/* Returns the phase's name for people: "held back by a limit", ... */
const char *report_phase_label(enum phase phase);

/* Reads the members of an object that have the names of phases; a missing one
 * is 0. */
void report_phases_read(const json_t *object, double phases[PHASE_COUNT]);

/* Draws a bar per stack, without the time that the request was held back by a
 * limit and that its record waited to be written. */
void report_stacks(struct report *r, const char *caption, const char *note,
		   const struct stack *stacks, size_t len);

/* --- Curves: a figure for each value of an option ------------------------- */

struct curve {
	const char *label, *colour;
	const struct spread *values;	/* one spread for each value of xs */
};

void report_curves(struct report *r, const char *caption, const char *note,
		   enum unit unit, const char *x_name, const double *xs,
		   size_t points, const struct curve *curves, size_t len);

/* --- Figures of a run ----------------------------------------------------- */

/* The functions below read the run's summary (cmd/stats/stats.h), and draw
 * nothing if the summary lacks the numbers. */

/* Draws the number of requests in flight over time, by phase. */
void report_in_flight(struct report *r, const char *caption,
		      const char *note, const json_t *summary);

/* Draws the number of requests that were held back by a limit, and of records
 * that waited to be written, over time. */
void report_waiting(struct report *r, const char *caption, const char *note,
		    const json_t *summary);

/* Draws the rate of finished records, and the rate of records with an error,
 * over time. */
void report_throughput(struct report *r, const char *caption,
		       const char *note, const json_t *summary);

/* Draws the distribution of latencies. */
void report_distribution(struct report *r, const char *caption,
			 const char *note, const json_t *summary);

/* --- Parts of figures ----------------------------------------------------- */

/* Adds a note below a figure. note NULL: adds nothing. */
void report_note(struct report *r, const char *note);

/* Returns the width to reserve for a label, at most 130. A longer label is
 * covered by the drawing. */
int report_label_width(const char *label);

/* Coordinates of the plotting area of figures with two axes. */
enum {
	PLOT_LEFT = 46, PLOT_RIGHT = REPORT_WIDTH - 10,
	PLOT_TOP = 8, PLOT_BOTTOM = 172, PLOT_HEIGHT = 196
};

struct axis;

/* Draw the grid lines and numbers of the y axis, and the numbers of the x axis
 * if it has numbers. */
void report_plot_y(struct report *r, const struct axis *y, enum unit unit);
void report_plot_x(struct report *r, const struct axis *x, enum unit unit);

#endif
