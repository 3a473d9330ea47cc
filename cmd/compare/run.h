/* One run of a comparison: this program once more, looked at from outside. */
#ifndef CMD_COMPARE_RUN_H
#define CMD_COMPARE_RUN_H

#include <jansson.h>
#include <stdbool.h>

#include "base/clock.h"
#include "cmd/compare/files.h"
#include "cmd/compare/records.h"
#include "cmd/compare/sample.h"
#include "cmd/options/compare.h"

struct run_plan {
	const char *mode;
	const struct compare_files *files;	/* borrowed */
	/* Of the workload; ended by NULL. NULL: none. */
	const char *const *options;
	const struct sweep_row *sweep;		/* NULL: as the user says */
	unsigned value;				/* of it */
	bool silent;
	/* Warming up: ended after that time, and only the exit code counts.
	 * 0: to its end. */
	msec limit;
};

/* Zero, or what came of a run; to be released. */
struct run_result {
	double wall, user, system;	/* seconds */
	struct sample peaks;		/* of what was seen */
	unsigned samples;		/* how often that was */
	json_t *summary;		/* cmd/stats/stats.h */
	struct records *records;
};

/* Blocks until it has ended. 0; or what the program is to exit with, and why
 * has been said. */
int compare_run(struct run_result *to, const struct run_plan *plan);

void run_result_release(struct run_result *r);

#endif
