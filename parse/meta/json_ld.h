/*
 * Reads JSON-LD with the mistakes that are common in pages, as search engines
 * and other extractors do. Tolerates line ends, tabs and other control
 * characters inside strings, commas before a closing bracket, comments of
 * JavaScript and HTML, CDATA marks, a byte order mark, a ";" at the end, and
 * several values. No part of a value is ever guessed.
 */
#ifndef PARSE_META_JSON_LD_H
#define PARSE_META_JSON_LD_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

/* Returns true if a <script> with this type attribute contains JSON-LD
 * ("application/ld+json; charset=utf-8"). */
bool json_ld_is_type(const char *type);

/* Appends the values in a script as JSON without white space, joined by commas,
 * and sets *count to their number. Returns false, and leaves out unchanged, if
 * the script is not JSON. */
bool json_ld_read(struct buf *out, struct slice script, size_t *count);

#endif
