/*
 * XML that is not well-formed because its author wrote text as text: "A & B",
 * "x < 5", "&nbsp;". What cannot be markup is escaped, so that the parser gives
 * it back as it was written, as feed readers do. Nothing else is changed: what
 * could be a tag stays one.
 */
#ifndef PARSE_XML_MEND_H
#define PARSE_XML_MEND_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

/* Appends the text, mended; false: there was nothing to mend. */
bool xml_mend(struct buf *out, struct slice text);

#endif
