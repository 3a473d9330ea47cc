/* Simple selectors that ask nothing of other elements' names: of an element's
 * own name, attributes and content, and of its state by HTML's rules. */
#ifndef PARSE_CSS_TRAITS_H
#define PARSE_CSS_TRAITS_H

#include "parse/css/document.h"
#include "parse/css/tree.h"

bool css_has_trait(struct css_document *d, const struct css_simple *s,
		   xmlNode *n);

/* Of those, what needs a file of its own: parse/css/states.c. */
bool css_is_link(struct css_document *d, const xmlNode *n);
bool css_is_checked(struct css_document *d, xmlNode *n);
bool css_is_disabled(struct css_document *d, xmlNode *n);
bool css_is_enabled(struct css_document *d, xmlNode *n);

/* parse/css/language.c */
bool css_is_language(struct css_document *d, const struct css_simple *s,
		     const xmlNode *n);

#endif
