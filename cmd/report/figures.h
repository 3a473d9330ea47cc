/*
 * The kinds of figures. Each draws inline SVG with an accessible name, and the
 * same numbers as a table to unfold. caption and note (what to look for, or
 * NULL) are text; labels are text too; a colour is the name of one in
 * cmd/report/style.c.
 */
#ifndef CMD_REPORT_FIGURES_H
#define CMD_REPORT_FIGURES_H

#include <jansson.h>
#include <stddef.h>

#include "cmd/report/page.h"
#include "cmd/stats/timeline.h"

/* Over several runs; low and high are NaN when there was one. */
struct spread {
	double median, low, high;
};

/* What is not there has NaN. */
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

/* "held back by a limit", ... */
const char *report_phase_label(enum phase phase);

/* The members of an object that are called like phases; 0 where there is
 * none. */
void report_phases_read(const json_t *object, double phases[PHASE_COUNT]);

/* Without the time that requests were held back by a limit. */
void report_stacks(struct report *r, const char *caption, const char *note,
		   const struct stack *stacks, size_t len);

/* --- Curves: a figure for each value of an option ------------------------- */

struct curve {
	const char *label, *colour;
	const struct spread *values;	/* one for each of xs */
};

void report_curves(struct report *r, const char *caption, const char *note,
		   enum unit unit, const char *x_name, const double *xs,
		   size_t points, const struct curve *curves, size_t len);

/* --- Of a run: what its summary has (cmd/stats/stats.h); nothing without -------- */

/* How many requests were in flight, by phase. */
void report_in_flight(struct report *r, const char *caption,
		      const char *note, const json_t *summary);

/* How many waited without being in flight: before it, held back by a limit,
 * and after it, to be written. */
void report_waiting(struct report *r, const char *caption, const char *note,
		    const json_t *summary);

/* Records finished, over time, and those with an error. */
void report_throughput(struct report *r, const char *caption,
		       const char *note, const json_t *summary);

/* How many requests took how long. */
void report_distribution(struct report *r, const char *caption,
			 const char *note, const json_t *summary);

/* --- Parts of figures --------------------------------------------------------- */

/* A note below the caption of a figure; NULL is fine. */
void report_note(struct report *r, const char *note);

/* The room that a label needs; what is longer is cut by what comes next. */
int report_label_width(const char *label);

/* Of figures that are drawn upright: their plane, grid and words. */
enum {
	PLOT_LEFT = 46, PLOT_RIGHT = REPORT_WIDTH - 10,
	PLOT_TOP = 8, PLOT_BOTTOM = 172, PLOT_HEIGHT = 196
};

struct axis;

/* Lines and numbers of the y axis; numbers of the x axis, when it has any. */
void report_plot_y(struct report *r, const struct axis *y, enum unit unit);
void report_plot_x(struct report *r, const struct axis *x, enum unit unit);

#endif
