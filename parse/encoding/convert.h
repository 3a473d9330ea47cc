/* Converts text from a known encoding to UTF-8; charset.h finds out the
 * encoding. */
#ifndef PARSE_ENCODING_CONVERT_H
#define PARSE_ENCODING_CONVERT_H

#include "base/buf.h"
#include "parse/encoding/charset.h"
#include "parse/encoding/labels.h"

/* Makes ICU use the allocator of base/mem.h. Must be called before any other
 * use of ICU; may be called more than once. */
void convert_global_init(void);

/* Replaces body, which has no byte order mark, by its text in UTF-8. */
void charset_convert(struct charset *c, struct buf *body,
		     const struct encoding *e);

#endif
