/* Escapes text that Markdown would read as markup, and only that. */
#ifndef PARSE_MARKDOWN_ESCAPE_H
#define PARSE_MARKDOWN_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* The characters that may be markup in this paragraph, and where the text
 * is. */
struct md_escapes {
	bool backtick, star, underscore, tilde, dollar;
	bool in_link;		/* text of a link or an image */
	bool in_cell;		/* text in a cell of a table */
	/* What follows the text: 0: nothing, '[': a link, '!': an image, '?':
	 * possibly text; anything else: other markup. */
	char next;
};

/* Returns true if a character reference begins at s, even one that HTML does
 * not know. */
bool md_is_reference(const char *s, const char *end);

/* Appends a text of a paragraph. The beginnings of lines are not
 * examined: see md_escape_lines(). */
void md_add_text(struct buf *out, const char *s, size_t len,
		 const struct md_escapes *how);

/* destination.c: appends the title of a link in double quotes, with a space
 * before it. */
void md_add_title(struct buf *out, const char *s, size_t len, bool in_cell);

/* Appends the destination of a link. */
void md_add_destination(struct buf *out, const char *s, size_t len,
			bool in_cell);

/* escape_lines.c: appends a paragraph that consists of one or more lines, where
 * text at the beginning of a line that would begin another block (a heading, a
 * list, a rule...) is escaped. task: the paragraph begins an item of a list,
 * and its first characters are text: "[ ]" would make it a task. */
void md_escape_lines(struct buf *out, const char *s, size_t len, bool task);

/* Appends the text of a heading, whose last "#" characters would be left
 * out. */
void md_escape_heading(struct buf *out, const char *s, size_t len);

#endif
