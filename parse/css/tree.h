/*
 * A CSS selector, taken apart: what parse/css/parse.c makes and parse/css/match.c walks.
 * Nobody else needs to know. Immutable once made, so threads may share it.
 *
 *	ul.nav > li:not(.x, :has(> img)) a[href^="/" i]::attr(href)
 *
 * is a list of one complex selector; its compounds stand from right to left,
 * in the order in which matching looks at them.
 */
#ifndef PARSE_CSS_TREE_H
#define PARSE_CSS_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "parse/css/css.h"

enum css_combinator {
	CSS_DESCENDANT,
	CSS_CHILD,		/* > */
	CSS_NEXT,		/* + */
	CSS_SUBSEQUENT,		/* ~ */
};

enum css_kind {
	CSS_TYPE,		/* name */
	CSS_UNIVERSAL,
	CSS_ID,
	CSS_CLASS,
	CSS_ATTRIBUTE,
	CSS_NOT,		/* list */
	CSS_IS,			/* list; :where() is the same here */
	CSS_HAS,		/* list, relative */
	CSS_NTH,		/* a, b, from_end, of_type or list (or NULL) */
	CSS_EMPTY,
	CSS_ROOT,
	CSS_SCOPE,
	CSS_LANG,		/* words: language ranges */
	CSS_LINK,		/* :link, :any-link */
	CSS_CHECKED,
	CSS_DISABLED,
	CSS_ENABLED,
};

/* What is before the bar of ns|name. No prefix can be declared. */
enum css_namespace {
	CSS_NS_ANY,		/* none written, or "*|" */
	CSS_NS_NONE,		/* "|name": elements without a namespace; and
				 * attributes with none written */
};

enum css_operator {
	CSS_EXISTS,		/* [a] */
	CSS_EQUALS,		/* = */
	CSS_INCLUDES,		/* ~= */
	CSS_DASH,		/* |= */
	CSS_PREFIX,		/* ^= */
	CSS_SUFFIX,		/* $= */
	CSS_SUBSTRING,		/* *= */
};

enum css_case {
	CSS_CASE_USUAL,		/* by the attribute: some are case-insensitive
				 * in HTML (HTML Standard, 4.16.2) */
	CSS_CASE_IGNORED,	/* i */
	CSS_CASE_KEPT,		/* s */
};

/* Text without its escapes, NUL at the end. */
struct css_text {
	char *p;
	size_t len;
};

struct css_list;

struct css_simple {
	enum css_kind kind;
	enum css_namespace ns;		/* TYPE, UNIVERSAL, ATTRIBUTE */
	struct css_text name;		/* TYPE, ID, CLASS, ATTRIBUTE: as
					 * written */
	struct css_text lower;		/* the same in ASCII lower case */
	enum css_operator op;		/* ATTRIBUTE */
	enum css_case letters;		/* ATTRIBUTE */
	struct css_text value;		/* ATTRIBUTE */
	struct css_list *list;		/* NOT, IS, HAS, NTH */
	long a, b;			/* NTH: an+b */
	bool from_end, of_type;		/* NTH */
	struct css_text *words;		/* LANG */
	size_t words_count;
};

struct css_compound {
	struct css_simple *simples;
	size_t count;
	/* To the next one, on its left. In the last one of a relative selector
	 * it is the one it begins with; otherwise without meaning there. */
	enum css_combinator combinator;
};

struct css_complex {
	struct css_compound *compounds;	/* [0] is the rightmost, the subject */
	size_t count;			/* 1 at least */
};

struct css_list {
	struct css_complex *items;
	size_t count;			/* :is() and :where() may have 0 */
};

struct css {
	struct css_list list;
	enum css_take take;
	char *attr;			/* CSS_TAKE_ATTR: as written */
};

#endif
