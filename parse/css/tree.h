/*
 * Syntax tree of a CSS selector: parse/css/parse.c builds it, parse/css/match.c
 * evaluates it; no other file needs it. It is immutable once built, so threads
 * may share it.
 *
 *	ul.nav > li:not(.x, :has(> img)) a[href^="/" i]::attr(href)
 *
 * is a list of one complex selector. Its compounds are stored from right to
 * left, the order in which matching looks at them.
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

/* The namespace before the bar of ns|name. Prefixes cannot be declared. */
enum css_namespace {
	CSS_NS_ANY,		/* not written, or "*|" */
	CSS_NS_NONE,		/* "|name": elements without a namespace; for
				 * attributes also the default */
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
	CSS_CASE_IGNORED,	/* flag i */
	CSS_CASE_KEPT,		/* flag s */
};

/* Text with escapes decoded, NUL-terminated. */
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
	/* Combinator between this compound and the next one, to its left. In
	 * the last compound of a relative selector it is the combinator that
	 * the selector begins with; in the last one of any other selector it
	 * has no meaning. */
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
	bool is_url;			/* ends in ::url */
};

#endif
