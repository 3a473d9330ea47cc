/* Internal to the files of nodes/, which use the layout of libxml2's nodes. */
#ifndef PARSE_HTML_NODES_INTERNAL_H
#define PARSE_HTML_NODES_INTERNAL_H

#include <stddef.h>
#include <string.h>

#include <libxml/tree.h>

#include "parse/html/nodes/nodes.h"

/* Bytes allocated for an element, and for any other node. Fields of xmlNode
 * after that are never read. */
enum {
	NODE_ELEMENT_BYTES = offsetof(xmlNode, line),
	NODE_TEXT_BYTES = offsetof(xmlNode, properties),
};

/* Names of text nodes and comment nodes, as in libxml2's trees. */
extern const xmlChar html_nodes_text_name[];	/* "text" */
extern const xmlChar html_nodes_comment_name[];	/* "comment" */

/* Appends to a text node. Its content is moved to the page's region. */
void html_nodes_add_text(struct html_nodes *n, xmlNode *text, const char *p,
			 size_t len);

/* Returns an attribute's value with references decoded: in place, or in the
 * region if the value grows. */
xmlChar *html_nodes_value(struct html_nodes *n, const struct html_attr *a);

/* --- parse/html/nodes/outline.c --- */

/* Returns true if the outline needs a node for an element with this name and
 * these attributes. */
bool html_outline_must_create(const struct html_nodes *n,
			      const struct html_name *name,
			const struct html_attr *attrs, size_t count);

/* Returns true if elements named name keep their attribute attr. */
bool html_outline_wants_attr(const struct html_nodes *n,
			     const struct html_name *name,
			     const struct html_name *attr);

/* Returns true if an element with this name at the place is a second <title> or
 * <base>, which is not needed: only the first one in tree order counts. */
bool html_outline_is_second(struct html_nodes *n, const struct html_name *name,
			    struct html_place place);

/* Inserts a new element at the place, or counts it as a link, if the place is
 * directly in the document. An element that is in the document already stays
 * where it is. */
void html_outline_insert(struct html_nodes *n, xmlNode *node,
			 struct html_place place);

/* Removes the marker nodes. */
void html_outline_end(struct html_nodes *n);

void html_outline_text(struct html_nodes *n, xmlNode *in, const char *p,
		       size_t len);

static inline void node_link(xmlNode *node, struct html_place place)
{
	xmlNode *parent = place.parent, *next = place.before;
	xmlNode *prev = next ? next->prev : parent->last;

	node->parent = parent;
	node->next = next;
	node->prev = prev;
	if (prev)
		prev->next = node;
	else
		parent->children = node;
	if (next)
		next->prev = node;
	else
		parent->last = node;
}

static inline void node_unlink(xmlNode *node)
{
	xmlNode *parent = node->parent;

	if (!parent)
		return;
	if (node->prev)
		node->prev->next = node->next;
	else
		parent->children = node->next;
	if (node->next)
		node->next->prev = node->prev;
	else
		parent->last = node->prev;
	node->parent = node->prev = node->next = NULL;
}

/* Sets the first NODE_TEXT_BYTES of a node. The members are set one by one
 * because compilers turn memset() into slower code. */
static inline void node_init(xmlNode *node, xmlElementType type, xmlDoc *doc,
			     const xmlChar *name, xmlChar *content)
{
	node->_private = NULL;
	node->type = type;
	node->name = name;
	node->children = NULL;
	node->last = NULL;
	node->parent = NULL;
	node->next = NULL;
	node->prev = NULL;
	node->doc = doc;
	node->ns = NULL;
	node->content = content;
}

/* Creates a node that is no element. */
static inline xmlNode *node_new(struct html_nodes *n, xmlElementType type,
				const xmlChar *name, xmlChar *content)
{
	xmlNode *node = html_region_get(&n->region, NODE_TEXT_BYTES);

	node_init(node, type, n->doc, name, content);
	return node;
}

#endif
