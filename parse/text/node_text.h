/* What a node says: its text, and its markup. */
#ifndef PARSE_TEXT_NODE_TEXT_H
#define PARSE_TEXT_NODE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

#include "base/buf.h"

/* Appends s with each run of ASCII white space as one space, and none at its
 * ends. */
void text_collapse(struct buf *out, const char *s, size_t len);

/* Appends the node's textContent (DOM Standard), as it is: of an element or
 * document all text inside it (in HTML not that of templates), of an attribute
 * its value. */
void text_of(struct buf *out, const xmlNode *node);

/* Appends the node as HTML (HTML Standard, 13.3, serializing fragments: the
 * node itself included), or as XML: namespaces are declared where the document
 * did, not once more in a part of it. An attribute is name="value". */
void text_outer_html(struct buf *out, const xmlNode *node);
void text_outer_xml(struct buf *out, const xmlNode *node);

/* The attribute's value, borrowed from the tree or from scratch; NULL: there is
 * none. Names in HTML are lower case; in XML they are those of the document,
 * with their prefix. */
const char *text_attribute(const xmlNode *node, const char *name,
			   struct buf *scratch);

#endif
