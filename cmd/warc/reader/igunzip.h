/*
 * Inflates the part of a gzip member behind its header with the library ISA-L,
 * in less than half of zlib's time, and checks the checksum.
 */
#ifndef CMD_WARC_READER_IGUNZIP_H
#define CMD_WARC_READER_IGUNZIP_H

#include <stddef.h>

#include "base/slice.h"

struct igunzip;

/* Returns NULL if the library cannot be used. */
struct igunzip *igunzip_new(void);
void igunzip_free(struct igunzip *g);	/* NULL is fine */

/* Begins a member, whose header has been read. */
void igunzip_begin(struct igunzip *g);

enum igunzipped {
	IGUNZIP_MORE,		/* call again, with room for output or with more
				 * input */
	IGUNZIP_END,		/* the member is complete */
	IGUNZIP_BAD_DATA,
	IGUNZIP_BAD_CHECKSUM,	/* the checksum or the length is wrong */
};

/* Consumes input from the front of in, up to the end of the member at most, and
 * writes to out. On return, *room is the number of bytes of out that are
 * free. */
enum igunzipped igunzip_run(struct igunzip *g, struct slice *in, char *out,
			    size_t *room);

#endif
