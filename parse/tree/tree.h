/* Manages a tree while libxml2's parser builds it and afterwards. The tree is
 * in the thread's arena. A thread has one tree at a time, and nothing is added
 * to the tree later. */
#ifndef PARSE_TREE_TREE_H
#define PARSE_TREE_TREE_H

#include <stddef.h>

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/slice.h"

/* Limits of a tree. The hash tables of libxml2 2.9 stop growing at some size:
 * with more names of tags and attributes, or more ids, each lookup would search
 * a long list. */
enum {
	TREE_MAX_NAMES = 200000,
	TREE_MAX_IDS = 200000,	/* number of elements whose ids are indexed; the
				 * ids of later elements are not */
};

/* Error message for a tree that needs more memory than a page may have
 * (base/memory_budget.h). */
#define TREE_TOO_LARGE "the page's tree needs too much memory"

/* Optional, for speed: called in each thread that parses, so that trees are
 * built in an arena. Calls may be nested. */
void tree_open(void);
void tree_close(void);

/* Call tree_begin() before and tree_end() after running a parser. tree_end()
 * returns doc. If doc is NULL, everything that the parser has not freed is
 * dropped. */
void tree_begin(void);
xmlDoc *tree_end(xmlDoc *doc);

/* Frees the tree. Call it in the thread that built the tree. doc may be
 * NULL. */
void tree_free(xmlDoc *doc);

/* Returns the text with each U+0000 replaced by U+FFFD, because libxml2 would
 * take U+0000 for the end of the text. If a copy is needed, it is made in
 * scratch. */
struct slice tree_text(const char *s, size_t len, struct buf *scratch);

#endif
