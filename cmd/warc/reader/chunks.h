/* Decodes the chunked transfer coding (RFC 9112, 7.1) of a stored body. */
#ifndef CMD_WARC_READER_CHUNKS_H
#define CMD_WARC_READER_CHUNKS_H

#include "base/buf.h"
#include "base/slice.h"

enum chunks {
	CHUNKS_NONE,		/* the body does not consist of chunks */
	CHUNKS_ALL,
	CHUNKS_CUT_OFF,		/* the last chunk is missing, or a later one
				 * than the first is damaged */
};

/* Appends the contents of the body's chunks. If there are none, appends
 * nothing. */
enum chunks chunks_decode(struct buf *to, struct slice body);

#endif
