/* Tables, captions and column groups (HTML Standard, 13.2.6.4.9 to
 * 13.2.6.4.12). */
#include <string.h>

#include "base/memory_budget.h"
#include "parse/html/builder.h"

static enum html_id start_id(const struct html_builder *b)
{
	return b->token->kind == TOKEN_START ? b->token->name->id : N_OTHER;
}

static enum html_id end_id(const struct html_builder *b)
{
	return b->token->kind == TOKEN_END ? b->token->name->id : N_OTHER;
}

static void clear_to_table(struct html_builder *b)
{
	while (!(html_stack_top(&b->stack)->name->flags & SCOPE_TABLE))
		builder_pop(b);
}

void table_imply(struct html_builder *b, enum html_id id, enum html_mode mode)
{
	builder_insert_bare(b, id);
	b->mode = mode;
	builder_process(b);
}

static void foster(struct html_builder *b)
{
	b->foster = true;
	builder_process_in(b, MODE_IN_BODY);
	b->foster = false;
}

/* --- Text ----------------------------------------------------------------- */

/* Returns true if the token's text need not be kept. For an outline without a
 * sink for the text, it only matters whether one of the pending texts is not
 * white space, so one text is enough. */
static bool is_spare(struct html_builder *b)
{
	if (!b->nodes.outline || b->nodes.sink || !b->pending_count)
		return false;
	if (builder_is_space(b))
		return true;
	b->pending_count = 0;
	return false;
}

static void add_pending(struct html_builder *b)
{
	const struct html_token *token = b->token;
	const size_t cap = b->pending_cap ? b->pending_cap * 2 : 8;
	struct html_pending *pending;

	if (b->pending_count == b->pending_cap) {
		b->pending = memory_resize(b->pending,
				       b->pending_cap * sizeof(*pending),
				       cap * sizeof(*pending));
		b->pending_cap = cap;
	}
	pending = &b->pending[b->pending_count++];
	pending->p = token->text.p;
	pending->len = token->text.len;
	pending->decoded = token->decoded;
	if (!token->decoded)
		return;
	pending->source = token->source;
	pending->source_end = token->source_end;
	memcpy(pending->chars, token->chars, sizeof(pending->chars));
}

static void take_pending(struct html_token *token,
			 const struct html_pending *pending)
{
	token->kind = TOKEN_TEXT;
	token->text.p = pending->p;
	token->text.len = pending->len;
	token->decoded = pending->decoded;
	if (!token->decoded)
		return;
	token->source = pending->source;
	token->source_end = pending->source_end;
	memcpy(token->chars, pending->chars, sizeof(token->chars));
	token->text.p = token->chars;
}

/* Inserts the pending texts one by one. Each is put into b->token for the time;
 * the members of the current token, which is no text, are restored at the
 * end. */
static void insert_pending(struct html_builder *b)
{
	const enum html_token_kind kind = b->token->kind;
	const struct html_text text = b->token->text;
	bool space = true;

	for (size_t i = 0; i < b->pending_count && space; i++) {
		take_pending(b->token, &b->pending[i]);
		space = builder_is_space(b);
	}
	for (size_t i = 0; i < b->pending_count; i++) {
		take_pending(b->token, &b->pending[i]);
		if (space)
			builder_insert_text(b);
		else
			foster(b);
	}
	b->pending_count = 0;
	b->token->kind = kind;
	b->token->text = text;
}

void mode_in_table_text(struct html_builder *b)
{
	if (b->token->kind == TOKEN_NUL)
		return;
	if (b->token->kind == TOKEN_TEXT) {
		if (!is_spare(b))
			add_pending(b);
		return;
	}
	insert_pending(b);
	b->mode = b->original_mode;
	builder_process(b);
}

static bool takes_text(const struct html_builder *b)
{
	switch (builder_top_id(b)) {
	case N_TABLE:
	case N_TBODY:
	case N_TFOOT:
	case N_THEAD:
	case N_TR:
		return true;
	default:
		return false;
	}
}

/* --- In table ------------------------------------------------------------- */

static void end_table(struct html_builder *b)
{
	builder_pop_until(b, N_TABLE);
	builder_reset_mode(b);
}

static void start_form(struct html_builder *b)
{
	if (builder_is_open(b, N_TEMPLATE) || b->has_form)
		return;
	b->has_form = true;
	builder_insert(b);
	builder_pop(b);
}

static void table_start(struct html_builder *b)
{
	switch (start_id(b)) {
	case N_CAPTION:
		clear_to_table(b);
		html_formatting_add_marker(b);
		builder_insert(b);
		b->mode = MODE_IN_CAPTION;
		break;
	case N_COLGROUP:
		clear_to_table(b);
		builder_insert(b);
		b->mode = MODE_IN_COLUMN_GROUP;
		break;
	case N_COL:
		clear_to_table(b);
		table_imply(b, N_COLGROUP, MODE_IN_COLUMN_GROUP);
		break;
	case N_TBODY:
	case N_TFOOT:
	case N_THEAD:
		clear_to_table(b);
		builder_insert(b);
		b->mode = MODE_IN_TABLE_BODY;
		break;
	case N_TD:
	case N_TH:
	case N_TR:
		clear_to_table(b);
		table_imply(b, N_TBODY, MODE_IN_TABLE_BODY);
		break;
	case N_TABLE:
		if (!builder_has(b, N_TABLE, IN_TABLE_SCOPE))
			break;
		end_table(b);
		builder_process(b);
		break;
	case N_STYLE:
	case N_SCRIPT:
	case N_TEMPLATE:
		builder_process_in(b, MODE_IN_HEAD);
		break;
	case N_INPUT:
		if (builder_attr_is(b, N_TYPE, "hidden"))
			builder_insert_void(b);
		else
			foster(b);
		break;
	case N_FORM:
		start_form(b);
		break;
	default:
		foster(b);
	}
}

static void table_end(struct html_builder *b)
{
	switch (end_id(b)) {
	case N_TABLE:
		if (builder_has(b, N_TABLE, IN_TABLE_SCOPE))
			end_table(b);
		break;
	case N_BODY:
	case N_CAPTION:
	case N_COL:
	case N_COLGROUP:
	case N_HTML:
	case N_TBODY:
	case N_TD:
	case N_TFOOT:
	case N_TH:
	case N_THEAD:
	case N_TR:
		break;
	case N_TEMPLATE:
		builder_end_template(b);
		break;
	default:
		foster(b);
	}
}

void mode_in_table(struct html_builder *b)
{
	switch (b->token->kind) {
	case TOKEN_NUL:
	case TOKEN_TEXT:
		if (!takes_text(b)) {
			foster(b);
			break;
		}
		b->original_mode = b->mode;
		b->mode = MODE_IN_TABLE_TEXT;
		builder_process(b);
		break;
	case TOKEN_COMMENT:
	case TOKEN_INSTRUCTION:
		builder_insert_comment(b);
		break;
	case TOKEN_START:
		table_start(b);
		break;
	case TOKEN_END:
		table_end(b);
		break;
	case TOKEN_END_OF_FILE:
		builder_process_in(b, MODE_IN_BODY);
		break;
	default:
		break;
	}
}

/* --- In caption, in column group ------------------------------------------ */

static bool end_caption(struct html_builder *b)
{
	if (!builder_has(b, N_CAPTION, IN_TABLE_SCOPE))
		return false;
	builder_close(b, N_CAPTION);
	html_formatting_clear(b);
	b->mode = MODE_IN_TABLE;
	return true;
}

void mode_in_caption(struct html_builder *b)
{
	switch (start_id(b)) {
	case N_CAPTION:
	case N_COL:
	case N_COLGROUP:
	case N_TBODY:
	case N_TD:
	case N_TFOOT:
	case N_TH:
	case N_THEAD:
	case N_TR:
		if (end_caption(b))
			builder_process(b);
		return;
	default:
		break;
	}
	switch (end_id(b)) {
	case N_CAPTION:
		end_caption(b);
		return;
	case N_TABLE:
		if (end_caption(b))
			builder_process(b);
		return;
	case N_BODY:
	case N_COL:
	case N_COLGROUP:
	case N_HTML:
	case N_TBODY:
	case N_TD:
	case N_TFOOT:
	case N_TH:
	case N_THEAD:
	case N_TR:
		return;
	default:
		builder_process_in(b, MODE_IN_BODY);
	}
}

static bool end_column_group(struct html_builder *b)
{
	if (builder_top_id(b) != N_COLGROUP)
		return false;
	builder_pop(b);
	b->mode = MODE_IN_TABLE;
	return true;
}

/* Processes each character separately: white space is inserted; any other
 * character ends the column group, or is dropped if no group is open. */
static void column_group_text(struct html_builder *b)
{
	struct html_text *text = &b->token->text;

	while (!builder_insert_space(b)) {
		if (end_column_group(b)) {
			builder_process(b);
			return;
		}
		text->p++;
		text->len--;
	}
}

void mode_in_column_group(struct html_builder *b)
{
	switch (b->token->kind) {
	case TOKEN_TEXT:
		column_group_text(b);
		return;
	case TOKEN_COMMENT:
	case TOKEN_INSTRUCTION:
		builder_insert_comment(b);
		return;
	case TOKEN_DOCTYPE:
		return;
	case TOKEN_END_OF_FILE:
		builder_process_in(b, MODE_IN_BODY);
		return;
	default:
		break;
	}
	if (start_id(b) == N_HTML) {
		builder_process_in(b, MODE_IN_BODY);
	} else if (start_id(b) == N_COL) {
		builder_insert_void(b);
	} else if (start_id(b) == N_TEMPLATE || end_id(b) == N_TEMPLATE) {
		builder_process_in(b, MODE_IN_HEAD);
	} else if (end_id(b) == N_COLGROUP) {
		end_column_group(b);
	} else if (end_id(b) != N_COL && end_column_group(b)) {
		builder_process(b);
	}
}
