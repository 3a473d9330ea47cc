/* Text content and serialised markup of a node. */
#ifndef PARSE_TEXT_NODE_TEXT_H
#define PARSE_TEXT_NODE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

#include "base/buf.h"

/* Appends s with each run of ASCII white space replaced by one space, and none
 * at its ends. */
void text_collapse(struct buf *out, const char *s, size_t len);

/* Appends the node's textContent (DOM Standard), unchanged: for an element or
 * document all text inside it (in HTML without that of templates), for an
 * attribute its value. */
void text_of(struct buf *out, const xmlNode *node);

/* Does what text_of() does for an element or document, but visits no more than
 * `most` nodes. Returns false if there are more; out then has only the first
 * part of the text. */
bool text_of_small(struct buf *out, const xmlNode *element, size_t most);

/* Append the node itself and its contents as HTML (HTML Standard, 13.3,
 * serializing fragments) or as XML. In XML, a namespace is declared only at the
 * element where the document declares it, so a part of the document may lack
 * declarations. An attribute is written as name="value". */
void text_outer_html(struct buf *out, const xmlNode *node);
void text_outer_xml(struct buf *out, const xmlNode *node);

/* Returns the value of the node's attribute, borrowed from the tree or from
 * scratch; NULL if there is none. In HTML, name must be in lower case; in XML,
 * it is the name as in the document, with its prefix. */
const char *text_attribute(const xmlNode *node, const char *name,
			   struct buf *scratch);

#endif
