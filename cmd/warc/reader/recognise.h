/* Recognises archives by the first bytes of a file and by its name. */
#ifndef CMD_WARC_READER_RECOGNISE_H
#define CMD_WARC_READER_RECOGNISE_H

#include <stdbool.h>

#include "base/slice.h"
#include "cmd/warc/reader/unpack.h"

enum { RECOGNISE_BYTES = 64 << 10 };	/* bytes that are enough for it */

enum archive_kind {
	ARCHIVE_NONE,
	ARCHIVE_WARC,
	ARCHIVE_ARC,	/* the format before WARC, which is not read */
};

/* start: the first bytes of the file, compressed or not. A file whose name is
 * that of a WARC file is one even if its beginning is damaged. */
enum archive_kind archive_recognise(const char *name, struct slice start);

/* Returns true if more bytes than some hundred are needed: the first block of a
 * zstd frame is decompressed as a whole. */
bool archive_needs_more(struct slice start);

/* Returns the packing that the name of an archive declares. */
enum packing archive_usual_packing(const char *name);

/* Returns true if the name ends with .warc, .warc.gz or .warc.zst. */
bool archive_has_name(const char *name);

#endif
