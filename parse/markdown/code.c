/* Writes code blocks and code spans. */
#include <string.h>

#include "base/ascii.h"
#include "parse/markdown/escape.h"
#include "parse/markdown/writer.h"

/* Classes of line numbers and of buttons, in the output of Pygments, Rouge,
 * Chroma, highlight.js, GitHub, Prism and of copying scripts. */
static const char *const gadgets[] = {
	"lineno", "linenos", "linenodiv", "line-number", "linenumber",
	"linenumbers", "line-numbers-rows", "lnt", "ln", "gutter",
	"rouge-gutter", "blob-num", "hljs-ln-numbers", "hljs-ln-n",
	"react-syntax-highlighter-line-number", "copy", "copy-button",
	"copy-btn", "copybtn", "btn-copy", "copy-code-button",
	"clipboard-copy", "code-copy", "copy-to-clipboard-button", NULL,
};

bool md_is_code_gadget(const xmlNode *n)
{
	return html_is(n, N_BUTTON) || md_has_class(n, gadgets) ||
	       !strcmp((const char *)n->name, "clipboard-copy");
}

/* Returns true if the element begins a line of its own. */
static bool is_line(const xmlNode *n)
{
	static const enum html_id ids[] = {
		N_DIV, N_P, N_LI, N_TR, N_UL, N_OL, N_DL, N_DT, N_DD, N_TABLE,
		N_BLOCKQUOTE, N_SECTION, N_ARTICLE, N_FIGURE, N_DETAILS,
		N_SUMMARY, N_H1, N_H2, N_H3, N_H4, N_H5, N_H6, N_HR, N_PRE,
	};

	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++)
		if (html_is(n, ids[i]))
			return true;
	return false;
}

static void end_line(struct buf *code)
{
	if (code->len && code->data[code->len - 1] != '\n')
		buf_addch(code, '\n');
}

/* Appends text, with line feeds in place of carriage returns, which would end a
 * line of the Markdown. */
static void add_text(struct buf *code, const char *s)
{
	const size_t start = code->len;
	char *p;

	if (!s)
		return;
	buf_addstr(code, s);
	for (p = code->data + start; p < code->data + code->len; p++)
		if (*p == '\r')
			*p = '\n';
}

static void add_code(const struct md *md, struct buf *code, const xmlNode *n)
{
	for (n = n->children; n; n = n->next) {
		if (n->type == XML_TEXT_NODE ||
		    n->type == XML_CDATA_SECTION_NODE) {
			add_text(code, (const char *)n->content);
			continue;
		}
		if (n->type != XML_ELEMENT_NODE || md_is_code_gadget(n) ||
		    html_is(n, N_TEMPLATE) || md_skips(md, n))
			continue;
		if (is_line(n))
			end_line(code);
		if (html_is(n, N_BR))
			buf_addch(code, '\n');
		add_code(md, code, n);
		if (is_line(n) && n->next)
			end_line(code);
	}
}

static bool is_language(struct slice s)
{
	enum { LONGEST = 40 };

	if (!s.len || s.len > LONGEST)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] <= ' ' || strchr("`\\&", s.p[i]))
			return false;
	return !slice_is(s, "none");
}

/* Returns the rest of the first class that begins with the prefix, or an empty
 * slice. */
static struct slice class_with(const xmlNode *n, const char *prefix)
{
	const size_t len = strlen(prefix);
	struct slice class;
	size_t at = 0;

	while (md_next_class(n, &at, &class))
		if (class.len > len && !memcmp(class.p, prefix, len))
			return (struct slice){class.p + len, class.len - len};
	return (struct slice){"", 0};
}

/* Returns the language that an element names. around: the element is outside of
 * the code, so that "lang-" may mean something else. */
static struct slice language_of(const xmlNode *n, bool around)
{
	static const char *const sphinx[] = {"notranslate", NULL};
	static const char *const prefixes[] = {
		"language-", "highlight-source-", "lang-"};
	const size_t count = around ? 2 : 3;
	const char *data = md_attribute(n, "data-lang");
	struct slice s = {"", 0};

	for (size_t i = 0; i < count && !s.len; i++)
		s = class_with(n, prefixes[i]);
	if (!s.len && data)
		s = (struct slice){data, strlen(data)};
	if (!s.len && around && md_has_class(n, sphinx))
		s = class_with(n, "highlight-");
	if (slice_is(s, "default"))
		s.len = 0;
	return is_language(s) ? s : (struct slice){"", 0};
}

static const xmlNode *only_code(const xmlNode *pre)
{
	for (const xmlNode *n = pre->children; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE && html_is(n, N_CODE))
			return n;
	return NULL;
}

/* Returns the language of a code block: named by <code>, by <pre>, or by an
 * element around them. */
static struct slice find_language(const xmlNode *pre)
{
	enum { LEVELS = 3 };
	const xmlNode *code = only_code(pre), *n = pre->parent;
	struct slice s = {"", 0};

	if (code)
		s = language_of(code, false);
	if (!s.len)
		s = language_of(pre, false);
	for (int i = 0; i < LEVELS && !s.len; i++, n = n->parent) {
		if (!n || n->type != XML_ELEMENT_NODE || !html_name(n))
			break;
		s = language_of(n, true);
	}
	return s;
}

static size_t longest_ticks(const struct buf *code)
{
	size_t longest = 0, run = 0;

	for (size_t i = 0; i < code->len; i++) {
		run = code->data[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

static void write_fence(struct md *md, const struct buf *code,
			struct slice language)
{
	const size_t inside = longest_ticks(code);
	const size_t ticks = inside < 3 ? 3 : inside + 1;
	struct buf out = {0};

	for (size_t i = 0; i < ticks; i++)
		buf_addch(&out, '`');
	buf_add(&out, language.p, language.len);
	buf_addch(&out, '\n');
	buf_add(&out, code->data, code->len);
	if (code->len && code->data[code->len - 1] != '\n')
		buf_addch(&out, '\n');
	for (size_t i = 0; i < ticks; i++)
		buf_addch(&out, '`');
	md_lines_add(&md->lines, MD_FENCE, out.data, out.len);
	buf_release(&out);
}

/* In a cell, which has one line only, the element is written as HTML, with
 * references to line feeds. */
static void write_in_cell(struct md *md, const struct buf *code)
{
	const struct md_escapes all = {
		.backtick = true, .star = true, .underscore = true,
		.tilde = true, .in_cell = true, .next = '?',
	};
	const char *s = code->data, *end = s + code->len;
	struct buf out = {0};

	buf_addstr(&out, "<pre>");
	if (*s == '\n')		/* parsers of HTML drop the first one */
		buf_addstr(&out, "&#10;");
	while (s < end) {
		const char *p = memchr(s, '\n', (size_t)(end - s));

		md_add_text(&out, s, (size_t)((p ? p : end) - s), &all);
		if (p)
			buf_addstr(&out, "&#10;");
		s = p ? p + 1 : end;
	}
	buf_addstr(&out, "</pre>");
	md_add_raw(md, out.data, out.len);
	buf_release(&out);
}

static void write_code_block(struct md *md, const xmlNode *n,
			     const struct buf *code)
{
	switch (md->run.mode) {
	case MD_IN_HEADING:
		md_run_begin_code(&md->run);
		md_run_text(&md->run, code->data);
		md_run_end_code(&md->run);
		return;
	case MD_IN_CELL:
		write_in_cell(md, code);
		return;
	default:
		write_fence(md, code, find_language(n));
	}
}

void md_write_pre(struct md *md, const xmlNode *n)
{
	struct buf code = {0};

	if (md_is_code_gadget(n))
		return;
	md_begin_structure(md);
	add_code(md, &code, n);
	buf_cstr(&code);
	if (code.len || (only_code(n) && md->run.mode == MD_IN_PARAGRAPH))
		write_code_block(md, n, &code);
	md_end_block(md);
	buf_release(&code);
}

void md_write_code(struct md *md, const xmlNode *n)
{
	md_run_begin_code(&md->run);
	md_write_children(md, n);
	md_run_end_code(&md->run);
}
