/*
 * Reads JSON-LD as pages write it, as search engines and other extractors do.
 * Tolerates line ends, tabs and other control characters inside strings, commas
 * before a closing bracket, comments of JavaScript and HTML, CDATA marks, a
 * byte order mark, a ";" at the end, several values. Never guesses any part of
 * a value.
 */
#ifndef PARSE_META_JSON_LD_H
#define PARSE_META_JSON_LD_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

/* Returns true if scripts of this type contain JSON-LD ("application/ld+json;
 * charset=utf-8"). */
bool json_ld_is_type(const char *type);

/* Appends the values in a script as JSON without white space, joined by commas;
 * *count is their number. Returns false, and leaves out unchanged, if the
 * script is not JSON. */
bool json_ld_read(struct buf *out, struct slice script, size_t *count);

#endif
