/* Matching of simple selectors for which the element alone decides: its name,
 * attributes and content, and its state by the rules of HTML. */
#ifndef PARSE_CSS_TRAITS_H
#define PARSE_CSS_TRAITS_H

#include "parse/css/document.h"
#include "parse/css/tree.h"

bool css_matches_element(struct css_document *d, const struct css_simple *s,
			 xmlNode *n);

/* Used by css_matches_element(), implemented in parse/css/states.c. */
bool css_is_link(struct css_document *d, const xmlNode *n);
bool css_is_checked(struct css_document *d, xmlNode *n);
bool css_is_disabled(struct css_document *d, xmlNode *n);
bool css_is_enabled(struct css_document *d, xmlNode *n);

/* Used by css_matches_element(), implemented in parse/css/language.c. */
bool css_is_language(struct css_document *d, const struct css_simple *s,
		     const xmlNode *n);

#endif
