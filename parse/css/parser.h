/*
 * The parts of the CSS parser, for each other: selectors have pseudo-classes
 * (parse/css/pseudo.c), which have selectors (parse/css/parse.c).
 *
 * All of them read from p->c, return false after css_fail(), and leave what
 * they made in the tree, whose owner frees it then.
 */
#ifndef PARSE_CSS_PARSER_H
#define PARSE_CSS_PARSER_H

#include <stdbool.h>

#include "parse/css/token.h"
#include "parse/css/tree.h"

struct css_parser {
	struct css_cursor c;
	int depth;		/* parentheses with selectors around us */
	bool in_has;
	/* Of the complex selector that is read: where it says what is taken
	 * (NULL: not yet), and what. */
	const char *end_mark;
	enum css_take take;
	struct css_text attr;
};

/* Room for one more, which is all zeros: array is of count elements and has
 * only grown by this. Returns where it is now. */
void *css_grow(void *array, size_t count, size_t size);

struct css_simple *css_add(struct css_compound *to, enum css_kind kind);

/* parse/css/parse.c: up to the end or a ")", with one selector at least. relative:
 * they may begin with a combinator. */
bool css_list(struct css_parser *p, struct css_list *list, bool relative);

/* parse/css/parse.c: one more pair of parentheses, p->c.at behind the first. */
bool css_inner_list(struct css_parser *p, struct css_simple *s,
		    bool relative);

/* Says that what is there now is not what can be there. */
bool css_unexpected(struct css_parser *p);

/* parse/css/attribute.c: p->c.at is at the "[". */
bool css_attribute(struct css_parser *p, struct css_compound *to);

/* parse/css/pseudo.c: p->c.at is at the ":". */
bool css_pseudo(struct css_parser *p, struct css_compound *to);

/* parse/css/nth.c: an+b, perhaps "of" and selectors. */
bool css_nth(struct css_parser *p, struct css_simple *s);

/* parse/css/hints.c: what there is to say about a pseudo-class (lower case, without
 * the colon) that is known elsewhere, as in "is not ..."; or NULL. */
const char *css_hint(const char *name);

#endif
