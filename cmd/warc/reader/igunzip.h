/*
 * Inflates what follows the header of a gzip member with the library ISA-L,
 * which takes less than half of zlib's time, and checks its checksum.
 */
#ifndef CMD_WARC_READER_IGUNZIP_H
#define CMD_WARC_READER_IGUNZIP_H

#include <stddef.h>

#include "base/slice.h"

struct igunzip;

/* Returns NULL if the library is not installed. */
struct igunzip *igunzip_new(void);
void igunzip_free(struct igunzip *g);	/* NULL is fine */

/* Begins after the header of a member. */
void igunzip_begin(struct igunzip *g);

enum igunzipped {
	IGUNZIP_MORE,		/* call again, with room for output or with more
				 * input */
	IGUNZIP_END,		/* the member is complete */
	IGUNZIP_BAD_DATA,
	IGUNZIP_BAD_CHECKSUM,	/* or a wrong length */
};

/* Consumes input from the front of in, not beyond the member's end, and writes
 * to out. On return, *room is the number of bytes of out that are left. */
enum igunzipped igunzip_run(struct igunzip *g, struct slice *in, char *out,
			    size_t *room);

#endif
