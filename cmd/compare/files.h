/*
 * The input and output files of the runs, in a folder that only the user can
 * read. It is removed with all its files.
 */
#ifndef CMD_COMPARE_FILES_H
#define CMD_COMPARE_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "fetch/config.h"

struct compare_files {
	char *folder;			/* in $TMPDIR, or in /tmp */
	char *options;			/* -K file with the user's options */
	char *records, *summary, *messages;	/* paths of the last run's
						 * output files */
	char **sources;			/* URLs and paths for the runs */
	size_t sources_len;
};

/* Creates the folder. Returns 0; or -1 and appends the reason to why. f must be
 * closed in either case. */
int compare_files_open(struct compare_files *f, struct buf *why);

/* Sets f->sources. Sources that can be read only once (standard input, pipes)
 * are copied into the folder; this blocks until the copy is complete or
 * compare_end_signal(). Returns 0; or -1 and appends the reason to why. */
int compare_files_copy_sources(struct compare_files *f,
			       const struct strings *sources,
			       struct buf *why);

/* Writes the -K file of the runs, whose text may hold secrets. Returns 0; or -1
 * and appends the reason to why. */
int compare_files_write_options(const struct compare_files *f,
				const struct buf *text, struct buf *why);

void compare_files_close(struct compare_files *f);

#endif
