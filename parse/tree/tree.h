/* Manages a tree while libxml2's parser builds it and after: the tree is in the
 * arena, a thread has one tree at a time, and nothing is added to it later. */
#ifndef PARSE_TREE_TREE_H
#define PARSE_TREE_TREE_H

#include <stddef.h>

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/slice.h"

/* Limits, because the hash tables of libxml2 2.9 stop growing: in a document
 * with more names of tags and attributes, or more ids, each lookup would search
 * a long list. */
enum {
	TREE_MAX_NAMES = 200000,
	TREE_MAX_IDS = 200000,	/* number of elements; the ids of later elements
				 * are not indexed */
};

/* Error message for a tree that needs more memory than a page may have
 * (base/memory_budget.h). */
#define TREE_TOO_LARGE "the page's tree needs too much memory"

/* Call in each thread that parses: trees are built in an arena then. Only
 * speeds up parsing; pairs may be nested. */
void tree_open(void);
void tree_close(void);

/* Call before and after running a parser. tree_end() returns doc; if it is
 * NULL, everything that the parser has not freed is dropped. */
void tree_begin(void);
xmlDoc *tree_end(xmlDoc *doc);

/* Call in the thread that built the tree. NULL is fine. */
void tree_free(xmlDoc *doc);

/* Returns the text with each U+0000, which libxml2 would take for its end,
 * replaced by U+FFFD. The copy, if one is needed, is made in scratch. */
struct slice tree_text(const char *s, size_t len, struct buf *scratch);

#endif
