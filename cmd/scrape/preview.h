/*
 * Reads a list as in a run, but sends no requests: --dry-run counts them, and
 * --print-curl prints them as commands. The result goes to standard output even
 * if --output is given, so that these options can be added to any command line.
 */
#ifndef CMD_SCRAPE_PREVIEW_H
#define CMD_SCRAPE_PREVIEW_H

struct options;

/* Runs the command and returns the exit code. */
int preview_command(struct options *options);

#endif
