/*
 * Limits the depth of a finished tree. New elements are not inserted below the
 * limit, but an adoption makes the nodes it moves deeper, and a
 * <selectedcontent> gets a copy of other nodes.
 */
#include "parse/html/nodes/internal.h"

#include "parse/html/common/limits.h"

static xmlNode *first_element(const xmlNode *parent)
{
	xmlNode *n = parent->children;

	while (n && n->type != XML_ELEMENT_NODE)
		n = n->next;
	return n;
}

/* Joins a text node with the next node if the next node is a text, too. */
static void join_texts(struct html_nodes *n, xmlNode *text)
{
	xmlNode *next = text->next;

	if (text->type != XML_TEXT_NODE || !next ||
	    next->type != XML_TEXT_NODE)
		return;
	html_nodes_add_text(n, text, (const char *)next->content,
			    strlen((const char *)next->content));
	html_nodes_remove(n, next);
}

/* Makes the children of node, from its first child element on, the next
 * siblings of node. The document order does not change. */
static void move_children_up(struct html_nodes *n, xmlNode *node)
{
	xmlNode *first = first_element(node), *last = node->last;

	if (!first)
		return;
	node->last = first->prev;
	if (node->last)
		node->last->next = NULL;
	else
		node->children = NULL;
	for (xmlNode *child = first; child; child = child->next)
		child->parent = node->parent;
	first->prev = node;
	last->next = node->next;
	if (last->next)
		last->next->prev = last;
	else
		node->parent->last = last;
	node->next = first;
	join_texts(n, last);
}

void html_nodes_flatten(struct html_nodes *n)
{
	xmlNode *node = (xmlNode *)n->doc;
	size_t depth = 0;

	while (node) {
		if (node->type == XML_ELEMENT_NODE && depth > HTML_TREE_DEPTH)
			move_children_up(n, node);
		if (node->children && (node->type == XML_ELEMENT_NODE ||
				       !depth)) {
			node = node->children;
			depth++;
			continue;
		}
		while (node && !node->next) {
			node = node->parent;
			depth--;
		}
		node = node ? node->next : NULL;
	}
}
