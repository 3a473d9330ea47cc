/* "In template" (HTML Standard, 13.2.6.4.18). */
#include "base/memory_budget.h"
#include "parse/html/builder.h"

/* Returns the insertion mode for the content of a template, which depends on
 * the first start tag in it. */
static enum html_mode mode_for(enum html_id id)
{
	switch (id) {
	case N_CAPTION:
	case N_COLGROUP:
	case N_TBODY:
	case N_TFOOT:
	case N_THEAD:
		return MODE_IN_TABLE;
	case N_COL:
		return MODE_IN_COLUMN_GROUP;
	case N_TR:
		return MODE_IN_TABLE_BODY;
	case N_TD:
	case N_TH:
		return MODE_IN_ROW;
	default:
		return MODE_IN_BODY;
	}
}

static void start_tag(struct html_builder *b)
{
	const enum html_id id = b->token->name->id;

	switch (id) {
	case N_BASE:
	case N_BASEFONT:
	case N_BGSOUND:
	case N_LINK:
	case N_META:
	case N_NOFRAMES:
	case N_SCRIPT:
	case N_STYLE:
	case N_TEMPLATE:
	case N_TITLE:
		builder_process_in(b, MODE_IN_HEAD);
		return;
	default:
		builder_pop_template_mode(b);
		b->mode = mode_for(id);
		builder_push_template_mode(b, b->mode);
		builder_process(b);
	}
}

/* Closes one template and returns; the tokenizer then produces the end of file
 * again. Reprocessing the token here would recurse once per open template. */
static void end_of_file(struct html_builder *b)
{
	if (!builder_is_open(b, N_TEMPLATE)) {
		b->stopped = true;
		return;
	}
	builder_pop_until(b, N_TEMPLATE);
	html_formatting_clear(b);
	builder_pop_template_mode(b);
	builder_reset_mode(b);
}

void builder_push_template_mode(struct html_builder *b, enum html_mode mode)
{
	const size_t cap = b->templates_cap ? b->templates_cap * 2 : 16;

	if (b->templates == b->templates_cap) {
		b->template_modes = memory_resize(b->template_modes,
					      b->templates_cap, cap);
		b->templates_cap = cap;
	}
	b->template_modes[b->templates++] = (uint8_t)mode;
}

void builder_pop_template_mode(struct html_builder *b)
{
	if (b->templates)
		b->templates--;
}

void mode_in_template(struct html_builder *b)
{
	switch (b->token->kind) {
	case TOKEN_START:
		start_tag(b);
		break;
	case TOKEN_END:
		if (b->token->name->id == N_TEMPLATE)
			builder_process_in(b, MODE_IN_HEAD);
		break;
	case TOKEN_END_OF_FILE:
		end_of_file(b);
		break;
	default:
		builder_process_in(b, MODE_IN_BODY);
	}
}
