/*
 * The content of a page: elements of its tree, without the parts of them that
 * do not belong to the content (navigation, scripts, hidden elements). The
 * writers of text and of Markdown both read it.
 */
#ifndef PARSE_ARTICLE_CONTENT_H
#define PARSE_ARTICLE_CONTENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libxml/tree.h>

#include "parse/article/blocks.h"

/* Zero is empty: a page without content. The nodes are borrowed from the
 * tree. */
struct content {
	const xmlNode **roots;	/* elements of the tree, in document order; none
				 * is inside another one. The array is owned */
	size_t count;
	const xmlNode **skipped;	/* a hash table of the nodes inside the
					 * roots that are left out; owned */
	size_t skipped_size;	/* a power of two; 0: none */
	const xmlNode **unwritten;	/* the same for Markdown, if it has code
					 * blocks that the text has not; or
					 * NULL */
	size_t unwritten_size;
	double confidence;	/* 0 to 1: how well this content is expected to
				 * agree with that which a person would choose
				 * (word F1) */
	int type;		/* of the page: an enum model_type */
	bool whole;		/* everything but scripts and the like */
};

/* Finds the main content of an HTML document. url: of the page; NULL:
 * unknown. */
void content_find(struct content *content, const xmlDoc *doc, const char *url);

/* Takes the whole <body> as the content, without scripts, styles, templates and
 * <noscript>. Hidden elements stay: scripts may show them. */
void content_of_page(struct content *content, const xmlDoc *doc);

/* Returns true if the node, which is inside a root, is not part of the content.
 * Its descendants are not either, and need not be asked about. */
bool content_skips(const struct content *content, const xmlNode *node);

/* As content_skips(), for Markdown: all code blocks between two parts of the
 * content belong to it. */
bool content_skips_in_markdown(const struct content *content,
			       const xmlNode *node);

/* Returns the least probability of a run that is content. It is the one for
 * which the expected F1 is best: the words chosen that are content, of those
 * chosen and of all that are content. So a page of which little is certain
 * yields what is likely, and one with a clear border is cut there. For
 * content_find(), and for the program that trains the model. */
int content_limit(const struct blocks *b, const int16_t *p, double *expected);

void content_release(struct content *content);

#endif
