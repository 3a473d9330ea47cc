/* Kinds of elements of a page, for finding its content. */
#ifndef PARSE_ARTICLE_TAGS_H
#define PARSE_ARTICLE_TAGS_H

#include <stdbool.h>

#include <libxml/tree.h>

/* Returns true if the element is part of a line of text, as <b> is. The other
 * elements begin a block. */
bool tag_is_inline(const xmlNode *element);

/* Returns true if the text in the element is never shown as text: scripts,
 * styles, drawings, templates. */
bool tag_is_invisible(const xmlNode *element);

/* Returns the level of a heading, 1 to 6, or 0. */
int tag_heading(const xmlNode *element);

#endif
