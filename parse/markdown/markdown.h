/* Writes parts of an HTML document as Markdown (GitHub Flavored Markdown). */
#ifndef PARSE_MARKDOWN_MARKDOWN_H
#define PARSE_MARKDOWN_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/url/url.h"

/* The nodes to be written as Markdown, and options. All pointers are
 * borrowed. */
struct markdown_source {
	const xmlNode *const *roots;	/* elements, in document order; none is
					 * inside another one */
	size_t count;
	/* Returns true if a node inside a root is to be left out with its
	 * descendants. */
	bool (*skips)(const void *ctx, const xmlNode *node);
	const void *ctx;
	const char *title;		/* a heading to be written first, in
					 * clean UTF-8; NULL if there is none */
	const struct url *base;		/* base URL of links and images; NULL:
					 * unknown */
	bool whole;			/* the source is a page with all that
					 * belongs to it: links without text,
					 * permalinks of headings, and links to
					 * scripts are kept */
	uint64_t max;			/* maximum length of the Markdown in
					 * bytes; 0: no limit */
};

/* Appends the Markdown, which is clean UTF-8. */
void markdown_write(struct buf *out, const struct markdown_source *source);

#endif
