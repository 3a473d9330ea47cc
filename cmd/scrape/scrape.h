/*
 * `scrape` itself: runs every request of the input through the engine and
 * writes a record for each. The stages are those of the mode, which this code
 * never asks for.
 */
#ifndef CMD_SCRAPE_SCRAPE_H
#define CMD_SCRAPE_SCRAPE_H

struct options;

/* Runs the command and returns the exit code of the program. */
int scrape_command(struct options *options);

#endif
