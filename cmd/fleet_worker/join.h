/* Joins a fleet, before a run begins. */
#ifndef CMD_FLEET_WORKER_JOIN_H
#define CMD_FLEET_WORKER_JOIN_H

#include "cmd/options/command.h"
#include "cmd/options/options.h"

/*
 * With --fleet: connects to the hub, creates the job or joins it, and replaces
 * the options that belong to the job by the job's own
 * (cmd/fleet_worker/shared_options.h). Without --fleet: does nothing. Call it
 * as soon as the options are known, before anything uses them. Returns 0; or
 * the exit code, after logging the reason.
 */
int fleet_join(struct options *o, const struct command *commands,
	       const struct command *command);

/* Runs the command as a worker of the fleet that fleet_join() has joined.
 * Returns the exit code. */
int fleet_run(struct options *o, const struct command *command);

/* Leaves the fleet: closes the connection to the hub. */
void fleet_leave(struct options *o);

#endif
