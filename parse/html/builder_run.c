/* The dispatcher of the tree builder: processes the tokens of a page by the
 * rules of the insertion mode. */
#include "parse/html/builder.h"

#include "base/memory_budget.h"
#include "parse/html/common/limits.h"

enum { KEEP_BYTES = 1 << 20 };

static html_mode_function *const modes[HTML_MODES] = {
	[MODE_INITIAL] = mode_initial,
	[MODE_BEFORE_HTML] = mode_before_html,
	[MODE_BEFORE_HEAD] = mode_before_head,
	[MODE_IN_HEAD] = mode_in_head,
	[MODE_IN_HEAD_NOSCRIPT] = mode_in_head_noscript,
	[MODE_AFTER_HEAD] = mode_after_head,
	[MODE_IN_BODY] = mode_in_body,
	[MODE_TEXT] = mode_text,
	[MODE_IN_TABLE] = mode_in_table,
	[MODE_IN_TABLE_TEXT] = mode_in_table_text,
	[MODE_IN_CAPTION] = mode_in_caption,
	[MODE_IN_COLUMN_GROUP] = mode_in_column_group,
	[MODE_IN_TABLE_BODY] = mode_in_table_body,
	[MODE_IN_ROW] = mode_in_row,
	[MODE_IN_CELL] = mode_in_cell,
	[MODE_IN_TEMPLATE] = mode_in_template,
	[MODE_AFTER_BODY] = mode_after_body,
	[MODE_IN_FRAMESET] = mode_in_frameset,
	[MODE_AFTER_FRAMESET] = mode_after_frameset,
	[MODE_AFTER_AFTER_BODY] = mode_after_after_body,
	[MODE_AFTER_AFTER_FRAMESET] = mode_after_after_frameset,
};

void builder_process(struct html_builder *b)
{
	modes[b->mode](b);
}

void builder_process_in(struct html_builder *b, enum html_mode mode)
{
	modes[mode](b);
}

static bool is_html_content(const struct html_builder *b)
{
	const struct html_open *e = html_stack_top(&b->stack);
	const struct html_token *token = b->token;
	const bool start = token->kind == TOKEN_START;
	const bool text = token->kind == TOKEN_TEXT ||
			  token->kind == TOKEN_NUL;

	if (token->kind == TOKEN_END_OF_FILE)
		return true;
	if (e->name->flags & TEXT_POINT)
		return text || (start && token->name->id != N_MGLYPH &&
				token->name->id != N_MALIGNMARK);
	if (e->name->known == N_ANNOTATION_XML &&
	    e->name->space == HTML_SPACE_MATHML && start &&
	    token->name->id == N_SVG)
		return true;
	return e->name->flags & HTML_POINT && (start || text);
}

/* Processes a token while the current node is an element of SVG or MathML. */
static void dispatch_foreign(struct html_builder *b)
{
	if (is_html_content(b)) {
		if (b->token->kind == TOKEN_START)
			html_tokenizer_name(&b->tokenizer);
		modes[b->mode](b);
	} else {
		mode_foreign(b);
	}
}

/* Drops a line feed that follows <pre>, <listing> or <textarea> directly.
 * Returns true if no text is left. */
static bool skip_newline(struct html_builder *b)
{
	struct html_text *text = &b->token->text;

	b->skip_newline = false;
	if (b->token->kind != TOKEN_TEXT || *text->p != '\n')
		return false;
	text->p++;
	return !--text->len;
}

/* Returns true if text and end tags of the current node are processed as "in
 * body", unless the node's name has the flag END_RULE. */
static inline bool is_in_body(const struct html_builder *b)
{
	enum { BODY_MODES = 1 << MODE_IN_BODY | 1 << MODE_IN_CAPTION |
			    1 << MODE_IN_CELL };

	return BODY_MODES >> b->mode & 1;
}

/* Returns true if text has no effect here but that the sink gets the text: in
 * the body of an outline. */
static inline bool is_text_idle(const struct html_builder *b)
{
	return b->nodes.outline && !b->frameset_ok &&
	       b->tokenizer.content == CONTENT_DATA &&
	       builder_is_reconstructed(b);
}

/* Skips text that has no effect, or passes it on to the sink. Text with
 * references stays, to be decoded. */
static inline void take_idle_text(struct html_builder *b)
{
	if (!b->nodes.sink)
		html_tokenizer_skip_text(&b->tokenizer);
	else if (!b->skip_newline && html_tokenizer_plain_text(&b->tokenizer))
		outline_text(b);
}

/* Processes an end tag if all it does is to pop the current node. Otherwise
 * returns false. */
static inline bool pop_ended(struct html_builder *b)
{
	const struct html_open *top = html_stack_top(&b->stack);

	if (b->token->name != top->name || top->name->flags & END_RULE)
		return false;
	if (top->name->flags & FORMATTING && !builder_drop_format(b))
		return false;
	builder_pop_quickly(b);
	return true;
}

/* Does what body_text() does, for most texts of a tree. Otherwise returns
 * false. */
static inline bool insert_plain_text(struct html_builder *b)
{
	if (b->nodes.outline || b->frameset_ok || b->token->decoded ||
	    !builder_is_reconstructed(b))
		return false;
	html_nodes_run(&b->nodes, b->stack.nodes[b->stack.count], b->token);
	return true;
}

/* Inserts the text in front of a tag into a tree, if that is all it does. */
static inline void insert_text_before_tag(struct html_builder *b)
{
	if (!b->nodes.outline && !b->frameset_ok && !b->skip_newline &&
	    b->tokenizer.content == CONTENT_DATA &&
	    builder_is_reconstructed(b) &&
	    html_tokenizer_plain_text(&b->tokenizer))
		html_nodes_run(&b->nodes, b->stack.nodes[b->stack.count],
			       b->token);
}

static inline void process_in_body(struct html_builder *b)
{
	switch (b->token->kind) {
	case TOKEN_TEXT:
		if (!insert_plain_text(b))
			body_text(b);
		return;
	case TOKEN_START:
		if (b->mode != MODE_IN_BODY)
			break;
		body_start(b);
		return;
	case TOKEN_END:
		if (!pop_ended(b))
			break;
		return;
	default:
		break;
	}
	modes[b->mode](b);
}

static inline void process_next_token(struct html_builder *b)
{
	const bool foreign = b->stack.foreign &&
			     html_stack_is_foreign(&b->stack);
	const bool in_body = !foreign && is_in_body(b);

	b->tokenizer.foreign = foreign;
	if (in_body && *b->tokenizer.p != '<') {
		if (is_text_idle(b))
			take_idle_text(b);
		else
			insert_text_before_tag(b);
	}
	html_tokenizer_next(&b->tokenizer);
	if (__builtin_expect(b->skip_newline, 0) && skip_newline(b))
		return;
	if (__builtin_expect(in_body, 1))
		process_in_body(b);
	else if (foreign)
		dispatch_foreign(b);
	else
		modes[b->mode](b);
}

/* Returns the value of html_tokenizer.attrs_of for a document of this kind.
 * HTML_OUTLINE_META needs all attributes, because each tag may have an
 * itemscope. */
static uint32_t needed_attrs(enum html_outline outline)
{
	switch (outline) {
	case HTML_OUTLINE_COUNT:
	case HTML_OUTLINE:
		return FORMATTING | ATTRIBUTES;
	case HTML_OUTLINE_CRAWL:
		return FORMATTING | ATTRIBUTES | IN_OUTLINE;
	default:
		return 0;
	}
}

static void begin_page(struct html_builder *b, const char *text, size_t len)
{
	html_tokenizer_init(&b->tokenizer, &b->names, text, len);
	b->tokenizer.detail = b->nodes.outline ? DETAIL_OUTLINE : DETAIL_TREE;
	b->tokenizer.attrs_of = needed_attrs(b->nodes.outline);
	b->first_tag = b->tokenizer.tag + 1;
	b->names.region = &b->nodes.region;
	b->nodes.template = builder_name(b, N_TEMPLATE);
	b->token = &b->tokenizer.token;
	b->mode = MODE_INITIAL;
	b->templates = 0;
	b->head = NULL;
	b->frameset_ok = true;
	b->has_head = b->has_form = b->foster = b->skip_newline = false;
	b->stopped = b->has_title = false;
	b->selectedcontent = b->given_up = b->disordered = false;
	b->kept_in_select = false;
	b->quirks = HTML_NO_QUIRKS;
	b->first_budget = b->budget =
		(long)HTML_BUDGET_STEPS *
		(HTML_BUDGET_BASE + (long)(len / HTML_BUDGET_BYTES));
	b->pending_count = 0;
	b->formatting.count = b->formatting.marker = 0;
	b->depth = b->extra_depth = 0;
	b->fostered_count = b->befores_count = 0;
	html_stack_begin(&b->stack, !b->nodes.outline);
}

/* Pops all elements. If there are many and popping them has no other effect,
 * only the predefined names are updated: the page's own names are dropped with
 * the page. */
static void close_all(struct html_builder *b)
{
	if (b->selectedcontent || b->stack.count < N_COUNT * 3) {
		builder_pop_to(b, 1);
		return;
	}
	html_names_close_all(&b->names);
	html_stack_clear(&b->stack);
}

void html_builder_run(struct html_builder *b, char *text, size_t len)
{
	begin_page(b, text, len);
	html_nodes_begin(&b->nodes, b->token);
	while (!b->stopped)
		process_next_token(b);
	close_all(b);
	html_nodes_set_quirks(&b->nodes, b->quirks);
	html_nodes_end(&b->nodes);
	if (b->extra_depth && b->extra_depth + b->depth >= HTML_TREE_DEPTH &&
	    !b->nodes.outline)
		html_nodes_flatten(&b->nodes);
}

void html_builder_init(struct html_builder *b)
{
	*b = (struct html_builder){0};
	html_names_init(&b->names);
	html_stack_init(&b->stack);
}

/* Size of the buffers that are kept for the next page, in bytes. */
static size_t buffer_bytes(const struct html_builder *b)
{
	return html_stack_bytes(&b->stack) +
	       b->formatting.cap * sizeof(*b->formatting.list) +
	       b->pending_cap * sizeof(*b->pending) + b->templates_cap +
	       b->fostered_cap * sizeof(*b->fostered) +
	       b->befores_cap * sizeof(*b->befores) +
	       b->tokenizer.token.cap * sizeof(*b->token->attrs) +
	       b->names.scratch_cap;
}

void html_builder_clear(struct html_builder *b)
{
	const size_t size = buffer_bytes(b);

	html_names_clear(&b->names);
	html_region_release(&b->nodes.region);
	b->nodes.doc = NULL;
	if (size <= KEEP_BYTES)
		return;
	html_builder_release(b);
	html_builder_init(b);
}

void html_builder_release(struct html_builder *b)
{
	html_names_release(&b->names);
	html_stack_release(&b->stack);
	html_formatting_release(&b->formatting);
	html_tokenizer_release(&b->tokenizer);
	html_region_release(&b->nodes.region);
	memory_resize(b->template_modes, b->templates_cap, 0);
	memory_resize(b->pending, b->pending_cap * sizeof(*b->pending), 0);
	memory_resize(b->fostered, b->fostered_cap * sizeof(*b->fostered), 0);
	memory_resize(b->befores, b->befores_cap * sizeof(*b->befores), 0);
	*b = (struct html_builder){0};
}
