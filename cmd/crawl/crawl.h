/* `scrape crawl`: requests the pages of a site, each once, by following links,
 * and writes their records. */
#ifndef CMD_CRAWL_CRAWL_H
#define CMD_CRAWL_CRAWL_H

#include "cmd/options/options.h"

/* Runs the command and returns the exit code of the program. */
int crawl_command(struct options *options);

#endif
