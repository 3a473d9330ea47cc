/*
 * Internal interface of the CSS parser's files. They call each other, because
 * selectors contain pseudo-classes (parse/css/pseudo.c), and pseudo-classes
 * contain selectors (parse/css/parse.c).
 *
 * All functions read from p->c and return false after they have reported an
 * error by css_fail(). Nodes that were created before the error stay in the
 * syntax tree and are freed with it.
 */
#ifndef PARSE_CSS_PARSER_H
#define PARSE_CSS_PARSER_H

#include <stdbool.h>

#include "parse/css/token.h"
#include "parse/css/tree.h"

struct css_parser {
	struct css_cursor c;
	int depth;		/* nesting depth of parentheses that contain
				 * selectors */
	bool in_has;
	/* Of the current complex selector: the start of its ::text, ::attr() or
	 * ::html (NULL if none was read yet), and what that ending extracts. */
	const char *end_mark;
	enum css_take take;
	struct css_text attr;
	bool is_url;		/* ::url follows the ending */
};

/* Grows an array of count elements by one zeroed element. Returns the array's
 * new address. The array must only be grown by this function. */
void *css_grow(void *array, size_t count, size_t size);

struct css_simple *css_add(struct css_compound *to, enum css_kind kind);

/* parse/css/parse.c: parses one or more selectors, up to the end of the text or
 * a ")". relative: each may begin with a combinator. */
bool css_parse_list(struct css_parser *p, struct css_list *list, bool relative);

/* parse/css/parse.c: parses the selectors in a pair of parentheses; p->c.at is
 * just after the "(". Fails if parentheses are nested more than CSS_MAX_DEPTH
 * deep. */
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

/* parse/css/hints.c: returns advice about an unsupported pseudo-class that
 * other tools have, or NULL. name is in lower case, without the colon. The
 * advice is the rest of a sentence that begins with the name ("is not ..."). */
const char *css_pseudo_hint(const char *name);

#endif
