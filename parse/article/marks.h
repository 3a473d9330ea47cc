/* Turns the choice of runs into nodes: the element around all chosen runs, and
 * the topmost nodes in it that have only others. */
#ifndef PARSE_ARTICLE_MARKS_H
#define PARSE_ARTICLE_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libxml/tree.h>

#include "parse/article/blocks.h"

struct marks {
	const xmlNode *root;	/* NULL: no run is chosen */
	const xmlNode **skipped;	/* for marks_have() */
	size_t skipped_size;
};

/* Chooses the runs with at least this probability. An element without any text
 * goes with what is around it; <noscript> without a chosen run is skipped, as
 * it repeats an image. */
void marks_find(struct marks *marks, const struct blocks *b, const int16_t *p,
		int limit);

/* Returns true if the set of nodes has the node. */
bool marks_have(const xmlNode *const *set, size_t size, const xmlNode *node);

/* Frees a set of nodes. */
void marks_free(const xmlNode **set, size_t size);

#endif
