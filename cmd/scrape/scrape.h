/*
 * The main job: every request of the input through the stages of its mode to
 * the output. It knows jobs and stages, not what they do, and never asks which
 * mode it is.
 */
#ifndef CMD_SCRAPE_SCRAPE_H
#define CMD_SCRAPE_SCRAPE_H

struct options;

/* Returns the exit code of the program. */
int scrape_command(struct options *options);

#endif
