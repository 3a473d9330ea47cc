/* The command `scrape watch`: repeats the requests of a list when they are due,
 * and writes a record only for a response that is news. */
#ifndef CMD_WATCH_WATCH_H
#define CMD_WATCH_WATCH_H

struct options;

/* Returns the exit code. */
int watch_command(struct options *options);

#endif
