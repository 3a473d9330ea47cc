/* Takes the one <article>, else the one <main>, else <body>. */
#include "parse/article/content.h"

#include <stdlib.h>

#include "base/mem.h"
#include "parse/html/html.h"

static void add_root(struct content *content, const xmlNode *node)
{
	const size_t bytes = (content->count + 1) * sizeof(*content->roots);

	content->roots = xrealloc(content->roots, bytes);
	content->roots[content->count++] = node;
}

/* Returns the one element of the document with this name; NULL if there are
 * none or several. */
static const xmlNode *only_element(const xmlDoc *doc, enum html_id id)
{
	const xmlNode *only = NULL;

	for (const xmlNode *n = doc->children; n; n = html_next_node(n)) {
		if (n->type != XML_ELEMENT_NODE || !html_is(n, id))
			continue;
		if (only)
			return NULL;
		only = n;
	}
	return only;
}

void content_find(struct content *content, const xmlDoc *doc)
{
	const xmlNode *root = only_element(doc, N_ARTICLE);

	if (!root)
		root = only_element(doc, N_MAIN);
	if (root)
		add_root(content, root);
	else
		content_of_page(content, doc);
}

void content_of_page(struct content *content, const xmlDoc *doc)
{
	const xmlNode *body = only_element(doc, N_BODY);

	if (body)
		add_root(content, body);
}

bool content_skips(const struct content *content, const xmlNode *node)
{
	(void)content;
	if (node->type != XML_ELEMENT_NODE)
		return false;
	switch (html_name(node)->id) {
	case N_SCRIPT:
	case N_STYLE:
	case N_NOSCRIPT:
	case N_TEMPLATE:
	case N_NAV:
	case N_IFRAME:
	case N_HEAD:
		return true;
	default:
		return false;
	}
}

void content_release(struct content *content)
{
	free(content->roots);
	*content = (struct content){0};
}
