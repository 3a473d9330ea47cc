/* The main job: every URL of the sources, one record each. */
#ifndef CMD_SCRAPE_H
#define CMD_SCRAPE_H

struct options;

/* Returns the exit code. */
int scrape_command(struct options *options);

#endif
