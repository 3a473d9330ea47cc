/* The action `scrape fleet status`. */
#ifndef CMD_FLEET_STATUS_H
#define CMD_FLEET_STATUS_H

#include "cmd/fleet/run.h"

/* Prints the status of the job to standard output. Returns the exit code. */
int show_status(struct fleet_run *run);

#endif
