/* Reads a file of the sources in place of a response. */
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

/* Reads once, and appends up to room bytes to start. Returns false at the end
 * of the file, and after an error, which the next read reports again. */
bool local_file_peek(int fd, struct buf *start, size_t room);

/* Makes the job of a file. start: the bytes that were read already; moved to
 * the job. fd -1: the file cannot be opened, for the reason err (an errno). */
struct job *local_file_job(const char *path, int fd, int err,
			   struct buf *start, const struct options *o);

#endif
