/* That two programs do not write the same file. */
#ifndef BASE_FILE_LOCK_H
#define BASE_FILE_LOCK_H

#include <stdbool.h>

/* Locks the file for as long as the descriptor, or a copy of it, is open. False
 * when another program has it, or another descriptor of this one. Where the
 * file system has no locks, true: it is left to the user. */
bool file_lock(int fd);

/*
 * The same for a file that was opened by that name, which may have been given to
 * another one meanwhile: 0; EBUSY when another program has the lock; ESTALE when
 * the name stands for another file, or none: then it is to be opened again.
 */
int file_lock_by_name(int fd, const char *path);

#endif
