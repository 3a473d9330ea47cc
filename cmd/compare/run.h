/* One run of a comparison: a new process of this program, measured from
 * outside. */
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
	/* Options of the workload, ended by NULL. NULL if there is none. */
	const char *const *options;
	const struct sweep_row *sweep;		/* NULL: the user's values */
	unsigned value;				/* value of the swept option */
	bool silent;
	/* Time after which a warm-up run is killed; only its exit code counts.
	 * 0: an ordinary run, which has no limit. */
	msec limit;
};

/* The result of a run, to be released. Zero is a valid empty result. */
struct run_result {
	double wall, user, system;	/* seconds */
	struct sample peaks;		/* highest values of all samples */
	unsigned samples;		/* number of samples taken */
	json_t *summary;		/* cmd/stats/stats.h */
	struct records *records;
};

/* Starts a run and blocks until it has ended. Returns 0; or logs the reason and
 * returns the exit code of the program. */
int compare_run(struct run_result *to, const struct run_plan *plan);

void run_result_release(struct run_result *r);

#endif
