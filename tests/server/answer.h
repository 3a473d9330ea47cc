/* An ordinary answer while a script puts it together. Zero is none. */
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
	struct buf encodings;	/* "gzip, br" */
	struct buf body;
	bool has_length;
	uint64_t length;
	size_t chunk;		/* 0: not chunked */
};

/* Appends the answer as it goes over the wire, and makes it zero again.
 * Returns the length of its head. */
size_t answer_write(struct answer *a, struct buf *out);

/* Content-Encoding (encode.c). Replaces body; false: no such name. */
bool encode(struct buf *body, const char *name);

#endif
