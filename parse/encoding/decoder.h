/*
 * Streaming decoder for one content coding (RFC 9110, 8.4.1): takes input in
 * pieces and writes into a buffer of any size.
 *
 * Tolerates two faults that browsers tolerate: raw deflate where the header
 * says deflate (which means zlib format), and garbage after the end of a
 * complete stream.
 */
#ifndef PARSE_ENCODING_DECODER_H
#define PARSE_ENCODING_DECODER_H

#include <stddef.h>

#include "base/slice.h"
#include "parse/encoding/coding.h"

struct decoder;

/* Creates a decoder for a coding other than identity. Returns NULL if there is
 * no memory. */
struct decoder *decoder_open(const struct coding *coding);
void decoder_close(struct decoder *d);	/* NULL is fine */

enum decoded {
	DECODED_MORE,	/* call again, with room for output and the rest of the
			 * input */
	DECODED_ALL,	/* all input is used up, but the stream is incomplete */
	DECODED_END,	/* all input is used up, and the stream may end here */
	DECODED_BROKEN,	/* decoder_why() says why; do not call again */
};

/* Consumes input from the front of in and writes to out. On return, *room is
 * the number of bytes of out that are left. */
enum decoded decoder_run(struct decoder *d, struct slice *in, char *out,
			 size_t *room);

/* Returns why decoding failed, as the end of a sentence; static. */
const char *decoder_why(const struct decoder *d);

/* Returns the number of bytes of memory that the decoder uses now. */
size_t decoder_bytes(const struct decoder *d);

#endif
