/*
 * Cache of results about elements that would be costly to compute again. The
 * key is a set's id, a pointer that names the question (usually a part of a
 * selector), and a node.
 */
#ifndef PARSE_CSS_MEMO_H
#define PARSE_CSS_MEMO_H

#include <stddef.h>
#include <stdint.h>

#include <libxml/tree.h>

/* The meaning of the values a, b and node depends on the question. */
struct css_memo_entry {
	const void *what;	/* key; NULL: this slot is free */
	const xmlNode *about;
	uint32_t set;
	uint32_t a, b;
	xmlNode *node;
};

/* Zero is empty. */
struct css_memo {
	struct css_memo_entry *table;
	size_t cap;		/* a power of two, or 0 */
	size_t count;
};

/* Returns the entry, valid until the next css_memo_add(), or NULL. */
struct css_memo_entry *css_memo_find(const struct css_memo *memo, uint32_t set,
				     const void *what, const xmlNode *about);

/* Returns the existing entry, or a new one with values 0 and NULL. Returns NULL
 * if the memo is full. */
struct css_memo_entry *css_memo_add(struct css_memo *memo, uint32_t set,
				    const void *what, const xmlNode *about);

void css_memo_release(struct css_memo *memo);

#endif
