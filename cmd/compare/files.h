/*
 * The files of a comparison, in a folder that only the user can look into, and
 * that is removed with all that is in it: what the runs are given, and what
 * they write.
 */
#ifndef CMD_COMPARE_FILES_H
#define CMD_COMPARE_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "fetch/config.h"

struct compare_files {
	char *folder;			/* in TMPDIR, or /tmp */
	char *options;			/* the user's, a -K file */
	char *records, *summary, *messages;	/* of the last run */
	char **sources;			/* as the runs are given them */
	size_t sources_len;
};

/* 0; or -1 and the reason was added to why, and f is to be closed all the
 * same. */
int compare_files_open(struct compare_files *f, struct buf *why);

/* Those that can be read but once (standard input, pipes) are copied. Blocks,
 * until it is done or compare_end_signal(). Returns as above. */
int compare_files_copy_sources(struct compare_files *f,
			       const struct strings *sources,
			       struct buf *why);

/* What the runs are given with -K. It may hold secrets. Returns as above. */
int compare_files_write_options(const struct compare_files *f,
				const struct buf *text, struct buf *why);

void compare_files_close(struct compare_files *f);

#endif
