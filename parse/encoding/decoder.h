/*
 * One content coding (RFC 9110, 8.4.1), undone piece by piece: the input as it
 * comes, the output into whatever room there is.
 *
 * What browsers put up with is put up with here: raw deflate called deflate,
 * and garbage after the end of a complete stream.
 */
#ifndef PARSE_ENCODING_DECODER_H
#define PARSE_ENCODING_DECODER_H

#include <stddef.h>

#include "base/slice.h"
#include "parse/encoding/coding.h"

struct decoder;

/* NULL when there is no memory. Not for identity. */
struct decoder *decoder_open(const struct coding *coding);
void decoder_close(struct decoder *d);	/* NULL is fine */

enum decoded {
	DECODED_MORE,	/* call again, with room and the rest of the input */
	DECODED_ALL,	/* all input is used up, and this is not its end */
	DECODED_END,	/* as above, and it may end here */
	DECODED_BROKEN,	/* decoder_why(); do not call again */
};

/* Takes from the front of in, writes to out; *room becomes what is left of it. */
enum decoded decoder_run(struct decoder *d, struct slice *in, char *out,
			 size_t *room);

/* What is wrong with it, as the end of a sentence; static. */
const char *decoder_why(const struct decoder *d);

/* The memory that it takes now. */
size_t decoder_bytes(const struct decoder *d);

#endif
