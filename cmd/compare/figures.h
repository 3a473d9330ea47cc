/* Figures of several runs: their median, and the least and the most. */
#ifndef CMD_COMPARE_FIGURES_H
#define CMD_COMPARE_FIGURES_H

#include <stddef.h>

struct figure {
	double median, low, high;	/* NAN: nothing was measured */
};

/* Values that are NAN do not count. */
struct figure figure_of(const double *values, size_t len);

#endif
