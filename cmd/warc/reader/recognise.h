/* Recognises archives by the first bytes of a file and by its name. */
#ifndef CMD_WARC_READER_RECOGNISE_H
#define CMD_WARC_READER_RECOGNISE_H

#include <stdbool.h>

#include "base/slice.h"
#include "cmd/warc/reader/unpack.h"

enum { RECOGNISE_BYTES = 64 << 10 };	/* number of bytes at the start of a
					 * file that is always enough */

enum archive_kind {
	ARCHIVE_NONE,
	ARCHIVE_WARC,
	ARCHIVE_ARC,	/* ARC, the older format, which cannot be read */
};

/* start: the first bytes of the file, compressed or not. A file that is named
 * like a WARC file counts as one even if its beginning is damaged. */
enum archive_kind archive_recognise(const char *name, struct slice start);

/* Returns true if a few hundred bytes are not enough: the first block of a zstd
 * frame can only be decompressed as a whole. */
bool archive_needs_more(struct slice start);

/* Returns the packing that the extension of an archive's name stands for. */
enum packing archive_usual_packing(const char *name);

/* Returns true if the name ends with .warc, .warc.gz or .warc.zst. */
bool archive_has_name(const char *name);

#endif
