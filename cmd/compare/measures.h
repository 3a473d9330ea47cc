/*
 * The measures of a mode: each is one figure of its runs, that is the median,
 * the lowest and the highest value.
 */
#ifndef CMD_COMPARE_MEASURES_H
#define CMD_COMPARE_MEASURES_H

#include <stddef.h>

#include "cmd/compare/run.h"
#include "cmd/options/compare.h"

struct figure {
	double median, low, high;	/* NAN: nothing was measured */
};

/* Returns the median, lowest and highest of len values. Values that are NAN do
 * not count. */
struct figure figure_of(const double *values, size_t len);

struct compare_mode {
	const struct mode *mode;
	struct run_result *runs;	/* the records of each run are freed
					 * once they are compared */
	size_t len;
	/* Comparison of this mode's runs with the very first run: the largest
	 * number of indices that differ in one run, and the lowest index that
	 * differs in any run. */
	uint64_t differing, first;
	/* One figure per value of the sweep. */
	struct figure sweep_wall[SWEEP_VALUES], sweep_rate[SWEEP_VALUES];
};

/* Times in seconds, sizes in bytes. */
enum measure {
	MEASURE_WALL,
	MEASURE_RATE,
	MEASURE_USER,
	MEASURE_SYSTEM,
	MEASURE_CPU,
	MEASURE_CPU_PER_REQUEST,
	MEASURE_PEAK_MEMORY,
	MEASURE_THREADS,
	MEASURE_PROCESSES,
	MEASURE_P50,
	MEASURE_P90,
	MEASURE_P99,
	MEASURE_ERRORS,
	MEASURE_BAD,
};

/* Returns one measure over all runs of the mode. */
struct figure measure_of(const struct compare_mode *m, enum measure which);

/* Returns the number of requests in the run's summary. */
double run_requests_made(const struct run_result *run);

/* run_errors() returns the number of records with an error of any kind;
 * run_bad() the number of records without an error whose member `ok` is false
 * (those with status 404, for example). */
double run_errors(const struct run_result *run);
double run_bad(const struct run_result *run);

#endif
