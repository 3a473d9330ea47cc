/* Estimates how much a filter can output, to recognise filters whose outputs
 * are many times as large as the input before they run. */
#include "parse/jq/path_node.h"

/* Largest estimate: above all limits, but so far below the largest double that
 * a product of two is finite. */
static const double cost_max = 1e30;

/* Returns the cost of a text of the filter that may be in the outputs once for
 * each element of a list. An element has at least two bytes of the input. */
static double cost_of_text(const struct path_node *node, enum path_texts texts)
{
	return texts == PATH_TEXTS_COUNT ? (double)node->text.len / 2 : 0;
}

static double cost_of_object(const struct path_node *object,
			     enum path_texts texts)
{
	double cost = 1;

	for (const struct path_node *m = object->left; m; m = m->right)
		cost += path_cost(m->left, texts) + cost_of_text(m, texts);
	return cost;
}

double path_cost(const struct path_node *node, enum path_texts texts)
{
	double cost = 1;

	if (node->kind == PATH_PIPE)
		cost = path_cost(node->left, texts) *
		       path_cost(node->right, texts);
	else if (node->kind == PATH_COMMA || node->kind == PATH_OR)
		cost = path_cost(node->left, texts) +
		       path_cost(node->right, texts);
	else if (node->kind == PATH_TRY)
		cost = path_cost(node->left, texts);
	else if (node->kind == PATH_ARRAY)
		cost += path_cost(node->left, texts);
	else if (node->kind == PATH_OBJECT)
		cost = cost_of_object(node, texts);
	else if (node->kind == PATH_LITERAL)
		cost += cost_of_text(node, texts);
	return cost < cost_max ? cost : cost_max;
}

/* Returns true if a node has one output for each element of a list. An array
 * that is made of a list is one output. */
static bool has_each(const struct path_node *node)
{
	return node && node->kind != PATH_ARRAY &&
	       (node->kind == PATH_EACH || has_each(node->left) ||
		has_each(node->right));
}

/* Returns true if the value of a member has one output for each element of a
 * list, while another member also has a value from the input, as in
 * {a:.[],b:.b}. */
static bool is_product(const struct path_node *object)
{
	unsigned lists = 0, others = 0;

	for (const struct path_node *m = object->left; m; m = m->right) {
		const bool is_list = has_each(m->left);

		lists += is_list;
		others += !is_list && m->left->kind != PATH_LITERAL;
	}
	return lists > 1 || (lists && others);
}

bool path_has_product(const struct path_node *node)
{
	return node && ((node->kind == PATH_OBJECT && is_product(node)) ||
			path_has_product(node->left) ||
			path_has_product(node->right));
}
