/* Tells from the elements around a node what part of the page the node is
 * in. */
#ifndef PARSE_ARTICLE_METADATA_PLACE_H
#define PARSE_ARTICLE_METADATA_PLACE_H

#include <libxml/tree.h>

enum {
	PLACE_DEPTH_MAX = 520,
	PLACE_BYTES_MAX = 4 << 20,	/* bytes of classes and ids */
	PLACE_SEEN = 64,			/* a power of two */
};

enum place {
	PLACE_CONTENT,
	PLACE_ASIDE,		/* an <aside> or <footer>, a sidebar */
	PLACE_ELSEWHERE,	/* navigation, comments, lists of other
				 * articles */
};

/* The elements around the title of a page. Other nodes inside them have these
 * elements in common with the title, so place_of() leaves them out. */
struct place_context {
	const xmlNode *around[PLACE_DEPTH_MAX];	/* elements from the root on */
	int depth;
	size_t bytes;		/* length of the classes and ids that were
				 * read */
	struct {
		const xmlNode *element;
		enum place place;
	} seen[PLACE_SEEN];	/* cache of the places of elements, indexed by
				 * a hash of the address */
};

/* Sets the context from the node of the title; NULL if there is none. */
void place_context_set(struct place_context *c, const xmlNode *title);

/* Returns the place of a node, from its ancestors. When PLACE_BYTES_MAX are
 * read, all nodes are elsewhere. */
enum place place_of(struct place_context *c, const xmlNode *n);

#endif
