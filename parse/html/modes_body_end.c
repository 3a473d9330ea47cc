/* "After body" and "after after body" (HTML Standard, 13.2.6.4.19 and
 * 13.2.6.4.22). */
#include "parse/html/builder.h"

/* Returns true if the token is white space, which is processed "in body"
 * without returning to that mode. */
static bool is_space_text(const struct html_builder *b)
{
	return b->token->kind == TOKEN_TEXT && builder_is_space(b);
}

static bool is_start_html(const struct html_builder *b)
{
	return b->token->kind == TOKEN_START &&
	       b->token->name->id == N_HTML;
}

/* White space in front of other text is in the same token. Going back to "in
 * body" with the whole token gives the same result as handling the white space
 * first. */
void mode_after_body(struct html_builder *b)
{
	switch (b->token->kind) {
	case TOKEN_COMMENT:
	case TOKEN_INSTRUCTION:
		builder_insert_comment_at(b, (struct html_place){
			builder_node(b, 1), NULL});
		return;
	case TOKEN_DOCTYPE:
		return;
	case TOKEN_END_OF_FILE:
		b->stopped = true;
		return;
	default:
		break;
	}
	if (is_space_text(b) || is_start_html(b)) {
		builder_process_in(b, MODE_IN_BODY);
		return;
	}
	if (b->token->kind == TOKEN_END && b->token->name->id == N_HTML) {
		b->mode = MODE_AFTER_AFTER_BODY;
		return;
	}
	b->mode = MODE_IN_BODY;
	builder_process(b);
}

void mode_after_after_body(struct html_builder *b)
{
	switch (b->token->kind) {
	case TOKEN_COMMENT:
	case TOKEN_INSTRUCTION:
		builder_insert_comment_at(b, (struct html_place){
			html_nodes_document(&b->nodes), NULL});
		return;
	case TOKEN_END_OF_FILE:
		b->stopped = true;
		return;
	case TOKEN_DOCTYPE:
		builder_process_in(b, MODE_IN_BODY);
		return;
	default:
		break;
	}
	if (is_space_text(b) || is_start_html(b)) {
		builder_process_in(b, MODE_IN_BODY);
		return;
	}
	b->mode = MODE_IN_BODY;
	builder_process(b);
}
