/* That two programs do not write the same file. */
#ifndef CMD_FILE_LOCK_H
#define CMD_FILE_LOCK_H

#include <stdbool.h>

/* Locks the file for as long as the descriptor, or a copy of it, is open. False
 * when another program has it, or another descriptor of this one. Where the
 * file system has no locks, true: it is left to the user. */
bool file_lock(int fd);

#endif
