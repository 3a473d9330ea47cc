/*
 * A list that is read as in a run, but not requested: --dry-run counts its
 * requests, and --print-curl prints them as commands. The result goes to
 * standard output, whatever --output says, so that a command line can be tried
 * as it is.
 */
#ifndef CMD_SCRAPE_PREVIEW_H
#define CMD_SCRAPE_PREVIEW_H

struct options;

/* Runs the command and returns the exit code. */
int preview_command(struct options *options);

#endif
