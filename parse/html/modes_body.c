/* "In body" (HTML Standard, 13.2.6.4.7): dispatch, text and end tags. Start
 * tags are in modes_body_start.c. */
#include "parse/html/builder.h"

void body_close_p(struct html_builder *b)
{
	builder_generate_implied(b, N_P);
	builder_pop_until(b, N_P);
}

void body_any_other_end_tag(struct html_builder *b, struct html_name *name)
{
	if (!name->top || name->top < html_stack_special(&b->stack))
		return;
	builder_generate_implied(b, name->id);
	builder_pop_to(b, name->top);
}

void body_text(struct html_builder *b)
{
	if (b->frameset_ok && !builder_is_space(b))
		b->frameset_ok = false;
	builder_reconstruct(b);
	builder_insert_text(b);
}

static void end_of_file(struct html_builder *b)
{
	if (b->templates)
		builder_process_in(b, MODE_IN_TEMPLATE);
	else
		b->stopped = true;
}

static void end_body(struct html_builder *b)
{
	if (!builder_has(b, N_BODY, IN_SCOPE))
		return;
	b->mode = MODE_AFTER_BODY;
	if (b->token->name->id == N_HTML)
		builder_process(b);
}

static void end_block(struct html_builder *b)
{
	const enum html_id id = b->token->name->id;

	if (builder_has(b, id, IN_SCOPE))
		builder_close(b, id);
}

static void end_form(struct html_builder *b)
{
	const struct html_name *form = builder_name(b, N_FORM);
	const bool had = b->has_form;

	if (builder_is_open(b, N_TEMPLATE)) {
		end_block(b);
		return;
	}
	b->has_form = false;
	if (!had || !builder_has(b, N_FORM, IN_SCOPE))
		return;
	builder_generate_implied(b, N_OTHER);
	if (form->top == b->stack.count)
		builder_pop(b);
	else
		builder_remove_open(b, form->top);
}

static void end_p(struct html_builder *b)
{
	if (!builder_has(b, N_P, IN_BUTTON_SCOPE))
		builder_insert_bare(b, N_P);
	body_close_p(b);
}

static void end_item(struct html_builder *b, enum html_scope scope)
{
	const enum html_id id = b->token->name->id;

	if (!builder_has(b, id, scope))
		return;
	builder_generate_implied(b, id);
	builder_pop_until(b, id);
}

static void end_heading(struct html_builder *b)
{
	uint32_t at = 0;

	for (enum html_id id = N_H1; id <= N_H6; id++)
		if (builder_name(b, id)->top > at)
			at = builder_name(b, id)->top;
	if (!at || at < b->stack.scopes[IN_SCOPE])
		return;
	builder_generate_implied(b, N_OTHER);
	builder_pop_to(b, at);
}

static void end_marked(struct html_builder *b)
{
	const enum html_id id = b->token->name->id;

	if (!builder_has(b, id, IN_SCOPE))
		return;
	builder_close(b, id);
	html_formatting_clear(b);
}

static void end_br(struct html_builder *b)
{
	builder_reconstruct(b);
	b->token->count = 0;
	builder_insert_void(b);
	b->frameset_ok = false;
}

void body_end(struct html_builder *b)
{
	struct html_name *name = b->token->name;

	switch (name->id) {
	case N_TEMPLATE:
		builder_process_in(b, MODE_IN_HEAD);
		break;
	case N_BODY:
	case N_HTML:
		end_body(b);
		break;
	case N_ADDRESS:
	case N_ARTICLE:
	case N_ASIDE:
	case N_BLOCKQUOTE:
	case N_BUTTON:
	case N_CENTER:
	case N_DETAILS:
	case N_DIALOG:
	case N_DIR:
	case N_DIV:
	case N_DL:
	case N_FIELDSET:
	case N_FIGCAPTION:
	case N_FIGURE:
	case N_FOOTER:
	case N_HEADER:
	case N_HGROUP:
	case N_LISTING:
	case N_MAIN:
	case N_MENU:
	case N_NAV:
	case N_OL:
	case N_PRE:
	case N_SEARCH:
	case N_SECTION:
	case N_SELECT:
	case N_SUMMARY:
	case N_UL:
		end_block(b);
		break;
	case N_FORM:
		end_form(b);
		break;
	case N_P:
		end_p(b);
		break;
	case N_LI:
		end_item(b, IN_LIST_SCOPE);
		break;
	case N_DD:
	case N_DT:
		end_item(b, IN_SCOPE);
		break;
	case N_H1:
	case N_H2:
	case N_H3:
	case N_H4:
	case N_H5:
	case N_H6:
		end_heading(b);
		break;
	case N_A:
	case N_B:
	case N_BIG:
	case N_CODE:
	case N_EM:
	case N_FONT:
	case N_I:
	case N_NOBR:
	case N_S:
	case N_SMALL:
	case N_STRIKE:
	case N_STRONG:
	case N_TT:
	case N_U:
		builder_adopt(b, name);
		break;
	case N_APPLET:
	case N_MARQUEE:
	case N_OBJECT:
		end_marked(b);
		break;
	case N_BR:
		end_br(b);
		break;
	default:
		body_any_other_end_tag(b, name);
	}
}

void mode_in_body(struct html_builder *b)
{
	switch (b->token->kind) {
	case TOKEN_TEXT:
		body_text(b);
		break;
	case TOKEN_START:
		body_start(b);
		break;
	case TOKEN_END:
		body_end(b);
		break;
	case TOKEN_COMMENT:
	case TOKEN_INSTRUCTION:
		builder_insert_comment(b);
		break;
	case TOKEN_END_OF_FILE:
		end_of_file(b);
		break;
	default:
		break;
	}
}

void mode_text(struct html_builder *b)
{
	if (b->token->kind == TOKEN_TEXT) {
		if (__builtin_expect(b->token->has_nul, 0))
			html_nodes_replace_nuls(&b->nodes, b->token);
		builder_insert_text(b);
		return;
	}
	builder_pop(b);
	b->mode = b->original_mode;
	if (b->token->kind == TOKEN_END_OF_FILE)
		builder_process(b);
}
