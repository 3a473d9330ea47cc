/* The command `scrape fleet`: collects the rows of a job that several machines
 * work on, shows its status, and controls it. */
#ifndef CMD_FLEET_FLEET_H
#define CMD_FLEET_FLEET_H

struct options;

/* Runs the command. Returns the exit code. */
int fleet_command(struct options *options);

#endif
