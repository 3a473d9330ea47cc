/*
 * Lines of the output: their prefixes, which come from the lists and quotes
 * that they are in, and the empty lines between blocks.
 *
 * The marker of a list's item or a quote is written with the first line inside
 * of it, so that several markers can begin one line ("- > text").
 */
#ifndef PARSE_MARKDOWN_LINES_H
#define PARSE_MARKDOWN_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

enum md_block {
	MD_NOTHING,
	MD_PARAGRAPH,
	MD_HEADING,
	MD_FENCE,		/* a code block */
	MD_RULE,
	MD_TABLE,
	MD_CONTAINER,		/* an item of a list, or a quote */
};

struct md_lines {
	struct buf *out;
	size_t start;		/* offset of the Markdown in out */
	uint64_t max;		/* maximum length of the Markdown in bytes; 0:
				 * no limit */
	struct buf prefix;	/* prefix of the lines in the open containers */
	struct buf first;	/* prefix of the next line, if it has markers */
	bool has_marker;	/* the next line has markers: first is used */
	size_t outer;		/* length of prefix outside of the containers
				 * whose markers are in first */
	bool wants_empty;	/* the markers need an empty line before them */
	enum md_block last;	/* last block of the innermost container */
	bool tight;		/* no empty lines between blocks unless Markdown
				 * needs them */
	unsigned depth;		/* open containers */
};

/* Deeper containers are left out: their content is written without a prefix of
 * its own. The length of a line's prefix is limited by this. */
enum { MD_DEPTH = 40 };

/* State that an open container has to restore when it ends. */
struct md_container {
	size_t prefix_len, first_len;
	bool tight;
};

/* Opens a container. marker: "> ", "- ", "12. "...; rest: the prefix of its
 * other lines. tight: of the blocks inside. close: no empty line is wanted
 * before it. */
struct md_container md_lines_enter(struct md_lines *lines, struct slice marker,
				   struct slice rest, bool tight, bool close);

/* Closes it. keep: if nothing has been written inside, the marker is written by
 * itself. */
void md_lines_leave(struct md_lines *lines,
		    const struct md_container *container, bool keep);

/* Writes a block, whose lines are separated by line feeds, without one at the
 * end. Ends at the limit of the output. */
void md_lines_add(struct md_lines *lines, enum md_block kind, const char *s,
		  size_t len);

/* Returns true if the output has reached its limit, with so many bytes more. */
bool md_lines_full(const struct md_lines *lines, size_t more);

void md_lines_release(struct md_lines *lines);

#endif
