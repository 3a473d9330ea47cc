/* Turns the choice of runs into nodes: the element around all chosen runs, and
 * the topmost nodes in it that have only others. */
#ifndef PARSE_ARTICLE_MARKS_H
#define PARSE_ARTICLE_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libxml/tree.h>

#include "parse/article/blocks.h"

/* Zero is empty. Nodes are borrowed. */
struct marks {
	const xmlNode *root;	/* NULL: no run is chosen */
	const xmlNode **skipped;	/* in document order */
	size_t count;
	const xmlNode **set;	/* `skipped` as a hash table; NULL: not made */
	size_t set_size;
};

/* Chooses the runs with at least this probability. An element without any text
 * is treated like the content around it; <noscript> without a chosen run is
 * skipped, as it repeats an image. */
void marks_find(struct marks *marks, const struct blocks *b, const int16_t *p,
		int limit);

/* Makes the hash table, for marks_have(). */
void marks_index(struct marks *marks);

/* Returns true if the node is skipped. */
bool marks_have(const struct marks *marks, const xmlNode *node);

void marks_release(struct marks *marks);

#endif
