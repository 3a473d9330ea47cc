/* Start tags in the insertion mode "in body". */
#include "parse/html/builder.h"

static void close_p(struct html_builder *b)
{
	if (builder_has(b, N_P, IN_BUTTON_SCOPE))
		body_close_p(b);
}

static void start_html(struct html_builder *b)
{
	if (!builder_is_open(b, N_TEMPLATE))
		html_nodes_add_attrs(&b->nodes, builder_node(b, 1),
				     b->token->attrs, b->token->count);
}

static bool has_body(const struct html_builder *b)
{
	return b->stack.count > 1 && b->stack.open[2].name->id == N_BODY;
}

static void start_body(struct html_builder *b)
{
	if (!has_body(b) || builder_is_open(b, N_TEMPLATE))
		return;
	b->frameset_ok = false;
	html_nodes_add_attrs(&b->nodes, builder_node(b, 2),
			     b->token->attrs, b->token->count);
}

static void start_frameset(struct html_builder *b)
{
	if (!has_body(b) || !b->frameset_ok)
		return;
	outline_drop_body(b);
	html_nodes_remove(&b->nodes, builder_node(b, 2));
	builder_pop_to(b, 2);
	builder_insert(b);
	b->mode = MODE_IN_FRAMESET;
}

static void start_block(struct html_builder *b)
{
	close_p(b);
	builder_insert(b);
}

static void start_heading(struct html_builder *b)
{
	close_p(b);
	if (html_stack_top(&b->stack)->name->flags & HEADING)
		builder_pop(b);
	builder_insert(b);
}

static void start_pre(struct html_builder *b)
{
	start_block(b);
	b->skip_newline = true;
	b->frameset_ok = false;
}

static void start_form(struct html_builder *b)
{
	const bool template = builder_is_open(b, N_TEMPLATE);

	if (b->has_form && !template)
		return;
	start_block(b);
	if (!template)
		b->has_form = true;
}

/* Closes the nearest open element with one of two names, before a list item is
 * opened, unless a special element other than address, div and p is above
 * it. */
static void start_item(struct html_builder *b, enum html_id one,
		       enum html_id other)
{
	const uint32_t barrier = b->stack.scopes[IN_BARRIER];
	const enum html_id id = builder_name(b, one)->top >
				builder_name(b, other)->top ? one : other;

	b->frameset_ok = false;
	if (builder_is_open(b, id) && builder_name(b, id)->top >= barrier) {
		builder_generate_implied(b, id);
		builder_pop_until(b, id);
	}
	start_block(b);
}

static void start_plaintext(struct html_builder *b)
{
	start_block(b);
	b->tokenizer.content = CONTENT_PLAINTEXT;
}

void body_insert_active(struct html_builder *b)
{
	builder_reconstruct(b);
	builder_insert(b);
}

static void start_button(struct html_builder *b)
{
	if (builder_has(b, N_BUTTON, IN_SCOPE))
		builder_close(b, N_BUTTON);
	body_insert_active(b);
	b->frameset_ok = false;
}

static void start_formatting(struct html_builder *b)
{
	body_insert_active(b);
	html_formatting_push(b);
}

static void start_a(struct html_builder *b)
{
	struct html_name *name = b->token->name;
	struct html_format *f = html_formatting_find(b, name);

	if (f) {
		const uint32_t serial = f->serial;

		builder_adopt(b, name);
		/* If the old element was not in scope, it may still be open. */
		f = html_formatting_find(b, name);
		if (f && f->serial == serial) {
			const uint32_t at = html_format_position(&b->stack, f);

			html_formatting_remove(b, f);
			if (at)
				builder_remove_open(b, at);
		}
	}
	start_formatting(b);
}

static void start_nobr(struct html_builder *b)
{
	builder_reconstruct(b);
	if (builder_has(b, N_NOBR, IN_SCOPE))
		builder_adopt(b, b->token->name);
	start_formatting(b);
}

static void start_marked(struct html_builder *b)
{
	body_insert_active(b);
	html_formatting_add_marker(b);
	b->frameset_ok = false;
}

static void start_table(struct html_builder *b)
{
	if (b->quirks != HTML_QUIRKS)
		close_p(b);
	builder_insert(b);
	b->frameset_ok = false;
	b->mode = MODE_IN_TABLE;
}

static void start_void(struct html_builder *b)
{
	builder_reconstruct(b);
	builder_insert_void(b);
	b->frameset_ok = false;
}

static void start_input(struct html_builder *b)
{
	const bool frameset_ok = b->frameset_ok;

	if (builder_has(b, N_SELECT, IN_SCOPE))
		builder_pop_until(b, N_SELECT);
	/* Tested before the element is inserted, which decodes the attribute's
	 * value in place. */
	if (builder_attr_is(b, N_TYPE, "hidden")) {
		start_void(b);
		b->frameset_ok = frameset_ok;
	} else {
		start_void(b);
	}
}

static void start_hr(struct html_builder *b)
{
	close_p(b);
	if (builder_has(b, N_SELECT, IN_SCOPE))
		builder_generate_implied(b, N_OTHER);
	builder_insert_void(b);
	b->frameset_ok = false;
}

static void start_image(struct html_builder *b)
{
	b->token->name = builder_name(b, N_IMG);
	start_void(b);
}

static void start_textarea(struct html_builder *b)
{
	builder_insert_content(b, CONTENT_RCDATA);
	b->skip_newline = true;
	b->frameset_ok = false;
}

static void start_xmp(struct html_builder *b)
{
	close_p(b);
	builder_reconstruct(b);
	b->frameset_ok = false;
	builder_insert_content(b, CONTENT_RAWTEXT);
}

static void start_iframe(struct html_builder *b)
{
	b->frameset_ok = false;
	builder_insert_content(b, CONTENT_RAWTEXT);
}

static void start_noscript(struct html_builder *b)
{
	if (b->scripting)
		builder_insert_content(b, CONTENT_RAWTEXT);
	else
		body_insert_active(b);
}

static void start_ruby_part(struct html_builder *b, enum html_id except)
{
	if (builder_has(b, N_RUBY, IN_SCOPE))
		builder_generate_implied(b, except);
	builder_insert(b);
}

static void start_foreign(struct html_builder *b, enum html_space space)
{
	builder_reconstruct(b);
	if (b->token->self_closing) {
		b->token->name = html_name_in(&b->names, b->token->name,
					      space);
		builder_insert_void(b);
	} else {
		builder_insert_as(b, html_name_in(&b->names, b->token->name,
						  space));
	}
}

void body_start(struct html_builder *b)
{
	switch (b->token->name->id) {
	case N_HTML:
		start_html(b);
		break;
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
		break;
	case N_BODY:
		start_body(b);
		break;
	case N_FRAMESET:
		start_frameset(b);
		break;
	case N_ADDRESS:
	case N_ARTICLE:
	case N_ASIDE:
	case N_BLOCKQUOTE:
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
	case N_MAIN:
	case N_MENU:
	case N_NAV:
	case N_OL:
	case N_P:
	case N_SEARCH:
	case N_SECTION:
	case N_SUMMARY:
	case N_UL:
		start_block(b);
		break;
	case N_H1:
	case N_H2:
	case N_H3:
	case N_H4:
	case N_H5:
	case N_H6:
		start_heading(b);
		break;
	case N_PRE:
	case N_LISTING:
		start_pre(b);
		break;
	case N_FORM:
		start_form(b);
		break;
	case N_LI:
		start_item(b, N_LI, N_LI);
		break;
	case N_DD:
	case N_DT:
		start_item(b, N_DD, N_DT);
		break;
	case N_PLAINTEXT:
		start_plaintext(b);
		break;
	case N_BUTTON:
		start_button(b);
		break;
	case N_A:
		start_a(b);
		break;
	case N_B:
	case N_BIG:
	case N_CODE:
	case N_EM:
	case N_FONT:
	case N_I:
	case N_S:
	case N_SMALL:
	case N_STRIKE:
	case N_STRONG:
	case N_TT:
	case N_U:
		start_formatting(b);
		break;
	case N_NOBR:
		start_nobr(b);
		break;
	case N_APPLET:
	case N_MARQUEE:
	case N_OBJECT:
		start_marked(b);
		break;
	case N_TABLE:
		start_table(b);
		break;
	case N_AREA:
	case N_BR:
	case N_EMBED:
	case N_IMG:
	case N_KEYGEN:
	case N_WBR:
		start_void(b);
		break;
	case N_INPUT:
		start_input(b);
		break;
	case N_PARAM:
	case N_SOURCE:
	case N_TRACK:
		builder_insert_void(b);
		break;
	case N_HR:
		start_hr(b);
		break;
	case N_IMAGE:
		start_image(b);
		break;
	case N_TEXTAREA:
		start_textarea(b);
		break;
	case N_XMP:
		start_xmp(b);
		break;
	case N_IFRAME:
		start_iframe(b);
		break;
	case N_NOEMBED:
		builder_insert_content(b, CONTENT_RAWTEXT);
		break;
	case N_NOSCRIPT:
		start_noscript(b);
		break;
	case N_SELECT:
		body_start_select(b);
		break;
	case N_OPTION:
		body_start_option(b);
		break;
	case N_OPTGROUP:
		body_start_optgroup(b);
		break;
	case N_SELECTEDCONTENT:
		body_start_selectedcontent(b);
		break;
	case N_RB:
	case N_RTC:
		start_ruby_part(b, N_OTHER);
		break;
	case N_RP:
	case N_RT:
		start_ruby_part(b, N_RTC);
		break;
	case N_MATH:
		start_foreign(b, HTML_SPACE_MATHML);
		break;
	case N_SVG:
		start_foreign(b, HTML_SPACE_SVG);
		break;
	case N_CAPTION:
	case N_COL:
	case N_COLGROUP:
	case N_FRAME:
	case N_HEAD:
	case N_TBODY:
	case N_TD:
	case N_TFOOT:
	case N_TH:
	case N_THEAD:
	case N_TR:
		break;
	default:
		body_insert_active(b);
	}
}
