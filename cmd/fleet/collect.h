/* The action `scrape fleet collect`: moves the rows of a job from the hub to a
 * file, until the job has ended. */
#ifndef CMD_FLEET_COLLECT_H
#define CMD_FLEET_COLLECT_H

#include "cmd/fleet/run.h"

/* Returns the exit code. */
int collect_rows(struct fleet_run *run);

/* Callback on_reset() of the hub; ctx is the run. */
void collect_on_reset(void *ctx);

#endif
