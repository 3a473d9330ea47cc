/* Finds content and metadata, and writes the text: one paragraph for each
 * block. */
#include "parse/article/article.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "parse/html/html.h"
#include "parse/text/node_text.h"

/* The text that is being written. */
struct text_writer {
	struct buf *out;
	struct buf block;	/* text of the block so far, as in the tree */
	const struct content *content;
};

static void end_block(struct text_writer *w)
{
	const size_t before = w->out->len;
	size_t start;

	if (before)
		buf_addstr(w->out, "\n\n");
	start = w->out->len;
	text_collapse(w->out, buf_cstr(&w->block), w->block.len);
	if (w->out->len == start)
		w->out->len = before;
	buf_clear(&w->block);
}

static bool is_inline(const xmlNode *n)
{
	static const enum html_id ids[] = {
		N_A, N_ABBR, N_B, N_BIG, N_CITE, N_CODE, N_DEL,
		N_DFN, N_EM, N_FONT, N_I, N_INS, N_KBD, N_Q, N_S,
		N_SAMP, N_SMALL, N_SPAN, N_STRONG, N_SUB, N_SUP, N_TIME, N_TT,
		N_U, N_VAR, N_WBR,
	};

	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++)
		if (html_is(n, ids[i]))
			return true;
	return false;
}

static bool is_block(const xmlNode *n)
{
	return n->type == XML_ELEMENT_NODE && !is_inline(n);
}

/* Returns the next node in document order below root, without the descendants
 * of n; ends the blocks that are left. */
static const xmlNode *leave(struct text_writer *w, const xmlNode *n,
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

static void write_root(struct text_writer *w, const xmlNode *root)
{
	const xmlNode *n = root->children;

	while (n) {
		const bool skip = content_skips(w->content, n);

		if (is_block(n))
			end_block(w);
		if (!skip && n->type == XML_TEXT_NODE)
			buf_addstr(&w->block, (const char *)n->content);
		if (!skip && n->type == XML_ELEMENT_NODE && n->children)
			n = n->children;
		else
			n = leave(w, n, root);
	}
	end_block(w);
}

static uint64_t count_words(const struct buf *text)
{
	uint64_t words = 0;
	bool inside = false;

	for (size_t i = 0; i < text->len; i++) {
		const bool space = ascii_is_space(text->data[i]);

		words += !space && !inside;
		inside = !space;
	}
	return words;
}

/* Cuts the text off between two characters if it is longer than max. */
static void limit_text(struct buf *text, uint64_t max)
{
	if (!max || text->len <= max)
		return;
	text->len = utf8_valid_prefix(text->data, (size_t)max);
}

static void write_text(struct article *out, uint64_t max)
{
	struct text_writer w = {.out = &out->text, .content = &out->content};

	for (size_t i = 0; i < out->content.count; i++)
		write_root(&w, out->content.roots[i]);
	buf_release(&w.block);
	limit_text(&out->text, max);
	out->words = count_words(&out->text);
}

void article_read(struct article *out, const xmlDoc *doc,
		  const struct article_options *options)
{
	content_find(&out->content, doc);
	if (options->content_only)
		return;
	metadata_read(&out->metadata, doc, options->url);
	write_text(out, options->max_text);
	out->type = out->text.len ? ARTICLE_ARTICLE : ARTICLE_OTHER;
}

void article_release(struct article *article)
{
	metadata_release(&article->metadata);
	content_release(&article->content);
	buf_release(&article->text);
	*article = (struct article){0};
}
