/*
 * The journal of an archive, PREFIX.warc-journal: while the run lasts, it has a
 * line for each exchange that a file contains completely. After a kill (-9, or
 * a loss of power) it tells where the whole exchanges end and which requests
 * they belong to, so that --resume can remove the other exchanges
 * (cmd/warc/writer/recovery.h).
 *
 *	run DIGEST		the run, by its output or state
 *	file NUMBER ENDING	the lines that follow are about this file
 *	add INDEX AT LENGTH LAST DATE ID NOTE
 *				an exchange of the request with that index; "-"
 *				if no record depends on it. LAST: length of its
 *				last record, which has this date and id. NOTE:
 *				the line of the exchange in a CDXJ file, without
 *				the place (cmd/warc/writer/cdxj.h); empty for
 *				a warcinfo record, and if neither an index nor
 *				deduplication is wanted
 *	committed		some records are permanent (crawls)
 *	move			a repair begins: the exchanges that follow are
 *				copies, because their files are to be cut
 *	cut NUMBER LENGTH	a file is cut to this length
 *	settled			ends the repair; if this line is missing, all
 *				lines from "move" on are void. Exchanges before
 *				the line are never removed later
 *
 * A line without its line end does not count.
 */
#ifndef CMD_WARC_WRITER_JOURNAL_H
#define CMD_WARC_WRITER_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/warc/writer/record.h"

struct warc_journal {
	int fd;			/* -1: not open; otherwise it has the lock */
	char *path;
	uint64_t end;		/* length of the whole lines */
	bool is_committed;	/* the journal has a line "committed" */
};

/* Index of an exchange that no record depends on. */
#define WARC_NO_INDEX UINT64_MAX

/* The place of an exchange in a file of the archive. */
struct warc_place {
	uint64_t index;		/* index of its request, or WARC_NO_INDEX */
	uint64_t at, len;	/* offset and length in bytes */
	uint64_t last;		/* length of its last record */
	uint64_t date;		/* date of the last record, in msec since
				 * 1970 */
	char id[WARC_ID_SIZE];	/* id of the last record */
};

/* Opens the journal of the archive, or creates an empty one, and locks it.
 * Returns 0, or an errno: EBUSY if another process is writing the archive. */
int warc_journal_open(struct warc_journal *j, const char *prefix);
void warc_journal_close(struct warc_journal *j);

/* Removes the journal, and closes it. */
void warc_journal_remove(struct warc_journal *j);

/* Removes all lines, and writes the line "run". This function and the next ones
 * return 0; or an errno, and then the journal is as before. */
int warc_journal_begin(struct warc_journal *j, const char *run);
int warc_journal_file(struct warc_journal *j, unsigned number,
		      const char *ending);
int warc_journal_add(struct warc_journal *j, const struct warc_place *place,
		     struct slice note);
int warc_journal_cut(struct warc_journal *j, unsigned number, uint64_t length);
int warc_journal_word(struct warc_journal *j, const char *word);

/* Removes the lines from an offset on. */
int warc_journal_truncate(struct warc_journal *j, uint64_t length);

/* Makes all lines so far permanent. */
int warc_journal_sync(const struct warc_journal *j);

/* --- Reading -------------------------------------------------------------- */

enum warc_line_kind {
	WARC_LINE_RUN,
	WARC_LINE_FILE,
	WARC_LINE_ADD,
	WARC_LINE_COMMITTED,
	WARC_LINE_MOVE,
	WARC_LINE_CUT,
	WARC_LINE_SETTLED,
	WARC_LINE_OTHER,	/* not a line of any kind */
};

struct warc_line {
	enum warc_line_kind kind;
	uint64_t begin, end;		/* offsets in the journal */
	unsigned file;			/* for FILE and CUT: number of the
					 * file */
	struct warc_place place;	/* for ADD: place of the exchange */
	uint64_t length;		/* for CUT: new length of the file */
	struct slice text;		/* for RUN: the digest; for FILE: the
					 * ending; for ADD: the note. Borrowed
					 * until the next line */
};

struct warc_journal_reader {
	FILE *file;
	char *text;
	size_t cap;
	uint64_t at, end;
	int error;		/* errno of a read that has failed */
};

/* Begins to read the lines between two offsets. Returns 0 or an errno. */
int warc_journal_read(struct warc_journal_reader *r,
		      const struct warc_journal *j, uint64_t from, uint64_t to);

/* Reads the next line. Returns false at the end, and after a read that has
 * failed, which sets error; a last line without a line end does not count. */
bool warc_journal_next(struct warc_journal_reader *r, struct warc_line *line);
void warc_journal_read_end(struct warc_journal_reader *r);

/* Reads the line "add" that begins at an offset; its text is stored in `text`.
 * Returns false if the line cannot be read, or is another one. */
bool warc_journal_line_at(const struct warc_journal *j, uint64_t at,
			  struct buf *text, struct warc_line *line);

#endif
