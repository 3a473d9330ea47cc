/* What a string of JSON says. */
#ifndef BASE_JSON_STRING_H
#define BASE_JSON_STRING_H

#include "base/buf.h"
#include "base/slice.h"

/* Appends the text of a valid JSON string, which comes with its quotes. Half
 * of a surrogate pair becomes U+FFFD. */
void json_string_text(struct buf *out, struct slice string);

#endif
