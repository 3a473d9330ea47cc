/*
 * Finds the encoding that a document declares inside itself, before it can be
 * decoded.
 */
#ifndef PARSE_ENCODING_PRESCAN_H
#define PARSE_ENCODING_PRESCAN_H

#include "base/slice.h"
#include "parse/encoding/labels.h"

/* Returns the encoding that an HTML document declares, or NULL: "Prescan a byte
 * stream to determine its encoding" of the HTML Standard, 13.2.3.2, over the
 * first 1,024 bytes; failing that, a search as in Chromium, up to the first
 * element that does not belong in a head. */
const struct encoding *prescan_html(struct slice body);

/* Returns the encoding of the XML declaration, or NULL: "Get an XML encoding"
 * of the same section. */
const struct encoding *prescan_xml(struct slice body);

#endif
