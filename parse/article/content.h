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
#include "parse/article/marks.h"

/* Zero is empty: a page without content. The nodes are borrowed from the
 * tree. */
struct content {
	const xmlNode **roots;	/* elements of the tree, in document order; none
				 * is inside another one. The array is owned */
	size_t count;
	struct marks skipped;	/* nodes inside the roots that are left out */
	struct marks unwritten;	/* nodes inside the roots that Markdown leaves
				 * out, if they differ from `skipped`; or
				 * empty */
	double confidence;	/* 0 to 1: how well this content is expected to
				 * agree with that which a person would choose
				 * (word F1) */
	size_t size;		/* about the length of its text; 0: unknown */
	int type;		/* type of the page, an enum model_type */
	bool has_h1;		/* a first-level heading is in it */
	bool whole;		/* everything but scripts and the like */
};

/* Finds the main content of an HTML document. url: of the page; NULL:
 * unknown. */
void content_find(struct content *content, const xmlDoc *doc, const char *url);

/* Takes the whole <body> as the content, without scripts, styles, templates and
 * <noscript>. Hidden elements stay: scripts may show them. */
void content_of_page(struct content *content, const xmlDoc *doc);

/* Prepares content_skips() and content_skips_in_markdown(). */
void content_index(struct content *content);

/* Returns true if the node, which is inside a root, is not part of the content.
 * Its descendants are not either, and need not be asked about. */
bool content_skips(const struct content *content, const xmlNode *node);

/* Does the work of content_skips() for Markdown: code blocks, tables and
 * <details> between two parts of the content belong to it (between.h). */
bool content_skips_in_markdown(const struct content *content,
			       const xmlNode *node);

/* Does the work of content_skips() without content_index(), for a walk that
 * asks about the nodes in document order. *at is 0 at first. */
bool content_skips_next(const struct content *content, size_t *at,
			const xmlNode *node);

/* Returns the least probability of a run that is content. This limit has the
 * best expected F1 score, the harmonic mean of two shares: the share of the
 * chosen words that are content, and the share of the content's words that are
 * chosen. So a page with few certain runs also gets its likely runs, and a page
 * with a clear border is cut at this border. Used by content_find(), and by the
 * program that trains the model. */
int content_limit(const struct blocks *b, const int16_t *p, double *expected);

void content_release(struct content *content);

#endif
