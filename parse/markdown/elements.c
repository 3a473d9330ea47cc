/* The table of elements: how each is written. */
#include <string.h>

#include "base/ascii.h"
#include "parse/markdown/escape.h"
#include "parse/markdown/writer.h"

enum {
	CLASSES_MAX = 1024,	/* bytes of a class attribute that are read: the
				 * attribute of one element may be asked for by
				 * each of its children */
};

typedef void write_function(struct md *md, const xmlNode *n);

const char *md_attribute(const xmlNode *n, const char *name)
{
	for (const xmlAttr *a = n->properties; a; a = a->next)
		if (!strcmp((const char *)a->name, name))
			return a->children && a->children->content
				       ? (const char *)a->children->content
				       : "";
	return NULL;
}

static bool is_in_list(struct slice word, const char *const *list)
{
	for (; *list; list++)
		if (*word.p == **list && slice_is(word, *list))
			return true;
	return false;
}

bool md_next_class(const xmlNode *n, size_t *at, struct slice *class)
{
	const char *s = md_attribute(n, "class");
	const char *p = s ? s + *at : NULL;

	while (s && ascii_is_space(*p))
		p++;
	if (!s || !*p || p - s >= CLASSES_MAX)
		return false;
	class->p = p;
	while (*p && !ascii_is_space(*p))
		p++;
	class->len = (size_t)(p - class->p);
	*at = (size_t)(p - s);
	return true;
}

bool md_has_class(const xmlNode *n, const char *const *classes)
{
	struct slice class;
	size_t at = 0;

	while (md_next_class(n, &at, &class))
		if (is_in_list(class, classes))
			return true;
	return false;
}

const xmlNode *md_next_element(const xmlNode *n)
{
	for (n = n->next; n && n->type != XML_ELEMENT_NODE;)
		n = n->next;
	return n;
}

bool md_skips(const struct md *md, const xmlNode *n)
{
	return md->source->skips && md->source->skips(md->source->ctx, n);
}

/* Returns true if the paragraph has only the checkbox of a task so far. */
static bool is_checkbox_only(const struct md_run *run)
{
	return run->count == 1 && run->tokens->kind == MD_RAW &&
	       run->bytes.len == 3 && run->bytes.data[0] == '[';
}

/* Returns the number of bytes of byte order marks with which the text begins,
 * if it is the first of the document: Markdown parsers drop them there. */
static size_t order_marks(const struct md *md)
{
	const size_t mark = strlen("\xef\xbb\xbf");
	size_t len = 0;

	if (md->lines.out->len > md->lines.start || md->lines.has_marker)
		return 0;
	while (len + mark <= md->text.len &&
	       !memcmp(md->text.data + len, "\xef\xbb\xbf", mark))
		len += mark;
	return len;
}

void md_flush(struct md *md)
{
	struct md_run *run = &md->run;
	size_t marks;
	bool task;

	md_run_finish(run);
	if (is_checkbox_only(run))
		md_run_clear(run);
	if (!md_run_has_content(run))
		return;
	buf_clear(&md->text);
	buf_clear(&md->block);
	md_run_write(run, &md->text);
	task = md->lines.has_marker && run->tokens->kind != MD_RAW;
	marks = order_marks(md);
	md_escape_lines(&md->block, md->text.data + marks,
			md->text.len - marks, task);
	md_run_clear(run);
	if (md->block.len)
		md_lines_add(&md->lines, MD_PARAGRAPH, md->block.data,
			     md->block.len);
}

void md_end_block(struct md *md)
{
	switch (md->run.mode) {
	case MD_IN_HEADING:
		md_run_space(&md->run);
		return;
	case MD_IN_CELL:
		if (!md->run.breaks)
			md_run_break(&md->run);
		return;
	default:
		/* The text of a task may be in a block of its own. */
		if (is_checkbox_only(&md->run))
			md_run_space(&md->run);
		else
			md_flush(md);
	}
}

void md_begin_structure(struct md *md)
{
	md_end_block(md);
	if (md->run.mode == MD_IN_PARAGRAPH)
		md_flush(md);
}

/* Two line breaks end a paragraph. */
static void begin_content(struct md *md)
{
	if (md_run_is_over(&md->run))
		md_flush(md);
}

void md_add_raw(struct md *md, const char *s, size_t len)
{
	begin_content(md);
	md_run_raw(&md->run, s, len);
}

void md_write_block(struct md *md, const xmlNode *n)
{
	md_end_block(md);
	md_write_children(md, n);
	md_end_block(md);
}

static void write_text(struct md *md, const xmlNode *n)
{
	const char *s = (const char *)n->content;

	if (!s)
		return;
	if (md->run.breaks && s[strspn(s, " \t\n\f\r")])
		begin_content(md);
	md_run_text(&md->run, s);
}

/* Writes the collected text as a heading. */
static void end_heading(struct md *md, unsigned level)
{
	md->run.mode = MD_IN_PARAGRAPH;
	md_run_finish(&md->run);
	if (!md_run_has_content(&md->run))
		return;
	buf_clear(&md->text);
	buf_clear(&md->block);
	md_run_write(&md->run, &md->text);
	md_run_clear(&md->run);
	buf_addf(&md->block, "%.*s ", (int)level, "######");
	md_escape_heading(&md->block, md->text.data, md->text.len);
	md_lines_add(&md->lines, MD_HEADING, md->block.data, md->block.len);
}

static void write_heading(struct md *md, const xmlNode *n)
{
	if (md->run.mode != MD_IN_PARAGRAPH) {
		md_write_block(md, n);
		return;
	}
	md_flush(md);
	md->run.mode = MD_IN_HEADING;
	md_write_children(md, n);
	end_heading(md, html_name(n)->id - N_H1 + 1u);
}

void md_write_title(struct md *md, const char *title)
{
	md->run.mode = MD_IN_HEADING;
	md_run_text(&md->run, title);
	end_heading(md, 1);
}

static void write_rule(struct md *md, const xmlNode *n)
{
	(void)n;
	md_begin_structure(md);
	if (md->run.mode == MD_IN_PARAGRAPH)
		md_lines_add(&md->lines, MD_RULE, "***", 3);
}

static void write_break(struct md *md, const xmlNode *n)
{
	(void)n;
	md_run_break(&md->run);
}

static void write_format(struct md *md, const xmlNode *n,
			 enum md_format_kind kind)
{
	const struct slice none = {"", 0};
	const bool opened = md_run_open(&md->run, kind, none, none);

	md_write_children(md, n);
	if (opened)
		md_run_close(&md->run, false);
}

static void write_em(struct md *md, const xmlNode *n)
{
	write_format(md, n, MD_EM);
}

static void write_strong(struct md *md, const xmlNode *n)
{
	write_format(md, n, MD_STRONG);
}

static void write_deleted(struct md *md, const xmlNode *n)
{
	write_format(md, n, MD_DELETED);
}

static void write_sub(struct md *md, const xmlNode *n)
{
	write_format(md, n, MD_SUB);
}

/* A reference to a footnote is raised by Markdown. */
static void write_sup(struct md *md, const xmlNode *n)
{
	const xmlNode *child = n->children;

	while (child && child->type != XML_ELEMENT_NODE)
		child = child->next;
	if (child && html_is(child, N_A) && md_note_reference(md, child))
		md_write_children(md, n);
	else
		write_format(md, n, MD_SUP);
}

/* Writes an element that stands apart from the text beside it. */
static void write_apart(struct md *md, const xmlNode *n)
{
	md_run_space(&md->run);
	md_write_children(md, n);
	md_run_space(&md->run);
}

static void write_nothing(struct md *md, const xmlNode *n)
{
	(void)md;
	(void)n;
}

static write_function *const functions[N_COUNT] = {
	[N_HTML] = md_write_block,	[N_BODY] = md_write_block,
	[N_ADDRESS] = md_write_block,	[N_ARTICLE] = md_write_block,
	[N_ASIDE] = md_write_block,	[N_CENTER] = md_write_block,
	[N_DETAILS] = md_write_block,	[N_DIALOG] = md_write_block,
	[N_DIV] = md_write_block,	[N_FIELDSET] = md_write_block,
	[N_FIGCAPTION] = md_write_block, [N_FIGURE] = md_write_block,
	[N_FOOTER] = md_write_block,	[N_FORM] = md_write_block,
	[N_HEADER] = md_write_block,	[N_HGROUP] = md_write_block,
	[N_MAIN] = md_write_block,	[N_NAV] = md_write_block,
	[N_P] = md_write_block,		[N_SEARCH] = md_write_block,
	[N_SECTION] = md_write_block,	[N_SUMMARY] = md_write_block,
	[N_CAPTION] = md_write_block,	[N_TBODY] = md_write_block,
	[N_THEAD] = md_write_block,	[N_TFOOT] = md_write_block,
	[N_TR] = md_write_block,	[N_TD] = md_write_block,
	[N_TH] = md_write_block,	[N_DD] = md_write_block,

	[N_H1] = write_heading,		[N_H2] = write_heading,
	[N_H3] = write_heading,		[N_H4] = write_heading,
	[N_H5] = write_heading,		[N_H6] = write_heading,
	[N_HR] = write_rule,		[N_BR] = write_break,
	[N_UL] = md_write_list,		[N_OL] = md_write_list,
	[N_MENU] = md_write_list,	[N_DIR] = md_write_list,
	[N_LI] = md_write_item,		[N_DL] = md_write_definitions,
	[N_DT] = md_write_term,		[N_BLOCKQUOTE] = md_write_quote,
	[N_PRE] = md_write_pre,		[N_LISTING] = md_write_pre,
	[N_XMP] = md_write_pre,		[N_PLAINTEXT] = md_write_pre,
	[N_TABLE] = md_write_table,

	[N_A] = md_write_link,		[N_AREA] = md_write_area,
	[N_IMG] = md_write_image,	[N_INPUT] = md_write_input,
	[N_EM] = write_em,		[N_I] = write_em,
	[N_CITE] = write_em,		[N_DFN] = write_em,
	[N_VAR] = write_em,		[N_STRONG] = write_strong,
	[N_B] = write_strong,		[N_S] = write_deleted,
	[N_STRIKE] = write_deleted,	[N_DEL] = write_deleted,
	[N_SUB] = write_sub,		[N_SUP] = write_sup,
	[N_CODE] = md_write_code,	[N_KBD] = md_write_code,
	[N_SAMP] = md_write_code,	[N_TT] = md_write_code,

	[N_BUTTON] = write_apart,	[N_SELECT] = write_apart,
	[N_OPTGROUP] = write_apart,	[N_OPTION] = write_apart,
	[N_TEXTAREA] = write_apart,	[N_RT] = write_apart,

	[N_HEAD] = write_nothing,	[N_TITLE] = write_nothing,
	[N_SCRIPT] = write_nothing,	[N_STYLE] = write_nothing,
	[N_TEMPLATE] = write_nothing,	[N_IFRAME] = write_nothing,
	[N_NOEMBED] = write_nothing,	[N_NOFRAMES] = write_nothing,
	[N_COLGROUP] = write_nothing,
};

/* The titles and descriptions of drawings are not shown. */
static void write_foreign(struct md *md, const xmlNode *n)
{
	switch (html_name(n)->known) {
	case N_TITLE:
	case N_DESC:
	case N_STYLE:
	case N_SCRIPT:
		return;
	case N_A:
		md_write_link(md, n);
		return;
	default:
		write_apart(md, n);
	}
}

static void write_element(struct md *md, const xmlNode *n)
{
	const struct html_name *name = html_name(n);
	const unsigned note = md_note_of(md, n);

	if (name->space != HTML_SPACE) {
		write_foreign(md, n);
		return;
	}
	if (note)
		md_write_note(md, n, note);
	else if (functions[name->id])
		functions[name->id](md, n);
	else
		md_write_children(md, n);
}

void md_write_root(struct md *md, const xmlNode *n)
{
	md_end_block(md);
	if (html_name(n))
		write_element(md, n);
	md_end_block(md);
}

void md_write_node(struct md *md, const xmlNode *n)
{
	switch (n->type) {
	case XML_ELEMENT_NODE:
		/* Formulas are asked about first: their source is often
		 * hidden. */
		if (html_name(n) && !md_write_math(md, n) && !md_skips(md, n))
			write_element(md, n);
		return;
	case XML_TEXT_NODE:
	case XML_CDATA_SECTION_NODE:
		write_text(md, n);
		return;
	default:
		return;
	}
}

bool md_is_full(const struct md *md)
{
	return md_lines_full(&md->lines, md->run.bytes.len + md->held);
}

void md_write_children(struct md *md, const xmlNode *n)
{
	for (n = n->children; n && !md_is_full(md); n = n->next)
		md_write_node(md, n);
}
