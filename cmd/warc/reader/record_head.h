/* The head of a WARC record: its version line and its header fields. */
#ifndef CMD_WARC_READER_RECORD_HEAD_H
#define CMD_WARC_READER_RECORD_HEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

enum {
	RECORD_HEAD_MAX = 256 << 10,
	RECORD_VERSION_MAX = 16,	/* bytes of a version line */
	RECORD_LINE_ENDS_MAX = 64,	/* line ends after a block that are
					 * looked at at once */
};

/* Returns the length of the version line ("WARC/1.1", with its line end) with
 * which the bytes begin; 0 if they do not begin with one. */
size_t record_version(struct slice bytes);

/* Returns the length of the head up to and with its empty line; 0: the bytes do
 * not have all of it. *searched is the number of bytes that earlier calls have
 * searched, 0 at first. Works for a head of HTTP, too. */
size_t record_head_len(struct slice bytes, size_t *searched);

/* Appends the header fields of a head to a block (base/job/headers.h). */
void record_head_fields(struct buf *headers, struct slice head);

/* Returns the number of line end bytes at the start of the bytes, up to
 * RECORD_LINE_ENDS_MAX. */
size_t record_line_ends(struct slice bytes);

/* Returns true if the head has a field twice that a record has once: it was cut
 * off, and the head of another record follows. */
bool record_is_doubled(const struct buf *headers);

/* Reads a Content-Length. Returns false if it is not a number of bytes. */
bool record_length(const struct buf *headers, uint64_t *length);

#endif
