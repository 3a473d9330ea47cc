/*
 * The content of a page: elements of its tree, without the parts of them that
 * do not belong to the content (navigation, scripts, hidden elements). The
 * writers of text and of Markdown both read it.
 */
#ifndef PARSE_ARTICLE_CONTENT_H
#define PARSE_ARTICLE_CONTENT_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

/* Zero is empty: a page without content. */
struct content {
	const xmlNode **roots;	/* elements of the tree, in document order; none
				 * is inside another one. The array is owned */
	size_t count;
};

/* Finds the main content of an HTML document. */
void content_find(struct content *content, const xmlDoc *doc);

/* Takes the whole <body> as the content, without what a browser does not
 * show. */
void content_of_page(struct content *content, const xmlDoc *doc);

/* Returns true if the node, which is inside a root, is not part of the content.
 * Its descendants are not either, and need not be asked about. */
bool content_skips(const struct content *content, const xmlNode *node);

void content_release(struct content *content);

#endif
