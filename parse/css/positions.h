/*
 * Where elements stand: among their siblings, and in the document. Found for
 * all siblings, or all the document, at once and only once, so that a million
 * siblings are no matter.
 */
#ifndef PARSE_CSS_POSITIONS_H
#define PARSE_CSS_POSITIONS_H

#include "parse/css/document.h"

/* These have numbers then: index and from_end; type_index and type_from_end;
 * order and end, both 0 inside of a template. */
const struct css_place *css_place_index(struct css_document *d, xmlNode *n);
const struct css_place *css_place_type(struct css_document *d, xmlNode *n);
const struct css_place *css_place_order(struct css_document *d, xmlNode *n);

/* Whether index is an+b for some n from 0 on. */
bool css_is_nth(long a, long b, uint32_t index);

#endif
