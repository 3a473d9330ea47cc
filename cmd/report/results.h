/* What is written about a run when it is over: --summary and --report. */
#ifndef CMD_REPORT_RESULTS_H
#define CMD_REPORT_RESULTS_H

#include <stdbool.h>

#include "base/clock.h"
#include "cmd/stats/stats.h"

struct options;

/* Stats that keep as much as the options ask for; has_hosts: they are worth
 * telling apart. The run begins now. */
struct stats *results_stats(const struct options *o, bool has_hosts);

/* Of what a run was. */
enum results_kind { RESULTS_LIST, RESULTS_FILES, RESULTS_GATHER };

/* Without a word about it, a run that got nothing would look like a good one:
 * says so if everything has failed, unless the meter's totals do. */
void results_warn_all_failed(const struct options *o, const struct stats *st,
			     enum results_kind kind);

/* The run is over: writes what the options ask for. Returns 0, or -1 and has
 * said why. */
int results_write(const struct options *o, struct stats *st, msec now,
		  bool interrupted);

#endif
