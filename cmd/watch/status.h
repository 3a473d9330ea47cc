/* `scrape watch --status`: what is due, when, and what failed. */
#ifndef CMD_WATCH_STATUS_H
#define CMD_WATCH_STATUS_H

struct options;

/* Prints the state in the folder, as text or as JSON (--format json); also while
 * a watch is running. Returns the exit code. */
int watch_status_print(const struct options *options);

#endif
