/* Table bodies and rows (HTML Standard, 13.2.6.4.13 and 13.2.6.4.14). */
#include "parse/html/builder.h"

static enum html_id start_id(const struct html_builder *b)
{
	return b->token->kind == TOKEN_START ? b->token->name->id : N_OTHER;
}

static enum html_id end_id(const struct html_builder *b)
{
	return b->token->kind == TOKEN_END ? b->token->name->id : N_OTHER;
}

static void clear_to_body(struct html_builder *b)
{
	enum html_id id;

	while ((id = builder_top_id(b)) != N_TBODY && id != N_TFOOT &&
	       id != N_THEAD && id != N_TEMPLATE && id != N_HTML)
		builder_pop(b);
}

static void clear_to_row(struct html_builder *b)
{
	enum html_id id;

	while ((id = builder_top_id(b)) != N_TR && id != N_TEMPLATE &&
	       id != N_HTML)
		builder_pop(b);
}

static bool end_table_body(struct html_builder *b)
{
	if (!builder_has(b, N_TBODY, IN_TABLE_SCOPE) &&
	    !builder_has(b, N_THEAD, IN_TABLE_SCOPE) &&
	    !builder_has(b, N_TFOOT, IN_TABLE_SCOPE))
		return false;
	clear_to_body(b);
	builder_pop(b);
	b->mode = MODE_IN_TABLE;
	return true;
}

static void table_body_start(struct html_builder *b)
{
	switch (start_id(b)) {
	case N_TR:
		clear_to_body(b);
		builder_insert(b);
		b->mode = MODE_IN_ROW;
		break;
	case N_TH:
	case N_TD:
		clear_to_body(b);
		table_imply(b, N_TR, MODE_IN_ROW);
		break;
	case N_CAPTION:
	case N_COL:
	case N_COLGROUP:
	case N_TBODY:
	case N_TFOOT:
	case N_THEAD:
		if (end_table_body(b))
			builder_process(b);
		break;
	default:
		mode_in_table(b);
	}
}

void mode_in_table_body(struct html_builder *b)
{
	switch (end_id(b)) {
	case N_TBODY:
	case N_TFOOT:
	case N_THEAD:
		if (!builder_has(b, end_id(b), IN_TABLE_SCOPE))
			break;
		clear_to_body(b);
		builder_pop(b);
		b->mode = MODE_IN_TABLE;
		break;
	case N_TABLE:
		if (end_table_body(b))
			builder_process(b);
		break;
	case N_BODY:
	case N_CAPTION:
	case N_COL:
	case N_COLGROUP:
	case N_HTML:
	case N_TD:
	case N_TH:
	case N_TR:
		break;
	default:
		table_body_start(b);
	}
}

static bool end_row(struct html_builder *b)
{
	if (!builder_has(b, N_TR, IN_TABLE_SCOPE))
		return false;
	clear_to_row(b);
	builder_pop(b);
	b->mode = MODE_IN_TABLE_BODY;
	return true;
}

static void row_start(struct html_builder *b)
{
	switch (start_id(b)) {
	case N_TH:
	case N_TD:
		clear_to_row(b);
		builder_insert(b);
		b->mode = MODE_IN_CELL;
		html_formatting_add_marker(b);
		break;
	case N_CAPTION:
	case N_COL:
	case N_COLGROUP:
	case N_TBODY:
	case N_TFOOT:
	case N_THEAD:
	case N_TR:
		if (end_row(b))
			builder_process(b);
		break;
	default:
		mode_in_table(b);
	}
}

void mode_in_row(struct html_builder *b)
{
	switch (end_id(b)) {
	case N_TR:
		end_row(b);
		break;
	case N_TABLE:
		if (end_row(b))
			builder_process(b);
		break;
	case N_TBODY:
	case N_TFOOT:
	case N_THEAD:
		if (builder_has(b, end_id(b), IN_TABLE_SCOPE) && end_row(b))
			builder_process(b);
		break;
	case N_BODY:
	case N_CAPTION:
	case N_COL:
	case N_COLGROUP:
	case N_HTML:
	case N_TD:
	case N_TH:
		break;
	default:
		row_start(b);
	}
}
