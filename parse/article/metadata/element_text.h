/* Text of small elements, such as headings and bylines. */
#ifndef PARSE_ARTICLE_METADATA_ELEMENT_TEXT_H
#define PARSE_ARTICLE_METADATA_ELEMENT_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

#include "base/buf.h"

/* Appends the text in an element, with a space between the pieces, or a line
 * feed where one element ends and another one begins, without scripts and style
 * sheets. Stops after max_bytes, or after a few hundred nodes. */
void element_text(struct buf *out, const xmlNode *element, size_t max_bytes);

/* Returns true if the text below this element is not shown to readers:
 * scripts, style sheets, the title, the texts of forms. */
bool element_is_hidden(const xmlNode *n);

#endif
