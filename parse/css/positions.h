/*
 * Positions of elements among their siblings and in the document. They are
 * computed once for all siblings, or for the whole document, so that the cost
 * stays linear even with a million siblings.
 */
#ifndef PARSE_CSS_POSITIONS_H
#define PARSE_CSS_POSITIONS_H

#include "parse/css/document.h"

/* The following functions return the positions of the element. Each computes
 * two of the positions, unless they are computed already. */

/* Makes sure that index and from_end are computed. */
const struct css_position *css_position_index(struct css_document *d,
					      xmlNode *n);

/* Makes sure that type_index and type_from_end are computed. */
const struct css_position *css_position_type(struct css_document *d,
					     xmlNode *n);

/* Makes sure that order and end are computed; both are 0 inside a template. */
const struct css_position *css_position_order(struct css_document *d,
					      xmlNode *n);

/* Returns true if index equals a*n+b for some n >= 0. */
bool css_is_nth(long a, long b, uint32_t index);

#endif
