/*
 * Streaming decoder for one content coding (RFC 9110, 8.4.1): takes input in
 * pieces and writes into whatever room there is.
 *
 * Tolerates what browsers tolerate: raw deflate called deflate, and garbage
 * after the end of a complete stream.
 */
#ifndef PARSE_ENCODING_DECODER_H
#define PARSE_ENCODING_DECODER_H

#include <stddef.h>

#include "base/slice.h"
#include "parse/encoding/coding.h"

struct decoder;

/* Returns NULL if there is no memory. coding must not be identity. */
struct decoder *decoder_open(const struct coding *coding);
void decoder_close(struct decoder *d);	/* NULL is fine */

enum decoded {
	DECODED_MORE,	/* call again, with room and the rest of the input */
	DECODED_ALL,	/* all input is used up, but the stream is incomplete */
	DECODED_END,	/* all input is used up, and the stream may end here */
	DECODED_BROKEN,	/* decoder_why() says why; do not call again */
};

/* Consumes input from the front of in and writes to out; *room becomes the room
 * that is left. */
enum decoded decoder_run(struct decoder *d, struct slice *in, char *out,
			 size_t *room);

/* Returns why decoding failed, as the end of a sentence; static. */
const char *decoder_why(const struct decoder *d);

/* Returns the bytes of memory the decoder uses now. */
size_t decoder_bytes(const struct decoder *d);

#endif
