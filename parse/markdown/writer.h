/*
 * The state of the writer, and the functions of its parts. One function writes
 * each kind of element (elements.c); functions for elements with a syntax of
 * their own are in the files that are named here. They call each other for
 * the children of a node: the depth of the recursion is that of the tree, which
 * the parser limits (HTML_TREE_DEPTH).
 */
#ifndef PARSE_MARKDOWN_WRITER_H
#define PARSE_MARKDOWN_WRITER_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/slice.h"
#include "parse/html/html.h"
#include "parse/markdown/lines.h"
#include "parse/markdown/markdown.h"
#include "parse/markdown/notes.h"
#include "parse/markdown/run.h"

/* The list that is being written. */
struct md_list {
	bool ordered, tight;
	char mark;			/* '-', '*', '+'; '.', ')' */
	unsigned long number;		/* number of the next item */
	bool first;			/* the next item is the first one */
	size_t item_prefix;		/* length of the lines' prefix inside of
					 * the open item */
	bool begins_line;		/* no other marker is before that of the
					 * open item on its line */
	struct md_list *outer;
};

struct md {
	const struct markdown_source *source;
	struct md_run run;
	struct md_lines lines;
	struct md_notes notes;
	struct md_list *list;		/* innermost open list, or NULL */
	struct buf url, title;		/* URL and title of the open link */
	struct buf text, block;		/* scratch of md_flush() */
	/* The end of the last list: lengths of the output and of the prefix at
	 * that time, and the list's mark. */
	size_t list_end, list_prefix;
	char list_mark;
	/* Numbers of cells, and of bytes of cells, that spans of tables may
	 * still add to the document. */
	size_t span_cells, span_bytes;
	size_t held;			/* bytes of the table that is being
					 * written */
	size_t math_nodes;		/* number of nodes that may still be
					 * looked at in the search for
					 * formulas */
	const xmlNode *note;		/* element whose footnote is being
					 * written, or NULL */
};

/* Returns the value of an attribute (borrowed); NULL if there is none. */
const char *md_attribute(const xmlNode *n, const char *name);

/* Finds the class of the element at or after *at, which is 0 at first, and
 * moves *at behind the class. Returns false if there are no more. */
bool md_next_class(const xmlNode *n, size_t *at, struct slice *class);

/* Returns true if one of the element's classes is in the list, whose end is
 * NULL. */
bool md_has_class(const xmlNode *n, const char *const *classes);

/* Returns the next element sibling, or NULL. */
const xmlNode *md_next_element(const xmlNode *n);

/* Returns true if the node is left out with all that it contains. */
bool md_skips(const struct md *md, const xmlNode *n);

/* elements.c: write a node, or the children of one; or a root, which is not
 * left out. */
void md_write_root(struct md *md, const xmlNode *n);
void md_write_node(struct md *md, const xmlNode *n);
void md_write_children(struct md *md, const xmlNode *n);

/* elements.c: writes a heading of level 1. */
void md_write_title(struct md *md, const char *title);

/* Returns true if the output has reached its limit, with what has been
 * collected for it. */
bool md_is_full(const struct md *md);

/* Ends a block: a paragraph is written; in a heading or a cell, a space or a
 * line break separates the blocks. */
void md_end_block(struct md *md);

/* Ends a block before one that is not a paragraph. */
void md_begin_structure(struct md *md);

/* Writes the paragraph that has been collected. */
void md_flush(struct md *md);

/* Appends Markdown to the paragraph; it is written as it is. */
void md_add_raw(struct md *md, const char *s, size_t len);

/* Writes the node's children as a block. */
void md_write_block(struct md *md, const xmlNode *n);

/* links.c */
void md_write_link(struct md *md, const xmlNode *n);
void md_write_area(struct md *md, const xmlNode *n);
void md_write_image(struct md *md, const xmlNode *n);

/* lists.c */
void md_write_list(struct md *md, const xmlNode *n);
void md_write_item(struct md *md, const xmlNode *n);
void md_write_quote(struct md *md, const xmlNode *n);
void md_write_definitions(struct md *md, const xmlNode *n);
void md_write_term(struct md *md, const xmlNode *n);
void md_write_input(struct md *md, const xmlNode *n);

/* code.c */
void md_write_pre(struct md *md, const xmlNode *n);
void md_write_code(struct md *md, const xmlNode *n);

/* Returns true if the element holds line numbers or a button of a code
 * block. */
bool md_is_code_gadget(const xmlNode *n);

/* table.c */
void md_write_table(struct md *md, const xmlNode *n);

/* Returns true if the table has data; false: its purpose is the layout of the
 * page (table_kind.c). */
bool md_is_data_table(const struct md *md, const xmlNode *table);

/* math.c: writes the element if it is a formula, or the picture of one.
 * Returns false if it is not. */
bool md_write_math(struct md *md, const xmlNode *n);

#endif
