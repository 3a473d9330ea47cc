/*
 * What a document says of its own encoding, found before it can be read.
 */
#ifndef PARSE_ENCODING_PRESCAN_H
#define PARSE_ENCODING_PRESCAN_H

#include "base/slice.h"
#include "parse/encoding/labels.h"

/* "Prescan a byte stream to determine its encoding" of the HTML Standard,
 * 13.2.3.2, over the first 1,024 bytes; what it does not find there is looked
 * for as Chromium does, up to the first element that does not belong into a
 * head. NULL: nothing is declared. */
const struct encoding *prescan_html(struct slice body);

/* "Get an XML encoding" of the same section. */
const struct encoding *prescan_xml(struct slice body);

#endif
