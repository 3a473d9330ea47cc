/* Header fields of a response as text and as JSON. Their bytes are UTF-8 or,
 * where they are not, Latin-1. */
#ifndef PARSE_HEADERS_JSON_H
#define PARSE_HEADERS_JSON_H

#include <stdbool.h>

#include "base/buf.h"

/* Appends the values of all fields of that name (lower case), joined by ", ".
 * Returns whether there was one. */
bool headers_json_join(struct buf *out, const struct buf *headers,
		 const char *name);

/* Appends bytes from a header as a JSON string. */
void headers_json_add_string(struct buf *out, const char *s, size_t len);

/* Appends an object: names, in the order of their first appearance, with an
 * array of the values of each. */
void headers_json_add_object(struct buf *out, const struct buf *headers);

#endif
