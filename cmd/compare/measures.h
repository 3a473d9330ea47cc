/* The figures of a mode, from what came of its runs. */
#ifndef CMD_COMPARE_MEASURES_H
#define CMD_COMPARE_MEASURES_H

#include "cmd/compare/figures.h"
#include "cmd/compare/run.h"
#include "cmd/options/compare.h"

struct compare_mode {
	const struct mode *mode;
	struct run_result *runs;	/* without records: compared, freed */
	size_t len;
	/* Of all its runs, against the very first run: the most indices that
	 * were not the same, and the least of them. */
	uint64_t differing, first;
	/* With each value of the sweep. */
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

struct figure measure_of(const struct compare_mode *m, enum measure which);

/* The requests of a run. */
double run_requests_made(const struct run_result *run);

/* Records with an error of all kinds, or (bad) without one, but not ok. */
double run_errors(const struct run_result *run);
double run_bad(const struct run_result *run);

#endif
