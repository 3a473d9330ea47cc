/* A response while a script composes it. Zero is no response. */
#ifndef TESTS_SERVER_ANSWER_H
#define TESTS_SERVER_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct answer {
	bool open;
	unsigned status;
	struct buf fields;	/* "Name: value\r\n" lines */
	struct buf encodings;	/* names of content encodings: "gzip, br" */
	struct buf body;
	bool has_length;
	uint64_t length;
	size_t chunk;		/* size of a chunk; 0: not chunked */
};

/* Appends the response as it is sent, and resets it to zero. Returns the length
 * of its header. */
size_t answer_write(struct answer *a, struct buf *out);

/* Encodes body with a content encoding (encode.c). Returns false if there is no
 * encoding of that name. */
bool encode(struct buf *body, const char *name);

#endif
