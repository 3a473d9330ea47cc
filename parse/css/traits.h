/* Matching of simple selectors for which the element alone decides: its name,
 * attributes and content, and its state by the rules of HTML. */
#ifndef PARSE_CSS_TRAITS_H
#define PARSE_CSS_TRAITS_H

#include "parse/css/document.h"
#include "parse/css/letter_case.h"
#include "parse/css/tree.h"
#include "parse/html/html.h"

/* Returns the spelling of the name to compare with: lower case for HTML
 * elements and their attributes (Selectors 4, 3.7; HTML Standard, 4.16.2),
 * otherwise as written. */
static inline const char *css_name_for(const struct css_document *d,
				       const struct css_simple *s,
				       const xmlNode *n)
{
	return d->html && html_space(n) == HTML_SPACE ? s->lower.p
						       : s->name.p;
}

/* Every element of an HTML document is in a namespace (HTML, SVG or MathML),
 * although its member ns is not set. */
static inline bool css_in_namespace(const struct css_document *d,
				    const struct css_simple *s,
				    const xmlNode *n)
{
	return s->ns == CSS_NS_ANY || (!d->html && !n->ns);
}

/* Matches a CSS_TYPE. */
static inline bool css_matches_type(const struct css_document *d,
				    const struct css_simple *s,
				    const xmlNode *n)
{
	return names_equal((const char *)n->name, css_name_for(d, s, n)) &&
	       css_in_namespace(d, s, n);
}

/* Matches any other kind of simple selector. */
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
