/* Finds the encoding that a document declares in its own text, before the text
 * can be decoded. */
#ifndef PARSE_ENCODING_PRESCAN_H
#define PARSE_ENCODING_PRESCAN_H

#include "base/slice.h"
#include "parse/encoding/labels.h"

/* Returns the encoding that an HTML document declares, or NULL. First follows
 * "prescan a byte stream to determine its encoding" of the HTML Standard,
 * 13.2.3.2, over the first 1,024 bytes. If that finds nothing, searches as
 * Chromium does, up to the first element that does not belong in a head. */
const struct encoding *prescan_html(struct slice body);

/* Returns the encoding in a document's XML declaration, or NULL: "get an XML
 * encoding" of the HTML Standard, 13.2.3.2. */
const struct encoding *prescan_xml(struct slice body);

#endif
