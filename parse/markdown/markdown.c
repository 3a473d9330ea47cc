/* Writes headings and paragraphs, whose text is escaped. */
#include "parse/markdown/markdown.h"

#include <string.h>

#include "base/utf8.h"
#include "parse/html/html.h"
#include "parse/text/node_text.h"

struct writer {
	struct buf *out;
	struct buf block;	/* text of the block so far, as in the tree */
	const char *prefix;	/* of the block */
	const struct markdown_source *source;
};

static void add_escaped(struct buf *out, const struct buf *text)
{
	for (size_t i = 0; i < text->len; i++) {
		if (text->data[i] && strchr("\\`*_{}[]<>()#+-.!|~&",
					    text->data[i]))
			buf_addch(out, '\\');
		buf_addch(out, text->data[i]);
	}
}

static void end_block(struct writer *w)
{
	struct buf text = {0};

	text_collapse(&text, buf_cstr(&w->block), w->block.len);
	if (text.len) {
		if (w->out->len)
			buf_addstr(w->out, "\n");
		buf_addstr(w->out, w->prefix);
		add_escaped(w->out, &text);
		buf_addch(w->out, '\n');
	}
	buf_release(&text);
	buf_clear(&w->block);
	w->prefix = "";
}

static const char *prefix_of(const xmlNode *n)
{
	static const enum html_id ids[] = {N_H1, N_H2, N_H3, N_H4, N_H5, N_H6};

	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++)
		if (html_is(n, ids[i]))
			return &"###### "[5 - i];
	return "";
}

static bool is_block(const xmlNode *n)
{
	static const enum html_id ids[] = {
		N_A, N_B, N_CODE, N_EM, N_I, N_SPAN, N_STRONG, N_SUB, N_SUP,
	};

	if (n->type != XML_ELEMENT_NODE)
		return false;
	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++)
		if (html_is(n, ids[i]))
			return false;
	return true;
}

/* Returns the next node in document order below root, without the descendants
 * of n; ends the blocks that are left. */
static const xmlNode *leave(struct writer *w, const xmlNode *n,
			    const xmlNode *root)
{
	for (; n != root; n = n->parent) {
		if (is_block(n))
			end_block(w);
		if (n->next)
			return n->next;
	}
	return NULL;
}

static void write_root(struct writer *w, const xmlNode *root)
{
	const xmlNode *n = root->children;

	while (n) {
		const bool skip = w->source->skips(w->source->ctx, n);

		if (is_block(n)) {
			end_block(w);
			w->prefix = prefix_of(n);
		}
		if (!skip && n->type == XML_TEXT_NODE)
			buf_addstr(&w->block, (const char *)n->content);
		if (!skip && n->type == XML_ELEMENT_NODE && n->children)
			n = n->children;
		else
			n = leave(w, n, root);
	}
	end_block(w);
}

void markdown_write(struct buf *out, const struct markdown_source *source)
{
	struct writer w = {.out = out, .prefix = "", .source = source};

	for (size_t i = 0; i < source->count; i++)
		write_root(&w, source->roots[i]);
	buf_release(&w.block);
	if (source->max && out->len > source->max)
		out->len = utf8_valid_prefix(out->data, (size_t)source->max);
}
