/* A gzip compressor that takes a quarter of the time of zlib's level 1 (0.37 ms
 * instead of 1.6 ms for 193 KB of HTML), and whose output is 2 % smaller. It
 * needs the library ISA-L, and has no level that stores without compression. */
#ifndef CMD_WARC_WRITER_IGZIP_H
#define CMD_WARC_WRITER_IGZIP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

struct igzip;

/* Returns NULL if the library cannot be used. */
struct igzip *igzip_new(void);
void igzip_free(struct igzip *z);	/* NULL is fine */

/* Begins a gzip member for len bytes. */
void igzip_begin(struct igzip *z, uint64_t len);

/* Gives the compressor bytes to compress; is_last: the member ends with
 * them. */
void igzip_give(struct igzip *z, struct slice bytes, bool is_last);

/* Appends some compressed bytes to out. Returns true while there may be more of
 * them. */
bool igzip_step(struct igzip *z, struct buf *out);

#endif
