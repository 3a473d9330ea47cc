/* Converts text from a known encoding to UTF-8; charset.h finds out the
 * encoding. */
#ifndef PARSE_ENCODING_CONVERT_H
#define PARSE_ENCODING_CONVERT_H

#include "base/buf.h"
#include "parse/encoding/charset.h"
#include "parse/encoding/labels.h"

/* Replaces body, which has no byte order mark, by its text in UTF-8. */
void charset_convert(struct charset *c, struct buf *body,
		     const struct encoding *e);

#endif
