/*
 * Syntax tree of a CSS selector: parse/css/parse.c builds the tree,
 * parse/css/match.c evaluates it. A finished tree is immutable, so threads may
 * share it.
 *
 *	ul.nav > li:not(.x, :has(> img)) a[href^="/" i]::attr(href)
 *
 * is a list of one complex selector. The compounds of a complex selector are
 * stored from right to left, the order in which they are matched.
 */
#ifndef PARSE_CSS_TREE_H
#define PARSE_CSS_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "parse/css/css.h"

enum css_combinator {
	CSS_DESCENDANT,
	CSS_CHILD,		/* "a > b" */
	CSS_NEXT,		/* "a + b" */
	CSS_SUBSEQUENT,		/* "a ~ b" */
};

enum css_kind {
	CSS_TYPE,		/* a name; uses the member name */
	CSS_UNIVERSAL,
	CSS_ID,
	CSS_CLASS,
	CSS_ATTRIBUTE,
	CSS_NOT,		/* :not(); uses the member list */
	CSS_IS,			/* :is() and :where(); uses the member list */
	CSS_HAS,		/* :has(); uses the member list, of relative
				 * selectors */
	CSS_NTH,		/* :nth-child() and the like; uses a, b,
				 * from_end, and of_type or list */
	CSS_EMPTY,
	CSS_ROOT,
	CSS_SCOPE,
	CSS_LANG,		/* :lang(); words are the language ranges */
	CSS_LINK,		/* :link, :any-link */
	CSS_CHECKED,
	CSS_DISABLED,
	CSS_ENABLED,
};

/* The namespace of a name, written before a bar as in ns|name. Prefixes cannot
 * be declared. */
enum css_namespace {
	CSS_NS_ANY,		/* no namespace is written, or "*|" */
	CSS_NS_NONE,		/* "|name": elements without a namespace; in an
				 * attribute selector, also the default */
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
	CSS_CASE_USUAL,		/* depends on the attribute: some are
				 * case-insensitive in HTML (HTML Standard,
				 * 4.16.2) */
	CSS_CASE_IGNORED,	/* the flag i is given */
	CSS_CASE_KEPT,		/* the flag s is given */
};

/* Text with escapes decoded, NUL-terminated. */
struct css_text {
	char *p;
	size_t len;
};

struct css_list;

struct css_simple {
	enum css_kind kind;
	enum css_namespace ns;		/* for TYPE, UNIVERSAL, ATTRIBUTE: the
					 * namespace */
	struct css_text name;		/* for TYPE, ID, CLASS, ATTRIBUTE: the
					 * name as written */
	struct css_text lower;		/* the name in ASCII lower case */
	enum css_operator op;		/* for ATTRIBUTE */
	enum css_case letters;		/* for ATTRIBUTE: flag i, flag s, or
					 * none */
	bool caseless;			/* for ATTRIBUTE: HTML ignores the case
					 * of the attribute's values */
	struct css_text value;		/* for ATTRIBUTE: the value that is
					 * compared */
	struct css_list *list;		/* for NOT, IS, HAS, NTH: the selectors
					 * in brackets */
	long a, b;			/* for NTH: an+b */
	bool from_end, of_type;		/* for NTH: count from the end; count
					 * elements of the same type */
	struct css_text *words;		/* for LANG: the languages */
	size_t words_count;
};

struct css_compound {
	struct css_simple *simples;
	size_t count;
	/* Combinator between this compound and the compound to its left, which
	 * is the next one in the array. In the last compound of a relative
	 * selector, the combinator that the selector begins with. Without
	 * meaning in the last compound of any other selector. */
	enum css_combinator combinator;
};

struct css_complex {
	struct css_compound *compounds;	/* [0] is the rightmost, the subject */
	size_t count;			/* number of compounds, at least 1 */
};

struct css_list {
	struct css_complex *items;
	size_t count;			/* number of selectors; 0 only in :is()
					 * and :where() */
};

struct css {
	struct css_list list;
	enum css_take take;
	char *attr;			/* for CSS_TAKE_ATTR: the attribute's
					 * name as written */
	bool is_url;			/* ends in ::url */
};

#endif
