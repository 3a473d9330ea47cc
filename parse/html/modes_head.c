/* Insertion modes from the beginning of the document to the body (HTML
 * Standard, 13.2.6.4.1 to 13.2.6.4.6). */
#include "parse/html/builder.h"

static bool is_comment(const struct html_builder *b)
{
	return b->token->kind == TOKEN_COMMENT ||
	       b->token->kind == TOKEN_INSTRUCTION;
}

static bool is_text(const struct html_builder *b)
{
	return b->token->kind == TOKEN_TEXT;
}

/* Returns the id of the token's name if the token is a start tag; otherwise
 * N_OTHER. */
static enum html_id start_id(const struct html_builder *b)
{
	return b->token->kind == TOKEN_START ? b->token->name->id : N_OTHER;
}

static enum html_id end_id(const struct html_builder *b)
{
	return b->token->kind == TOKEN_END ? b->token->name->id : N_OTHER;
}

static void comment_document(struct html_builder *b)
{
	builder_insert_comment_at(b, (struct html_place){
		html_nodes_document(&b->nodes), NULL});
}

void mode_initial(struct html_builder *b)
{
	if (is_text(b) && builder_drop_space(b))
		return;
	if (is_comment(b)) {
		comment_document(b);
		return;
	}
	b->mode = MODE_BEFORE_HTML;
	if (b->token->kind == TOKEN_DOCTYPE) {
		b->quirks = html_doctype_quirks(b->token);
		html_nodes_doctype(&b->nodes, b->token);
		return;
	}
	b->quirks = HTML_QUIRKS;
	builder_process(b);
}

/* Inserts the root element. Its parent is the document, which is not on the
 * stack. */
static void insert_root(struct html_builder *b, size_t attrs)
{
	struct html_name *name = builder_name(b, N_HTML);
	struct _xmlNode *node = html_nodes_element(
		&b->nodes,
		(struct html_place){html_nodes_document(&b->nodes), NULL},
		name, b->token->attrs, attrs);

	html_stack_push(&b->stack, name, node);
	b->stack.root = node;
	b->mode = MODE_BEFORE_HEAD;
}

/* Returns true if the token is an end tag that is ignored here. */
static bool is_ignored_end(const struct html_builder *b)
{
	if (b->token->kind != TOKEN_END)
		return false;
	switch (b->token->name->id) {
	case N_HEAD:
	case N_BODY:
	case N_HTML:
	case N_BR:
		return false;
	default:
		return true;
	}
}

void mode_before_html(struct html_builder *b)
{
	if (b->token->kind == TOKEN_DOCTYPE || is_ignored_end(b) ||
	    (is_text(b) && builder_drop_space(b)))
		return;
	if (is_comment(b)) {
		comment_document(b);
		return;
	}
	if (start_id(b) == N_HTML) {
		insert_root(b, b->token->count);
		return;
	}
	insert_root(b, 0);
	builder_process(b);
}

static void insert_head(struct html_builder *b, size_t attrs)
{
	if (attrs)
		b->head = builder_insert_as(b, builder_name(b, N_HEAD));
	else
		b->head = builder_insert_bare(b, N_HEAD);
	b->has_head = true;
	b->mode = MODE_IN_HEAD;
}

void mode_before_head(struct html_builder *b)
{
	if (b->token->kind == TOKEN_DOCTYPE || is_ignored_end(b) ||
	    (is_text(b) && builder_drop_space(b)))
		return;
	if (is_comment(b)) {
		builder_insert_comment(b);
		return;
	}
	switch (start_id(b)) {
	case N_HTML:
		builder_process_in(b, MODE_IN_BODY);
		break;
	case N_HEAD:
		insert_head(b, b->token->count);
		break;
	default:
		insert_head(b, 0);
		builder_process(b);
	}
}

static void start_template(struct html_builder *b)
{
	builder_insert(b);
	if (!b->templates)
		b->first_template = b->stack.count;
	html_formatting_add_marker(b);
	b->frameset_ok = false;
	b->mode = MODE_IN_TEMPLATE;
	builder_push_template_mode(b, MODE_IN_TEMPLATE);
}

void builder_end_template(struct html_builder *b)
{
	if (!builder_is_open(b, N_TEMPLATE))
		return;
	builder_generate_implied_thoroughly(b);
	builder_pop_until(b, N_TEMPLATE);
	html_formatting_clear(b);
	builder_pop_template_mode(b);
	builder_reset_mode(b);
}

/* Handles start tags allowed in the head. Returns false for other tokens. */
static bool head_start(struct html_builder *b)
{
	switch (start_id(b)) {
	case N_BASE:
	case N_BASEFONT:
	case N_BGSOUND:
	case N_LINK:
	case N_META:
		builder_insert_void(b);
		return true;
	case N_TITLE:
		b->has_title = true;
		builder_insert_content(b, CONTENT_RCDATA);
		return true;
	case N_NOFRAMES:
	case N_STYLE:
		builder_insert_content(b, CONTENT_RAWTEXT);
		return true;
	case N_NOSCRIPT:
		if (b->scripting) {
			builder_insert_content(b, CONTENT_RAWTEXT);
			return true;
		}
		builder_insert(b);
		b->mode = MODE_IN_HEAD_NOSCRIPT;
		return true;
	case N_SCRIPT:
		builder_insert_content(b, CONTENT_SCRIPT);
		return true;
	case N_TEMPLATE:
		start_template(b);
		return true;
	default:
		return false;
	}
}

static void leave_head(struct html_builder *b)
{
	builder_pop(b);
	b->mode = MODE_AFTER_HEAD;
}

void mode_in_head(struct html_builder *b)
{
	if (b->token->kind == TOKEN_DOCTYPE ||
	    (is_text(b) && builder_insert_space(b)))
		return;
	if (is_comment(b)) {
		builder_insert_comment(b);
		return;
	}
	if (start_id(b) == N_HTML) {
		builder_process_in(b, MODE_IN_BODY);
		return;
	}
	if (start_id(b) == N_HEAD || head_start(b))
		return;
	if (end_id(b) == N_HEAD) {
		leave_head(b);
		return;
	}
	if (end_id(b) == N_TEMPLATE) {
		builder_end_template(b);
		return;
	}
	if (is_ignored_end(b))
		return;
	leave_head(b);
	builder_process(b);
}

void mode_in_head_noscript(struct html_builder *b)
{
	if (b->token->kind == TOKEN_DOCTYPE ||
	    (is_text(b) && builder_insert_space(b)))
		return;
	if (is_comment(b)) {
		builder_insert_comment(b);
		return;
	}
	switch (start_id(b)) {
	case N_HTML:
		builder_process_in(b, MODE_IN_BODY);
		return;
	case N_BASEFONT:
	case N_BGSOUND:
	case N_LINK:
	case N_META:
	case N_NOFRAMES:
	case N_STYLE:
		builder_process_in(b, MODE_IN_HEAD);
		return;
	case N_HEAD:
	case N_NOSCRIPT:
		return;
	default:
		break;
	}
	if (b->token->kind == TOKEN_END && end_id(b) != N_BR &&
	    end_id(b) != N_NOSCRIPT)
		return;
	builder_pop(b);
	b->mode = MODE_IN_HEAD;
	if (end_id(b) != N_NOSCRIPT)
		builder_process(b);
}

/* Handles an element that belongs into the head but stands after it ("after
 * head"): inserts the element into the head. */
static void put_into_head(struct html_builder *b)
{
	const uint32_t at = b->stack.count + 1;

	html_stack_push(&b->stack, builder_name(b, N_HEAD), b->head);
	builder_process_in(b, MODE_IN_HEAD);
	builder_remove_open(b, at);
}

static void leave_to_body(struct html_builder *b)
{
	builder_insert_bare(b, N_BODY);
	b->mode = MODE_IN_BODY;
	builder_process(b);
}

void mode_after_head(struct html_builder *b)
{
	if (b->token->kind == TOKEN_DOCTYPE ||
	    (is_text(b) && builder_insert_space(b)))
		return;
	if (is_comment(b)) {
		builder_insert_comment(b);
		return;
	}
	switch (start_id(b)) {
	case N_HTML:
		builder_process_in(b, MODE_IN_BODY);
		return;
	case N_BODY:
		builder_insert(b);
		b->frameset_ok = false;
		b->mode = MODE_IN_BODY;
		return;
	case N_FRAMESET:
		builder_insert(b);
		b->mode = MODE_IN_FRAMESET;
		return;
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
		put_into_head(b);
		return;
	case N_HEAD:
		return;
	default:
		break;
	}
	if (end_id(b) == N_TEMPLATE) {
		builder_end_template(b);
		return;
	}
	if (b->token->kind == TOKEN_END && end_id(b) != N_HEAD &&
	    !is_ignored_end(b))
		leave_to_body(b);
	else if (b->token->kind != TOKEN_END)
		leave_to_body(b);
}
