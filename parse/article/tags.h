/* Kinds of elements of a page, for finding its content. */
#ifndef PARSE_ARTICLE_TAGS_H
#define PARSE_ARTICLE_TAGS_H

#include <stdbool.h>

#include <libxml/tree.h>

#include "parse/html/html.h"

/* Kinds of elements. */
enum {
	TAG_INLINE = 1,
	TAG_INVISIBLE = 2,
};

/* The kinds of elements, by the numbers of their names. */
extern const unsigned char tag_kinds[N_COUNT];

/* Returns true for some elements without a number that are parts of a line. */
bool tag_is_rare_inline(const struct html_name *name);

/* Returns true if the element is part of a line of text, as <b> is. The other
 * elements begin a block. */
static inline bool tag_is_inline(const xmlNode *element)
{
	const struct html_name *name = html_name(element);

	return name->space != HTML_SPACE || tag_kinds[name->id] == TAG_INLINE ||
	       (name->id == N_OTHER && tag_is_rare_inline(name));
}

/* Returns true if the text in the element is never shown as text: scripts,
 * styles, drawings, templates. */
static inline bool tag_is_invisible(const xmlNode *element)
{
	const struct html_name *name = html_name(element);

	return tag_kinds[name->known] == TAG_INVISIBLE &&
	       (name->space == HTML_SPACE || name->known == N_SVG);
}

/* Returns the level of a heading, 1 to 6, or 0. */
int tag_heading(const xmlNode *element);

#endif
