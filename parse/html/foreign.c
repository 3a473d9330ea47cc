/* Foreign content: SVG and MathML (HTML Standard, 13.2.6.5). */
#include <string.h>

#include "base/utf8.h"
#include "parse/html/builder.h"

/* Returns true if the token is a start tag that ends foreign content. */
static bool is_breakout(const struct html_builder *b)
{
	switch (b->token->name->id) {
	case N_B:
	case N_BIG:
	case N_BLOCKQUOTE:
	case N_BODY:
	case N_BR:
	case N_CENTER:
	case N_CODE:
	case N_DD:
	case N_DIV:
	case N_DL:
	case N_DT:
	case N_EM:
	case N_EMBED:
	case N_H1:
	case N_H2:
	case N_H3:
	case N_H4:
	case N_H5:
	case N_H6:
	case N_HEAD:
	case N_HR:
	case N_I:
	case N_IMG:
	case N_LI:
	case N_LISTING:
	case N_MENU:
	case N_META:
	case N_NOBR:
	case N_OL:
	case N_P:
	case N_PRE:
	case N_RUBY:
	case N_S:
	case N_SMALL:
	case N_SPAN:
	case N_STRONG:
	case N_STRIKE:
	case N_SUB:
	case N_SUP:
	case N_TABLE:
	case N_TT:
	case N_U:
	case N_UL:
	case N_VAR:
		return true;
	case N_FONT:
		return builder_attr(b, N_COLOR) || builder_attr(b, N_FACE) ||
		       builder_attr(b, N_SIZE);
	default:
		return false;
	}
}

static void break_out(struct html_builder *b)
{
	uint32_t flags;

	while ((flags = html_stack_top(&b->stack)->name->flags) & FOREIGN_NAME &&
	       !(flags & (TEXT_POINT | HTML_POINT)))
		builder_pop(b);
	builder_process(b);
}

/* Returns true if the attributes of the start tag make its element an HTML
 * integration point. */
static bool is_point(const struct html_builder *b, enum html_space space)
{
	return space == HTML_SPACE_MATHML &&
	       b->token->name->id == N_ANNOTATION_XML &&
	       (builder_attr_is(b, N_ENCODING, "text/html") ||
		builder_attr_is(b, N_ENCODING, "application/xhtml+xml"));
}

static void start_tag(struct html_builder *b)
{
	const enum html_space space = html_stack_top(&b->stack)->name->space;
	struct html_name *name;
	bool point;

	if (is_breakout(b)) {
		break_out(b);
		return;
	}
	/* An outline keeps no SVG or MathML elements. */
	if (b->token->self_closing && b->nodes.outline)
		return;
	name = html_name_in(&b->names, html_tokenizer_name(&b->tokenizer),
			    space);
	if (b->token->self_closing) {
		b->token->name = name;
		builder_insert_void(b);
		return;
	}
	/* Tested before the element is inserted, which decodes the attribute's
	 * value in place. */
	point = is_point(b, space);
	builder_insert_as(b, name);
	if (point)
		html_stack_rename(&b->stack, html_names_point(&b->names));
}

/* Returns the topmost open element of that name in SVG or MathML; 0: none. */
static uint32_t top_of(const struct html_name *name)
{
	uint32_t top = 0;

	for (name = name->next; name; name = name->next)
		if (name->top > top)
			top = name->top;
	return top;
}

/* Closes the nearest open foreign element of that name, unless an HTML element
 * is open above it. */
static void end_tag(struct html_builder *b)
{
	const struct html_name *name = b->token->name;
	const uint32_t at = top_of(name);
	const uint32_t html = html_stack_html(&b->stack);

	if (name->id == N_BR || name->id == N_P)
		break_out(b);
	else if (at > html)
		builder_pop_to(b, at);
	else
		builder_process(b);
}

static void insert_nul(struct html_builder *b)
{
	struct html_token *token = b->token;

	token->kind = TOKEN_TEXT;
	token->decoded = true;
	token->source = b->tokenizer.p - 1;
	token->source_end = b->tokenizer.p;
	memcpy(token->chars, UTF8_REPLACEMENT, 3);
	token->text = (struct html_text){.p = token->chars, .len = 3};
	builder_insert_text(b);
}

void mode_foreign(struct html_builder *b)
{
	switch (b->token->kind) {
	case TOKEN_NUL:
		insert_nul(b);
		break;
	case TOKEN_TEXT:
		if (b->frameset_ok && !builder_is_space(b))
			b->frameset_ok = false;
		builder_insert_text(b);
		break;
	case TOKEN_COMMENT:
	case TOKEN_INSTRUCTION:
		builder_insert_comment(b);
		break;
	case TOKEN_START:
		start_tag(b);
		break;
	case TOKEN_END:
		end_tag(b);
		break;
	default:
		break;
	}
}
