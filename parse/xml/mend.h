/*
 * Repairs XML that is not well-formed because its author did not escape text:
 * "A & B", "x < 5", "&nbsp;". A "&" or "<" that cannot be markup is escaped, so
 * that the parser returns the text as written, as feed readers do. Nothing else
 * is changed, in particular nothing that could be a tag.
 */
#ifndef PARSE_XML_MEND_H
#define PARSE_XML_MEND_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

/* Appends the repaired text; returns false if nothing had to be repaired. */
bool xml_mend(struct buf *out, struct slice text);

#endif
