/*
 * The files of an archive: PREFIX-00000.warc.gz, PREFIX-00001.warc.gz ...
 * Groups of records are added as a whole and noted in the journal. If a group
 * cannot be written, the file is cut back to the end of the group before it. A
 * run begins with the first free number, and adds nothing to existing files.
 */
#ifndef CMD_WARC_WRITER_FILE_H
#define CMD_WARC_WRITER_FILE_H

#include <stdint.h>

#include "base/buf.h"
#include "cmd/warc/writer/journal.h"

struct warc_file {
	const char *prefix;	/* borrowed */
	const char *ending;	/* ".warc.gz"; borrowed */
	uint64_t max_size;
	int fd;			/* -1: not open */
	char *path;
	unsigned number;	/* number of the open file, or of the first one
				 * to try */
	uint64_t at;		/* end of what was written */
	uint64_t group;		/* beginning of the group being written */
	struct warc_journal journal;
};

/* Returns true if the next group belongs into another file. */
static inline int warc_file_is_full(const struct warc_file *f)
{
	return f->fd < 0 || f->at >= f->max_size;
}

/* Returns the name of the file without its folder. */
const char *warc_file_name(const struct warc_file *f);

/* Closes the file, if one is open, and creates the next one. These four return
 * 0 or an errno. warc_file_sync() makes the file permanent. */
int warc_file_next(struct warc_file *f);
int warc_file_add(struct warc_file *f, const struct buf *bytes);
int warc_file_sync(struct warc_file *f);
int warc_file_close(struct warc_file *f);

/* Makes a file permanent through a duplicate of its descriptor, and closes the
 * duplicate; -1 is fine. Returns 0 or an errno. */
int warc_file_sync_copy(int fd);

/* warc_file_begin() begins a group of records. warc_file_note() ends it with a
 * line of the journal, sets `at` and `len` of the place, and returns 0 or an
 * errno. warc_file_undo() removes the bytes that were written since the group
 * began. */
void warc_file_begin(struct warc_file *f);
int warc_file_note(struct warc_file *f, const struct warc_place *place,
		   struct slice note);
void warc_file_undo(struct warc_file *f);

void warc_file_release(struct warc_file *f);

#endif
