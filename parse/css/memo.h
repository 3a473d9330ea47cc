/*
 * What is known already about an element: answers that would be costly to
 * find again. Keys are a set's number, a part of a selector, and a node.
 */
#ifndef PARSE_CSS_MEMO_H
#define PARSE_CSS_MEMO_H

#include <stddef.h>
#include <stdint.h>

#include <libxml/tree.h>

/* What the numbers mean is up to those who ask. */
struct css_known {
	const void *what;	/* key; NULL: a free place of the table */
	const xmlNode *about;
	uint32_t set;
	uint32_t a, b;
	xmlNode *node;
};

/* Zero is empty. */
struct css_memo {
	struct css_known *table;
	size_t cap;		/* a power of two, or 0 */
	size_t count;
};

/* Good until the next one is added; NULL: nothing is known. */
struct css_known *css_memo_find(const struct css_memo *memo, uint32_t set,
				const void *what, const xmlNode *about);

/* That, or a new one that has 0 and NULL. NULL: the memo is full. */
struct css_known *css_memo_add(struct css_memo *memo, uint32_t set,
			       const void *what, const xmlNode *about);

void css_memo_release(struct css_memo *memo);

#endif
