/* What the HTML parser puts a limit to. There is none on the number or length
 * of attributes, names, texts and ids: all work on them is linear. */
#ifndef PARSE_HTML_COMMON_LIMITS_H
#define PARSE_HTML_COMMON_LIMITS_H

enum {
	/* Open elements below which the tree no longer grows downwards:
	 * deeper ones become siblings (as in Chromium). */
	HTML_TREE_DEPTH = 512,

	/* Bytes of a page's tree. */
	HTML_TREE_BYTES = 1 << 30,

	/* What may be spent on a page to reopen formatting elements:
	 * HTML_BUDGET_BASE, and 1 for each HTML_BUDGET_BYTES of the page. A
	 * clone costs 1, and 1 for each HTML_CLONE_BYTES of its attributes'
	 * values; HTML_BUDGET_STEPS steps through the lists cost 1. When it is
	 * spent, nothing is reopened. */
	HTML_BUDGET_BASE = 10000,
	HTML_BUDGET_BYTES = 16,
	HTML_CLONE_BYTES = 16,
	HTML_BUDGET_STEPS = 16,
};

#endif
