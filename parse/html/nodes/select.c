/* Copies the selected option of a <select> to its <selectedcontent> (HTML
 * Standard, 4.10.11). */
#include "parse/html/nodes/internal.h"

#include "parse/html/common/limits.h"

static bool is_element(const xmlNode *node, enum html_id id)
{
	return node->type == XML_ELEMENT_NODE &&
	       ((const struct html_name *)node->psvi)->id == id;
}

static bool has_attr(const xmlNode *node, enum html_id id)
{
	for (const xmlAttr *a = node->properties; a; a = a->next)
		if (((const struct html_name *)a->psvi)->id == id)
			return true;
	return false;
}

/* Returns the next node in document order within top, or NULL. */
static xmlNode *next_in_order(const xmlNode *node, const xmlNode *top)
{
	if (node->children)
		return node->children;
	while (node != top && !node->next)
		node = node->parent;
	return node == top ? NULL : node->next;
}

static xmlNode *find_element(const xmlNode *top, enum html_id id)
{
	xmlNode *node = (xmlNode *)top;

	while ((node = next_in_order(node, top)) && !is_element(node, id))
		;
	return node;
}

static xmlNode *find_select(xmlNode *node)
{
	while ((node = node->parent) && !is_element(node, N_SELECT))
		;
	return node;
}

/* Returns true if the option is the selected one: the last with the attribute
 * `selected` or, if there is none, the first that is not disabled. */
static bool is_selected(xmlNode *option, const xmlNode *select, size_t *steps)
{
	const xmlNode *first = NULL, *last = NULL;

	for (xmlNode *n = (xmlNode *)select; (n = next_in_order(n, select));) {
		++*steps;
		if (!is_element(n, N_OPTION))
			continue;
		if (!first && !has_attr(n, N_DISABLED))
			first = n;
		if (has_attr(n, N_SELECTED))
			last = n;
	}
	return option == (last ? last : first);
}

static xmlNode *copy_node(struct html_nodes *n, const xmlNode *node)
{
	xmlNode *copy;

	if (node->type == XML_ELEMENT_NODE)
		return html_nodes_clone(n, node);
	copy = html_region_get(&n->region, NODE_TEXT_BYTES);
	memcpy(copy, node, NODE_TEXT_BYTES);
	copy->parent = copy->prev = copy->next = NULL;
	copy->_private = NULL;
	return copy;
}

/* Appends copies of all descendants of `from` to the node `to`, which must not
 * be inside `from`. */
static void copy_children(struct html_nodes *n, const xmlNode *from,
			  xmlNode *to, size_t *steps)
{
	const xmlNode *node = from;
	xmlNode *parent = to, *copy;

	while (node->children || node != from) {
		if (node->children && (node == from || parent->last)) {
			if (node != from)
				parent = parent->last;
			node = node->children;
		} else {
			while (node != from && !node->next) {
				node = node->parent;
				parent = parent->parent;
			}
			if (node == from)
				return;
			node = node->next;
		}
		copy = copy_node(n, node);
		*steps += HTML_BUDGET_STEPS;
		node_link(copy, (struct html_place){parent, NULL});
	}
}

size_t html_nodes_copy_option(struct html_nodes *n, xmlNode *option)
{
	xmlNode *select, *content;
	size_t steps = 1;

	if (!option)
		return 0;
	html_nodes_close_text(n);
	select = find_select(option);
	if (!select || has_attr(select, N_MULTIPLE) ||
	    !is_selected(option, select, &steps))
		return steps;
	content = find_element(select, N_SELECTEDCONTENT);
	for (const xmlNode *up = content; up; up = up->parent)
		if (up == option)
			return steps;
	if (!content)
		return steps;
	content->children = content->last = NULL;
	copy_children(n, option, content, &steps);
	return steps;
}
