/*
 * A run: every request of the input through the stages of its mode to the
 * output. It knows jobs and stages, not what they do, and never asks which
 * mode it is.
 */
#ifndef CMD_SCRAPE_RUN_H
#define CMD_SCRAPE_RUN_H

#include "cmd/options/options.h"

/* Returns the exit code of the program. */
int run_requests(const struct options *options);

#endif
