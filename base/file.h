/* Reads and writes small files as a whole: those that are read before anything
 * is fetched (-K, -d @file, -H @file), and those written at the end
 * (--summary). */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>

#include "base/buf.h"

/* Size limit, in bytes: an endless file (/dev/zero) must not use up the
 * memory. */
enum { FILE_READ_MAX = 64 << 20 };

/* Appends the contents to `to`; path "-" is standard input. Returns 0; or -1
 * after appending the reason to why ("No such file or directory"). Blocks. */
int file_read(struct buf *to, const char *path, struct buf *why);

/*
 * Replaces the contents of the file: writes a new file in the same folder and
 * renames it, so that nobody ever reads half of the contents. A path that is
 * not a regular file (/dev/null, a FIFO) is written directly, and so are
 * /dev/stdout and /dev/stderr, whatever they refer to: the names in /dev must
 * stay. Return value as for file_read().
 */
int file_write(const char *path, const struct buf *bytes, struct buf *why);

/* Checks whether file_write() is likely to succeed later. Writes and creates
 * nothing. Return value as for file_read(). */
int file_check_writable(const char *path, struct buf *why);

/* Returns true if another program could not read the same contents again:
 * standard input ("-"), pipes, names of descriptors. */
bool file_is_read_once(const char *path);

#endif
