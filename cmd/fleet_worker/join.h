/* Joins a fleet, before a run begins. */
#ifndef CMD_FLEET_WORKER_JOIN_H
#define CMD_FLEET_WORKER_JOIN_H

#include "cmd/options/command.h"
#include "cmd/options/options.h"

/*
 * With --fleet: connects to the hub, creates the job or joins it, and replaces
 * the options by those of the job, where the job has them
 * (cmd/fleet_worker/shared_options.h). Without: does nothing. Called when the
 * options are known, before anything else is done with them. Returns 0; or the
 * exit code, after logging the reason.
 */
int fleet_join(struct options *o, const struct command *commands,
	       const struct command *command);

/* Runs the command as a worker of the fleet that was joined. Returns the exit
 * code. */
int fleet_run(struct options *o, const struct command *command);

/* Leaves the fleet. */
void fleet_leave(struct options *o);

#endif
