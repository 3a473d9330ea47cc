/* Writes formulas as TeX between dollar signs, from the annotation of MathML,
 * as KaTeX and Wikipedia have it, or from the scripts of MathJax. */
#include <string.h>

#include "base/ascii.h"
#include "parse/markdown/writer.h"
#include "parse/text/node_text.h"

static bool is_foreign(const xmlNode *n, enum html_id id)
{
	return n->type == XML_ELEMENT_NODE && html_name(n) &&
	       html_name(n)->space == HTML_SPACE_MATHML &&
	       html_name(n)->known == id;
}

/* Appends TeX in one line. Adds spaces, which mean nothing in TeX, so that no
 * part of the formula is read as a tag or a link. */
static void add_tex(struct buf *out, const struct buf *tex, bool in_cell)
{
	for (size_t i = 0; i < tex->len; i++) {
		const char c = tex->data[i];
		const char next = i + 1 < tex->len ? tex->data[i + 1] : ' ';

		if (c == '|' && in_cell)
			buf_addch(out, '\\');
		buf_addch(out, c);
		if ((c == '<' && next != ' ') || (c == ']' && next == '('))
			buf_addch(out, ' ');
	}
}

static void write_tex(struct md *md, const char *s, bool display)
{
	struct buf tex = {0}, out = {0};

	text_collapse(&tex, s, strlen(s));
	if (tex.len) {
		buf_addstr(&out, display ? "$$" : "$");
		add_tex(&out, &tex, md->run.mode == MD_IN_CELL);
		buf_addstr(&out, display ? "$$" : "$");
		if (display)
			md_end_block(md);
		md_add_raw(md, out.data, out.len);
		if (display)
			md_end_block(md);
	}
	buf_release(&tex);
	buf_release(&out);
}

/* Returns the next node inside of the root; NULL if there is none, or the
 * document has had too many searches: of elements inside one another, each is
 * searched. */
static const xmlNode *next_inside(struct md *md, const xmlNode *n,
				  const xmlNode *root)
{
	if (!md->math_nodes)
		return NULL;
	md->math_nodes--;
	if (n->type == XML_ELEMENT_NODE && n->children)
		return n->children;
	while (n != root && !n->next)
		n = n->parent;
	return n == root ? NULL : n->next;
}

static bool is_tex(const xmlNode *annotation)
{
	const char *encoding = md_attribute(annotation, "encoding");

	return encoding && (!strcmp(encoding, "application/x-tex") ||
			    !strcmp(encoding, "TeX"));
}

/* Appends the TeX of a <math> element. Returns false if the element has
 * none. */
static bool find_tex(struct md *md, struct buf *tex, const xmlNode *math)
{
	const char *alt = md_attribute(math, "alttext");

	for (const xmlNode *n = math; n; n = next_inside(md, n, math)) {
		if (n->type != XML_ELEMENT_NODE ||
		    strcmp((const char *)n->name, "annotation") || !is_tex(n))
			continue;
		text_of(tex, n);
		return true;
	}
	if (alt)
		buf_addstr(tex, alt);
	return alt;
}

static bool write_mathml(struct md *md, const xmlNode *math)
{
	const char *display = md_attribute(math, "display");
	struct buf tex = {0};
	const bool found = find_tex(md, &tex, math);

	if (found)
		write_tex(md, buf_cstr(&tex),
			  display && !strcmp(display, "block"));
	buf_release(&tex);
	return found;
}

static bool is_math_script(const xmlNode *n)
{
	const char *type = n && html_is(n, N_SCRIPT) ? md_attribute(n, "type")
						     : NULL;

	return type && !strncmp(type, "math/tex", strlen("math/tex"));
}

static void write_script(struct md *md, const xmlNode *script)
{
	struct buf tex = {0};

	text_of(&tex, script);
	write_tex(md, buf_cstr(&tex),
		  strstr(md_attribute(script, "type"), "display"));
	buf_release(&tex);
}

/* Classes of elements that MathJax puts before the script with the source of a
 * formula; and of those that a script or a server has made of MathML. */
#define MATHJAX "MathJax_Preview", "MathJax", "MathJax_Display", \
	"MathJax_SVG", "MathJax_SVG_Display", "MathJax_CHTML", "mjx-chtml"
#define WRAPPERS "katex", "mwe-math-element"

static bool is_rendered_script(const xmlNode *n)
{
	static const char *const classes[] = {MATHJAX, NULL};
	const xmlNode *next = md_next_element(n);

	if (!next || !md_has_class(n, classes))
		return false;
	return is_math_script(next) || is_math_script(md_next_element(next));
}

/* Returns the <math> element that an element wraps, or NULL. */
static const xmlNode *wrapped_math(struct md *md, const xmlNode *n)
{
	static const char *const classes[] = {WRAPPERS, NULL};
	const xmlNode *math = NULL;

	if (!md_has_class(n, classes))
		return NULL;
	for (const xmlNode *i = n; i && !math; i = next_inside(md, i, n))
		if (is_foreign(i, N_MATH))
			math = i;
	return math;
}

static bool is_display(const xmlNode *n)
{
	static const char *const classes[] = {"katex-display", NULL};

	return n->parent && n->parent->type == XML_ELEMENT_NODE &&
	       md_has_class(n->parent, classes);
}

/* Writes the formula that an element wraps, without the pictures of it. */
static bool write_wrapped(struct md *md, const xmlNode *n)
{
	const xmlNode *math = wrapped_math(md, n);
	struct buf tex = {0};
	bool found = false;

	if (math && is_display(n) && (found = find_tex(md, &tex, math)))
		write_tex(md, buf_cstr(&tex), true);
	else if (math)
		found = write_mathml(md, math);
	buf_release(&tex);
	return found;
}

bool md_write_math(struct md *md, const xmlNode *n)
{
	static const char *const all[] = {MATHJAX, WRAPPERS, NULL};

	if (is_foreign(n, N_MATH))
		return write_mathml(md, n);
	if (is_math_script(n)) {
		write_script(md, n);
		return true;
	}
	if ((!html_is(n, N_SPAN) && !html_is(n, N_DIV)) ||
	    !md_has_class(n, all))
		return false;
	return is_rendered_script(n) || write_wrapped(md, n);
}
