/* Converts header fields of a response to text and JSON. Header bytes are read
 * as UTF-8 or, if they are not valid UTF-8, as Latin-1. */
#ifndef PARSE_HEADERS_JSON_H
#define PARSE_HEADERS_JSON_H

#include <stdbool.h>

#include "base/buf.h"

/* Appends the values of all fields of that name (lower case), joined by ", ".
 * Returns false if there is no such field. */
bool headers_json_join(struct buf *out, const struct buf *headers,
		 const char *name);

/* Appends bytes from a header as a JSON string. */
void headers_json_add_string(struct buf *out, const char *s, size_t len);

/* Appends a JSON object: for each name, in the order of first appearance, an
 * array of the values. */
void headers_json_add_object(struct buf *out, const struct buf *headers);

#endif
