/* Decodes character references in texts that are no markup, such as JSON-LD,
 * where many sites write "&amp;" and "&#8217;". */
#ifndef PARSE_ARTICLE_METADATA_ENTITIES_H
#define PARSE_ARTICLE_METADATA_ENTITIES_H

#include "base/buf.h"
#include "base/slice.h"

/* Appends text with its numeric references and the commonest named ones
 * decoded, and other text unchanged. */
void entities_decode(struct buf *out, struct slice text);

#endif
