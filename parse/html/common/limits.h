/* Limits of the HTML parser. The number and length of attributes, names, texts
 * and ids are not limited, since all work on them is linear. */
#ifndef PARSE_HTML_COMMON_LIMITS_H
#define PARSE_HTML_COMMON_LIMITS_H

enum {
	/* Maximum number of open elements, and so of the tree's depth: an
	 * element that would be deeper becomes a sibling (as in Chromium). */
	HTML_TREE_DEPTH = 512,

	/* Maximum size of a page's tree, in bytes. */
	HTML_TREE_BYTES = 1 << 30,

	/* Budget of a page for reopening formatting elements: HTML_BUDGET_BASE,
	 * plus 1 for each HTML_BUDGET_BYTES of the page. A clone costs 1, plus
	 * 1 for each HTML_CLONE_BYTES of its attributes' values;
	 * HTML_BUDGET_STEPS steps through the lists cost 1. When the budget is
	 * used up, nothing is reopened. */
	HTML_BUDGET_BASE = 10000,
	HTML_BUDGET_BYTES = 16,
	HTML_CLONE_BYTES = 16,
	HTML_BUDGET_STEPS = 16,
};

#endif
