/* A lock that keeps two processes from writing the same file. */
#ifndef BASE_FILE_LOCK_H
#define BASE_FILE_LOCK_H

#include <stdbool.h>

/* Locks the file for as long as the descriptor, or a duplicate of it, is open.
 * Returns false if another process, or another descriptor of this process, has
 * the lock. Returns true where the file system has no locks: there the user has
 * to take care. */
bool file_lock(int fd);

/* Returns true if another open file has the lock. Does not take the lock. */
bool file_lock_is_taken(int fd);

/*
 * Locks a file that was opened by this name, which may have been given to
 * another file meanwhile. Returns 0; EBUSY if another process has the lock;
 * ESTALE if the name now refers to another file or none, and should be opened
 * again; or another errno.
 */
int file_lock_by_name(int fd, const char *path);

#endif
