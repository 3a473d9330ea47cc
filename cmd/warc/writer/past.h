/* The files of an archive whose run has ended without removing its journal, as
 * the journal describes them. */
#ifndef CMD_WARC_WRITER_PAST_H
#define CMD_WARC_WRITER_PAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cmd/warc/writer/journal.h"

enum { WARC_ENDING_SIZE = 16 };

struct past_file {
	unsigned number;
	char ending[WARC_ENDING_SIZE];
	uint64_t end;		/* end of its last whole exchange */
	uint64_t keep;		/* length up to which the file stays as it is */
	uint64_t size;		/* set by a repair: length on the disk */
};

struct warc_past {
	struct past_file *files;
	size_t len, cap;
	unsigned next;		/* next free number of a file */
	size_t current;		/* position of the file that the lines after
				 * settled_at begin with */
	uint64_t settled_at;	/* offset behind the last line "settled" */
	uint64_t move_at;	/* offset of a move that was not settled, and is
				 * void; UINT64_MAX: none */
	size_t move_len;	/* number of files before that move */
	uint64_t end;		/* end of the last whole line */
	bool is_journal;	/* the first line is a line "run" */
	bool is_same_run;
	bool is_committed;
};

/* Reads the journal; run is the digest of this run. Returns 0 or an errno. */
int warc_past_read(struct warc_past *past, const struct warc_journal *j,
		   const char *run);
void warc_past_release(struct warc_past *past);

/* Returns the path of a file, which the caller frees. */
char *past_file_path(const struct past_file *file, const char *prefix);

/* Go through exchanges: those behind the last "settled", or all that are in the
 * files. each() gets the position of the exchange's file in `files`; if it does
 * not return 0, the walk ends. Return its last result, or an errno. */
typedef int warc_past_visit(void *ctx, size_t file,
			    const struct warc_line *line);
int warc_past_each(const struct warc_past *past, const struct warc_journal *j,
		   warc_past_visit *each, void *ctx);
int warc_past_each_kept(const struct warc_past *past,
			const struct warc_journal *j, warc_past_visit *each,
			void *ctx);

#endif
