/* Handles white space at the start of a text, which several insertion modes
 * treat differently from the rest of the text. */
#include "parse/html/builder.h"
#include "parse/html/tokenizer/find.h"

static size_t space_prefix(const struct html_text *text)
{
	size_t n = 0;

	while (n < text->len && find_is(text->p[n], IS_SPACE))
		n++;
	return n;
}

bool builder_is_space(const struct html_builder *b)
{
	return space_prefix(&b->token->text) == b->token->text.len;
}

bool builder_drop_space(struct html_builder *b)
{
	struct html_text *text = &b->token->text;
	const size_t n = space_prefix(text);

	text->p += n;
	text->len -= n;
	return !text->len;
}

bool builder_insert_space(struct html_builder *b)
{
	struct html_text *text = &b->token->text;
	const size_t n = space_prefix(text);

	html_nodes_text(&b->nodes, builder_place(b, 0), b->token, text->p, n);
	text->p += n;
	text->len -= n;
	return !text->len;
}
