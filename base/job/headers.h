/*
 * HTTP header fields as one flat block of lines, "name: value\n": cheap to
 * collect, to move and to send. Names in a response are in lower case, and
 * white space around values is removed; neither names nor values contain a line
 * end.
 */
#ifndef BASE_JOB_HEADERS_H
#define BASE_JOB_HEADERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

/* Appends one field as received ("Name: value", with or without "\r\n"). Lines
 * without a colon are ignored. */
void headers_add_line(struct buf *block, const char *line, size_t len);

/* Finds the first field with this name (lower case); returns false if there is
 * none. The value is borrowed from the block. */
bool headers_get(const struct buf *block, const char *name,
		 struct slice *value);

/* Finds the next field with this name (lower case) at or after *at (0: the
 * beginning), and moves *at past it; returns false if there is none. */
bool headers_find(const struct buf *block, size_t *at, const char *name,
		  struct slice *value);

/* Iterates over the fields: start with *at = 0; returns false at the end. */
bool headers_next(const struct buf *block, size_t *at, struct slice *name,
		  struct slice *value);

#endif
