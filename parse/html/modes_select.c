/* Start tags of <select> and of its content, for the mode "in body" (the
 * standard has no insertion mode for select), and the closing of an option. */
#include "parse/html/builder.h"
#include "parse/html/common/limits.h"

void body_start_select(struct html_builder *b)
{
	if (builder_has(b, N_SELECT, IN_SCOPE)) {
		builder_pop_until(b, N_SELECT);
		return;
	}
	body_insert_active(b);
	b->frameset_ok = false;
}

void body_start_option(struct html_builder *b)
{
	if (builder_has(b, N_SELECT, IN_SCOPE))
		builder_generate_implied(b, N_OPTGROUP);
	else if (builder_top_id(b) == N_OPTION)
		builder_pop(b);
	body_insert_active(b);
}

void body_start_optgroup(struct html_builder *b)
{
	if (builder_has(b, N_SELECT, IN_SCOPE))
		builder_generate_implied(b, N_OTHER);
	else if (builder_top_id(b) == N_OPTION)
		builder_pop(b);
	body_insert_active(b);
}

void body_start_selectedcontent(struct html_builder *b)
{
	b->selectedcontent = true;
	if (b->kept_in_select)
		builder_give_up_outline(b);
	body_insert_active(b);
}

void builder_copy_option(struct html_builder *b, struct _xmlNode *option)
{
	builder_charge(b, html_nodes_copy_option(&b->nodes, option));
	b->extra_depth = HTML_TREE_DEPTH;
}
