/* Reads a file of the sources as if it were a response. */
#ifndef CMD_EXTRACT_LOCAL_FILE_H
#define CMD_EXTRACT_LOCAL_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/job/job.h"
#include "cmd/options/options.h"

/* Opens a file, or standard input ("-"). Returns -1 with errno. */
int local_file_open(const char *path);
void local_file_close(int fd);

/* Adds up to room bytes to start, as many as can be read at once. Returns false
 * at the end of the file and after an error, which the next read meets, too. */
bool local_file_peek(int fd, struct buf *start, size_t room);

/* Makes the job of a file. Of its contents, start was read already; it is taken
 * over. fd -1: the file cannot be opened, with errno err. */
struct job *local_file_job(const char *path, int fd, int err,
			   struct buf *start, const struct options *o);

#endif
