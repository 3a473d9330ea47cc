/* Finds the appropriate place for inserting a node, with foster parenting and
 * the limit of the depth. */
#include "parse/html/builder.h"

/* The foster parent location, for nodes that a table cannot contain. */
static struct html_place foster_place(struct html_builder *b)
{
	const uint32_t table = builder_name(b, N_TABLE)->top;
	const uint32_t template = builder_name(b, N_TEMPLATE)->top;
	struct _xmlNode *node, *parent;

	if (template > table)
		return (struct html_place){builder_node(b, template), NULL};
	if (!table)
		return (struct html_place){builder_node(b, 1), NULL};
	node = builder_node(b, table);
	parent = html_nodes_parent(node);
	if (parent)
		return (struct html_place){parent, node};
	return (struct html_place){builder_node(b, table - 1), NULL};
}

static bool is_table_part(const struct html_name *name)
{
	switch (name->id) {
	case N_TABLE:
	case N_TBODY:
	case N_TFOOT:
	case N_THEAD:
	case N_TR:
		return true;
	default:
		return false;
	}
}

bool builder_is_fostering(const struct html_builder *b, uint32_t at)
{
	return b->foster && is_table_part(b->stack.open[at].name);
}

struct html_place builder_find_place(struct html_builder *b, uint32_t at)
{
	if (builder_is_fostering(b, at))
		return foster_place(b);
	return (struct html_place){builder_node(b, at), NULL};
}

struct html_place builder_find_shallow_place(struct html_builder *b)
{
	struct html_place place = builder_place(b, 0);
	struct _xmlNode *above;

	if (b->stack.count > HTML_TREE_DEPTH && !place.before) {
		above = html_nodes_parent(place.parent);
		if (above)
			place.parent = above;
	}
	return place;
}
