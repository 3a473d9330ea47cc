/* Cache of results about elements that would be costly to compute again. The
 * key consists of a set's id, a pointer that says what was computed (usually to
 * a part of a selector), and a node. */
#ifndef PARSE_CSS_MEMO_H
#define PARSE_CSS_MEMO_H

#include <stddef.h>
#include <stdint.h>

#include <libxml/tree.h>

/* A cached result. The meaning of a, b and node depends on the kind of
 * result. */
struct css_memo_entry {
	const void *what;	/* part of the key, says what was computed;
				 * NULL: this slot is free */
	const xmlNode *about;
	uint32_t set;
	uint32_t a, b;
	xmlNode *node;
};

/* A table of results; all zero: empty. */
struct css_memo {
	struct css_memo_entry *table;
	size_t cap;		/* number of slots: a power of two, or 0 */
	size_t count;
};

/* Returns the entry with this key, or NULL. The entry is valid until the next
 * css_memo_add(). */
struct css_memo_entry *css_memo_find(const struct css_memo *memo, uint32_t set,
				     const void *what, const xmlNode *about);

/* Returns the entry with this key, or a new entry with values 0 and NULL.
 * Returns NULL if the table is full. */
struct css_memo_entry *css_memo_add(struct css_memo *memo, uint32_t set,
				    const void *what, const xmlNode *about);

void css_memo_release(struct css_memo *memo);

#endif
