/* Framesets (HTML Standard, 13.2.6.4.20, 13.2.6.4.21 and 13.2.6.4.23). */
#include "parse/html/builder.h"
#include "parse/html/tokenizer/find.h"

/* Inserts the white space of a text, piece by piece, and drops all else. */
static void insert_spaces(struct html_builder *b)
{
	struct html_text *text = &b->token->text;

	while (text->len) {
		if (find_is(*text->p, IS_SPACE)) {
			builder_insert_space(b);
			continue;
		}
		text->p++;
		text->len--;
	}
}

/* Handles the tokens that the three frameset modes treat alike. Returns false
 * for other tokens. */
static bool handle_common(struct html_builder *b, bool in_document)
{
	switch (b->token->kind) {
	case TOKEN_TEXT:
		if (in_document)
			break;
		insert_spaces(b);
		return true;
	case TOKEN_COMMENT:
	case TOKEN_INSTRUCTION:
		if (in_document)
			builder_insert_comment_at(b, (struct html_place){
				html_nodes_document(&b->nodes), NULL});
		else
			builder_insert_comment(b);
		return true;
	case TOKEN_END_OF_FILE:
		b->stopped = true;
		return true;
	case TOKEN_START:
		if (b->token->name->id == N_HTML)
			builder_process_in(b, MODE_IN_BODY);
		else if (b->token->name->id == N_NOFRAMES)
			builder_process_in(b, MODE_IN_HEAD);
		else
			return false;
		return true;
	default:
		break;
	}
	return false;
}

void mode_in_frameset(struct html_builder *b)
{
	const enum html_id id = b->token->kind == TOKEN_START ||
				b->token->kind == TOKEN_END ?
					b->token->name->id : N_OTHER;

	if (handle_common(b, false))
		return;
	if (b->token->kind == TOKEN_START && id == N_FRAMESET) {
		builder_insert(b);
	} else if (b->token->kind == TOKEN_START && id == N_FRAME) {
		builder_insert_void(b);
	} else if (b->token->kind == TOKEN_END && id == N_FRAMESET &&
		   b->stack.count > 1) {
		builder_pop(b);
		if (builder_top_id(b) != N_FRAMESET)
			b->mode = MODE_AFTER_FRAMESET;
	}
}

void mode_after_frameset(struct html_builder *b)
{
	if (handle_common(b, false))
		return;
	if (b->token->kind == TOKEN_END && b->token->name->id == N_HTML)
		b->mode = MODE_AFTER_AFTER_FRAMESET;
}

/* White space is processed by the rules of "in body": it goes into the current
 * node. */
void mode_after_after_frameset(struct html_builder *b)
{
	if (!handle_common(b, true) && b->token->kind == TOKEN_TEXT)
		insert_spaces(b);
}
