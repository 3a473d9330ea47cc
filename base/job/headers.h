/*
 * HTTP header fields as one flat block of lines, "name: value\n": cheap to
 * collect, to move and to send. Names in a response are in lower case, and
 * white space around values is gone; neither part contains a line end.
 */
#ifndef BASE_JOB_HEADERS_H
#define BASE_JOB_HEADERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

/* Adds one field as it came from the wire ("Name: value\r\n" or without the
 * line end). Lines without a colon are ignored. */
void headers_add_line(struct buf *block, const char *line, size_t len);

/* The first field of that name (lower case); false when there is none.
 * Borrowed from the block. */
bool headers_get(const struct buf *block, const char *name,
		 struct slice *value);

/* Walks through the block: start with *at = 0; false at its end. */
bool headers_next(const struct buf *block, size_t *at, struct slice *name,
		  struct slice *value);

#endif
