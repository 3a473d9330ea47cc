/* From a known encoding to UTF-8: the second half of charset.h. */
#ifndef PARSE_ENCODING_CONVERT_H
#define PARSE_ENCODING_CONVERT_H

#include "base/buf.h"
#include "parse/encoding/charset.h"
#include "parse/encoding/labels.h"

/* Gives ICU the allocator of base/mem.h. Before any other use of ICU; more than
 * once is fine. */
void convert_global_init(void);

/* Replaces body, which has no byte order mark, by the same text in UTF-8. */
void charset_convert(struct charset *c, struct buf *body,
		     const struct encoding *e);

#endif
