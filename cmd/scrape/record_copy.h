/* Replaces an output file by one that has some of its records, and perhaps some
 * of another file, in a given order and with given indexes. */
#ifndef CMD_SCRAPE_RECORD_COPY_H
#define CMD_SCRAPE_RECORD_COPY_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "cmd/scrape/record_reader.h"

/* The records of a request: one, or its items. */
struct record_piece {
	uint64_t index;		/* the new one */
	off_t at;		/* of the first */
	uint32_t records;	/* that follow each other */
	uint32_t source;	/* index of its reader */
};

/*
 * Writes the pieces to a new file, FILE.scrape-resume, which then takes the
 * name, and the owner and permissions if possible. sources[0] reads the file at
 * path. It is synced before it is renamed, so that a loss of power leaves
 * either the old or the new file.
 *
 * Returns 0; or -1 with the reason appended to why, and the file is unchanged
 * (a signal, no room, a file with several names).
 */
int record_copy(const char *path, struct record_reader *sources,
		const struct record_piece *pieces, size_t len,
		struct buf *why);

/* Appends the text of the record, a whole line, with another index. */
void record_copy_add(struct buf *out, const struct record *record,
		     uint64_t index);

/* Copies owner and permissions, as far as this user may set them. */
void record_copy_owner(int from, int to);

#endif
