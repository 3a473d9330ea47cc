/*
 * Internal interface of the CSS parser's files, which call each other:
 * selectors contain pseudo-classes (parse/css/pseudo.c), which contain
 * selectors (parse/css/parse.c).
 *
 * All functions read from p->c and return false after css_fail(). Nodes created
 * until then stay in the tree and are freed with it.
 */
#ifndef PARSE_CSS_PARSER_H
#define PARSE_CSS_PARSER_H

#include <stdbool.h>

#include "parse/css/token.h"
#include "parse/css/tree.h"

struct css_parser {
	struct css_cursor c;
	int depth;		/* nesting of parentheses that contain
				 * selectors */
	bool in_has;
	/* Of the current complex selector: the start of its ::text, ::attr() or
	 * ::html (NULL: not seen yet), and what it chooses. */
	const char *end_mark;
	enum css_take take;
	struct css_text attr;
	bool is_url;		/* ::url follows */
};

/* Grows the array of count elements by one zeroed element and returns its new
 * address. The array must only ever be grown by this function. */
void *css_grow(void *array, size_t count, size_t size);

struct css_simple *css_add(struct css_compound *to, enum css_kind kind);

/* parse/css/parse.c: parses one or more selectors, up to the end of the text or
 * a ")". relative: each may begin with a combinator. */
bool css_parse_list(struct css_parser *p, struct css_list *list, bool relative);

/* parse/css/parse.c: parses the selectors in a pair of parentheses; p->c.at is
 * just after the "(". Fails if they are nested more than CSS_MAX_DEPTH deep. */
bool css_parse_nested_list(struct css_parser *p, struct css_simple *s,
			   bool relative);

/* Reports that the text at p->c.at is not allowed here. Returns false. */
bool css_unexpected(struct css_parser *p);

/* parse/css/attribute.c: parses [...]; p->c.at is at the "[". */
bool css_parse_attribute(struct css_parser *p, struct css_compound *to);

/* parse/css/pseudo.c: parses a pseudo-class or a ::text-like ending; p->c.at is
 * at the ":". */
bool css_parse_pseudo(struct css_parser *p, struct css_compound *to);

/* parse/css/nth.c: parses an+b, optionally followed by "of" and selectors. */
bool css_parse_nth(struct css_parser *p, struct css_simple *s);

/* parse/css/hints.c: advice about an unsupported pseudo-class that other tools
 * have (name in lower case, without the colon), worded to follow the name, as
 * in "is not ..."; NULL if there is none. */
const char *css_pseudo_hint(const char *name);

#endif
