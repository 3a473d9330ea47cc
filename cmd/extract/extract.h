/* scrape extract: writes a record for each file of the sources. */
#ifndef CMD_EXTRACT_EXTRACT_H
#define CMD_EXTRACT_EXTRACT_H

struct options;

/* Runs the command and returns the exit code. */
int extract_command(struct options *options);

#endif
