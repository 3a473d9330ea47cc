/* Tells tables of data from tables that only lay out the page. */
#include <string.h>

#include "base/ascii.h"
#include "parse/markdown/writer.h"

/* The results of one walk over a table, without the tables inside of it. */
struct signs {
	bool header, nested, blocks;
	size_t rows, cells;		/* cells of the row so far */
	size_t most_cells;		/* largest number of cells in a row */
};

/* Elements that seldom stand in a cell of data. */
static bool is_large_block(const xmlNode *n)
{
	static const enum html_id ids[] = {
		N_H1, N_H2, N_H3, N_H4, N_H5, N_H6, N_PRE, N_FORM, N_UL, N_OL,
		N_DL, N_BLOCKQUOTE, N_ARTICLE, N_SECTION, N_HR, N_NAV,
	};

	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++)
		if (html_is(n, ids[i]))
			return true;
	return false;
}

static void look_at(struct signs *signs, const xmlNode *n)
{
	if (html_is(n, N_TR)) {
		signs->rows++;
		signs->cells = 0;
	} else if (html_is(n, N_TD) || html_is(n, N_TH)) {
		if (!md_is_code_gadget(n))
			signs->cells++;
		if (signs->cells > signs->most_cells)
			signs->most_cells = signs->cells;
		signs->header |= html_is(n, N_TH);
	} else if (html_is(n, N_CAPTION) || html_is(n, N_THEAD)) {
		signs->header = true;
	} else if (html_is(n, N_TABLE)) {
		signs->nested = true;
	} else {
		signs->blocks |= is_large_block(n);
	}
}

/* Returns the next node inside of the table, in document order. */
static const xmlNode *next_node(const xmlNode *n, const xmlNode *table)
{
	if (n->children && n->type == XML_ELEMENT_NODE &&
	    (n == table || !html_is(n, N_TABLE)))
		return n->children;
	while (n != table && !n->next)
		n = n->parent;
	return n == table ? NULL : n->next;
}

static bool is_presentation(const xmlNode *table)
{
	const char *role = md_attribute(table, "role");
	const struct slice s = {role, role ? strlen(role) : 0};

	return role && (ascii_is(s, "presentation") || ascii_is(s, "none"));
}

bool md_is_data_table(const struct md *md, const xmlNode *table)
{
	struct signs signs = {0};

	(void)md;
	if (is_presentation(table))
		return false;
	for (const xmlNode *n = table; (n = next_node(n, table));)
		if (n->type == XML_ELEMENT_NODE)
			look_at(&signs, n);
	if (signs.header)
		return signs.most_cells > 0 &&
		       (signs.most_cells > 1 || signs.rows > 1 ||
			!(signs.nested || signs.blocks));
	return signs.most_cells > 1 && !signs.nested && !signs.blocks;
}
