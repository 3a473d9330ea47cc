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
	RECORD_LINE_ENDS_MAX = 64,	/* maximum number of line ends behind a
					 * block that are counted in one call */
	/* Number of bytes that show whether a record begins: a version line and
	 * "Content-". */
	RECORD_BEGINNING = RECORD_VERSION_MAX + 8,
};

/* Returns the length of the version line ("WARC/1.1" and its line end) at the
 * start of the bytes; 0 if there is none. */
size_t record_version(struct slice bytes);

/* Returns the length of the head including its empty line; 0: the head is not
 * complete. *searched is the number of bytes that earlier calls have searched,
 * 0 at first. Works for a head of HTTP, too. */
size_t record_head_len(struct slice bytes, size_t *searched);

/* Appends the header fields of a head to a block (base/job/headers.h). */
void record_head_fields(struct buf *headers, struct slice head);

/* Returns the number of line ends, in bytes, at the start of the bytes;
 * RECORD_LINE_ENDS_MAX at most. */
size_t record_line_ends(struct slice bytes);

/* Returns true if the bytes have at least two line ends. */
bool record_has_two_lines(struct slice bytes);

/* Returns true if the bytes begin a record: a version line, and a header field
 * of WARC. Sets *is_short if more bytes are needed to decide. */
bool record_begins(struct slice bytes, bool *is_short);

/* Returns true if a field that may occur only once occurs twice: then the head
 * was cut off, and the head of another record follows. */
bool record_is_doubled(const struct buf *headers);

/* Reads the Content-Length. Returns false if it is missing or not a number. */
bool record_length(const struct buf *headers, uint64_t *length);

#endif
