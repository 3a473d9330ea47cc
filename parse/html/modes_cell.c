/* "In cell" (HTML Standard, 13.2.6.4.15). */
#include "parse/html/builder.h"

static void end_cell(struct html_builder *b, enum html_id id)
{
	builder_close(b, id);
	html_formatting_clear(b);
	b->mode = MODE_IN_ROW;
}

/* Closes the open table cell. Returns false if none is open. */
static bool close_cell(struct html_builder *b)
{
	const enum html_id id = builder_name(b, N_TD)->top >
				builder_name(b, N_TH)->top ? N_TD : N_TH;

	if (!builder_has(b, id, IN_TABLE_SCOPE))
		return false;
	end_cell(b, id);
	return true;
}

static void start_tag(struct html_builder *b)
{
	switch (b->token->name->id) {
	case N_CAPTION:
	case N_COL:
	case N_COLGROUP:
	case N_TBODY:
	case N_TD:
	case N_TFOOT:
	case N_TH:
	case N_THEAD:
	case N_TR:
		if (close_cell(b))
			builder_process(b);
		break;
	default:
		mode_in_body(b);
	}
}

static void end_tag(struct html_builder *b)
{
	const enum html_id id = b->token->name->id;

	switch (id) {
	case N_TD:
	case N_TH:
		if (builder_has(b, id, IN_TABLE_SCOPE))
			end_cell(b, id);
		break;
	case N_BODY:
	case N_CAPTION:
	case N_COL:
	case N_COLGROUP:
	case N_HTML:
		break;
	case N_TABLE:
	case N_TBODY:
	case N_TFOOT:
	case N_THEAD:
	case N_TR:
		if (builder_has(b, id, IN_TABLE_SCOPE) && close_cell(b))
			builder_process(b);
		break;
	default:
		mode_in_body(b);
	}
}

void mode_in_cell(struct html_builder *b)
{
	if (b->token->kind == TOKEN_START)
		start_tag(b);
	else if (b->token->kind == TOKEN_END)
		end_tag(b);
	else
		mode_in_body(b);
}
