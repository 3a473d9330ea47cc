/* What is done around a tree that libxml2's parser builds: it is in the arena, a
 * thread has one at a time, and nothing is added to it. */
#ifndef PARSE_TREE_TREE_H
#define PARSE_TREE_TREE_H

#include <stddef.h>

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/slice.h"

/* From some number on, each name of a tag or attribute is searched for in a
 * list, and so is each id. */
enum {
	TREE_MAX_NAMES = 200000,
	TREE_MAX_IDS = 200000,	/* elements: later ones' ids are not indexed */
};

/* Why a tree is given up that needs more memory than a page may have
 * (base/memory_budget.h). */
#define TREE_TOO_LARGE "the page's tree needs too much memory"

/* Once in each thread that parses: trees are built in an arena then. Not needed
 * for anything but speed; pairs may be nested. */
void tree_open(void);
void tree_close(void);

/* Between these two a parser runs. Returns doc (NULL: there is no tree, and
 * what the parser did not free is forgotten). */
void tree_begin(void);
xmlDoc *tree_end(xmlDoc *doc);

/* In the same thread. NULL is fine. */
void tree_free(xmlDoc *doc);

/* The text with U+FFFD in the place of U+0000, which libxml2 would take for its
 * end; made in scratch if there is any. */
struct slice tree_text(const char *s, size_t len, struct buf *scratch);

#endif
