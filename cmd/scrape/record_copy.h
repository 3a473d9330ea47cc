/* Replaces an output file by a new one with some of its records, and perhaps
 * some records of another file, in a given order and with given indexes. */
#ifndef CMD_SCRAPE_RECORD_COPY_H
#define CMD_SCRAPE_RECORD_COPY_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "cmd/scrape/record_reader.h"

/* The records of one request: a single record, or the records of its items. */
struct record_piece {
	uint64_t index;		/* index in the new file */
	off_t at;		/* offset of the first record */
	uint32_t records;	/* number of records, which follow each other */
	uint32_t source;	/* index of the reader in sources */
};

/*
 * Writes the pieces to a new file, FILE.scrape-resume, which then replaces
 * FILE, with its owner and permissions if possible. sources[0] reads the file
 * at path. The new file is synced before it is renamed, so that a loss of power
 * leaves either the old or the new file.
 *
 * Returns 0; or -1, with the reason appended to why and the file unchanged (a
 * signal, a full disk, a file with several names).
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
