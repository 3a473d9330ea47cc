/* Small files in one go: read before anything is fetched (-K, -d @file, -H
 * @file), written when all is done (--summary). */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>

#include "base/buf.h"

/* An endless file (/dev/zero) is a mistake, not a reason to swap. */
enum { FILE_READ_MAX = 64 << 20 };

/* Adds the contents to to; path "-" is standard input. Returns 0; or -1, and
 * has added the reason to why ("No such file or directory"). Blocks. */
int file_read(struct buf *to, const char *path, struct buf *why);

/*
 * Puts the bytes there: into a new file beside it that then takes its name, so
 * that nobody ever reads half of one. What is no regular file (/dev/null, a
 * FIFO) is written as it is, and so are /dev/stdout and /dev/stderr, whatever
 * is behind them: their names in /dev must stay. Returns as above.
 */
int file_write(const char *path, const struct buf *bytes,
		     struct buf *why);

/* Whether that is likely to succeed later: 0; or as above. Nothing is written
 * or made. */
int file_check_writable(const char *path, struct buf *why);

/* Whether a file is gone, or is another one, when a second program reads it:
 * standard input ("-"), pipes, descriptors by their names. */
bool file_is_read_once(const char *path);

#endif
