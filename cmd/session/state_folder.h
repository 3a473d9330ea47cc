/* The folder of --state, which one run at a time may use, and the output of
 * --status. */
#ifndef CMD_SESSION_STATE_FOLDER_H
#define CMD_SESSION_STATE_FOLDER_H

#include <stdbool.h>

#include "base/buf.h"

/* Creates the folder if it does not exist, and locks it until *lock is closed.
 * Returns 0; or an exit code after logging the reason. In either case the
 * caller closes *lock, unless it is -1. */
int state_folder_open(const char *folder, int *lock);

/* Returns true if a running program has the lock of the folder. */
bool state_folder_is_used(const char *folder);

/* Checks that the folder has the file that a run keeps its state in. run:
 * "crawl", for example. Returns 0, or the exit code after logging the
 * reason. */
int state_folder_check(const char *folder, const char *file, const char *run);

/* Prints the status of a run. Returns 0, or the exit code after logging the
 * reason. */
int state_folder_print(const struct buf *status);

#endif
