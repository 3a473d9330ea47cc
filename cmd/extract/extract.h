/* scrape extract: the files of the sources, one record each. */
#ifndef CMD_EXTRACT_EXTRACT_H
#define CMD_EXTRACT_EXTRACT_H

struct options;

/* Returns the exit code. */
int extract_command(struct options *options);

#endif
