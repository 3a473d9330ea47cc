#include "parse/article/metadata/element_text.h"

#include <string.h>

#include "base/utf8.h"
#include "parse/article/metadata/words.h"
#include "parse/html/html.h"
#include "parse/text/node_text.h"

enum { NODES_MAX = 300 };

bool element_is_hidden(const xmlNode *n)
{
	const struct html_name *name = html_name(n);

	if (!name || name->space != HTML_SPACE)
		return true;
	switch (name->id) {
	case N_SCRIPT:
	case N_STYLE:
	case N_TITLE:
	case N_NOSCRIPT:
	case N_TEXTAREA:
	case N_OPTION:
	case N_SELECT:
	case N_TEMPLATE:
		return true;
	default:
		return false;
	}
}

/* Returns true if no element both ends and begins between two text nodes. */
static bool continues(const xmlNode *before, const xmlNode *n)
{
	return n->parent == before->parent ||
	       n->parent->parent == before->parent ||
	       n->parent == before->parent->parent;
}

static void add_piece(struct buf *out, const xmlNode *before,
		      const xmlNode *n, size_t max_bytes)
{
	const char *s = (const char *)n->content;
	struct slice text = {s, strnlen(s, max_bytes * 4)};

	text = words_trim(text);
	if (!text.len)
		return;
	if (out->len)
		buf_addch(out, continues(before, n) ? ' ' : '\n');
	if (text.len > max_bytes)
		text.len = utf8_valid_prefix(text.p, max_bytes);
	text_collapse(out, text.p, text.len);
}

void element_text(struct buf *out, const xmlNode *element, size_t max_bytes)
{
	const size_t start = out->len;
	const xmlNode *last = element->last, *before = NULL;
	const xmlNode *n = element->children;

	while (last && last->type == XML_ELEMENT_NODE && last->last)
		last = last->last;
	for (int i = 0; n && i < NODES_MAX; i++, n = html_next_node(n)) {
		if (n->type == XML_TEXT_NODE && n->content &&
		    !element_is_hidden(n->parent)) {
			const size_t len = out->len;

			add_piece(out, before, n, max_bytes);
			if (out->len > len)
				before = n;
		}
		if (n == last || out->len - start >= max_bytes)
			return;
	}
}
