/* The command `scrape fleet`: for a job that several machines work on, collects
 * the rows, shows the status, and pauses, resumes, stops or deletes the job. */
#ifndef CMD_FLEET_FLEET_H
#define CMD_FLEET_FLEET_H

struct options;

/* Runs the command. Returns the exit code. */
int fleet_command(struct options *options);

#endif
