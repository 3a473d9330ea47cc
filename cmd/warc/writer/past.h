/* The files of an archive whose run was ended before its journal was removed,
 * as the journal has them. */
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
	uint64_t keep;		/* length that stays as it is */
	uint64_t size;		/* set by a repair: length on the disk */
};

struct warc_past {
	struct past_file *files;
	size_t len, cap;
	unsigned next;		/* above the numbers of all files */
	size_t current;		/* file of the lines after settled_at */
	uint64_t settled_at;	/* offset of the lines that are not settled */
	uint64_t move_at;	/* offset of a move that is void; UINT64_MAX:
				 * none */
	size_t move_len;	/* number of files before that move */
	uint64_t end;		/* end of the last whole line */
	bool is_journal;	/* the first line is that of a journal */
	bool is_same_run;
	bool is_committed;
};

/* Reads the journal; run is the digest of this run. Returns 0 or an errno. */
int warc_past_read(struct warc_past *past, const struct warc_journal *j,
		   const char *run);
void warc_past_release(struct warc_past *past);

/* Returns the name of a file, to be freed. */
char *past_file_path(const struct past_file *file, const char *prefix);

/* Go through exchanges: those that are not settled, or all that the files have.
 * each() gets the position of their file in files; the walk ends if it does not
 * return 0. Return that, or an errno. */
typedef int warc_past_visit(void *ctx, size_t file,
			    const struct warc_line *line);
int warc_past_each(const struct warc_past *past, const struct warc_journal *j,
		   warc_past_visit *each, void *ctx);
int warc_past_each_kept(const struct warc_past *past,
			const struct warc_journal *j, warc_past_visit *each,
			void *ctx);

#endif
