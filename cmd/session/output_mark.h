/*
 * The end of an output file, as a state knows it: the length of the records that
 * the state has, and a digest of the last bytes before it. What lies beyond was
 * written by a run that was killed before its next commit, and is cut off when
 * the file is continued.
 */
#ifndef CMD_SESSION_OUTPUT_MARK_H
#define CMD_SESSION_OUTPUT_MARK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct output_mark {
	uint64_t length;
	uint64_t tail;
};

/* Stored in place of the length if the output is not a file. */
#define OUTPUT_MARK_NO_FILE UINT64_MAX

/* Returns false for standard output (NULL, "-"), a pipe or a device. */
bool output_mark_has_file(const char *path);

/* Sets mark->tail to the digest of the bytes before mark->length; 0 if they
 * cannot be read. */
void output_mark_digest(struct output_mark *mark, int fd);

/* Reads the end of a file. Returns 0, or -1 with errno. */
int output_mark_read(struct output_mark *mark, const char *path);

/* Truncates the file to the mark. Returns 0; or the exit code, after appending
 * the reason to why, if the file does not have the mark (EXIT_USAGE) or cannot
 * be cut. */
int output_mark_cut(const struct output_mark *mark, const char *path,
		    struct buf *why);

/* Makes a new name in the folder of the file permanent (fsync). An error is
 * ignored: not all file systems can do that. */
void output_mark_sync_name(const char *path);

#endif
