/* Writes --summary and --report at the end of a run. */
#ifndef CMD_REPORT_RESULTS_H
#define CMD_REPORT_RESULTS_H

#include <stdbool.h>

#include "base/clock.h"
#include "cmd/stats/stats.h"

struct options;

/* Kind of a run: requests of a list, local files, or requests of gather. */
enum results_kind { RESULTS_LIST, RESULTS_FILES, RESULTS_GATHER };

/* Returns new statistics, which keep those details that the options need (for
 * files, no figures per host). The run's time begins now. */
struct stats *results_stats(const struct options *o, enum results_kind kind);

/* Warns if everything has failed, because such a run would otherwise look like
 * a good one. */
void results_warn_all_failed(const struct stats *st, enum results_kind kind);

/* Returns true if more of a run has failed than --fail-over allows, after a
 * message with the numbers. The option must have been given. */
bool results_fail_over(const struct options *o, uint64_t failed, uint64_t total,
		       enum results_kind kind);

/* Ends the statistics, and writes the files that the options ask for. Returns
 * 0; or logs the reason and returns -1. */
int results_write(const struct options *o, struct stats *st, msec now,
		  bool interrupted);

#endif
