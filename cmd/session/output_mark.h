/*
 * The end of an output file as of the last commit of a state: the length of the
 * records that the state knows, and a digest of the last bytes before this
 * length. Bytes behind it were written by a run that was killed before its next
 * commit; they are cut off when the file is continued.
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

/* Returns false for standard output (NULL, "-"), a pipe or a device, which
 * cannot be cut. */
bool output_mark_has_file(const char *path);

/* Sets the mark to the present end of a file. Returns 0, or -1 with errno. */
int output_mark_read(struct output_mark *mark, const char *path);

/* Sets *mark to the end of the records in a file. If *has_synced_name is not
 * set, makes the file's entry in its folder permanent, and sets it.
 * open_length: if the file is open, the length of its records, which must be
 * permanent; NULL: the file is closed, and the whole file is made permanent.
 * Returns 0, or -1 after logging the reason. */
int output_mark_sync(struct output_mark *mark, const char *path,
		     const uint64_t *open_length, bool *has_synced_name);

/* Truncates the file to the mark. Returns 0; or the exit code, after appending
 * the reason to why, if the bytes before the mark have changed (EXIT_USAGE) or
 * the file cannot be truncated. */
int output_mark_cut(const struct output_mark *mark, const char *path,
		    struct buf *why);

/* Makes the file's entry in its folder permanent (fsync). Ignores errors,
 * because not all file systems can do this. */
void output_mark_sync_name(const char *path);

#endif
