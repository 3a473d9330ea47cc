/* `scrape watch --status`: shows which requests are due, when, and which have
 * failed. */
#ifndef CMD_WATCH_STATUS_H
#define CMD_WATCH_STATUS_H

struct options;

/* Prints the state in the folder, as text or as JSON (--format json). Works
 * while a watch is running, too. Returns the exit code. */
int watch_status_print(const struct options *options);

#endif
