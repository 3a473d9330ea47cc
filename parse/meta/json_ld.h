/*
 * JSON-LD as pages have it, and as search engines and other extractors read it:
 * line ends, tabs and other control characters inside strings, commas before a
 * closing bracket, comments of JavaScript and HTML, CDATA marks, a byte order
 * mark, a ";" behind it, several values. Nothing of a value is guessed.
 */
#ifndef PARSE_META_JSON_LD_H
#define PARSE_META_JSON_LD_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

/* Whether a script of this type ("application/ld+json; charset=utf-8") has
 * any. */
bool json_ld_is_type(const char *type);

/* Appends the values in a script, in JSON without white space, with a comma
 * between them; *count of them. False: it is not JSON, and out is as it was. */
bool json_ld_read(struct buf *out, struct slice script, size_t *count);

#endif
