/*
 * Prints the tree of HTML in the format of html5lib's tests, or with --html as
 * the markup of its root element: of each file, or of standard input. With
 * --batch, reads a decimal length, a line feed and that many bytes again and
 * again, and answers each with its tree in the same way.
 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "parse/html/page.h"
#include "parse/text/node_text.h"

static struct html_page *parser;
static bool as_html;

static void indent(struct buf *out, size_t depth)
{
	buf_addstr(out, "| ");
	while (depth--)
		buf_addstr(out, "  ");
}

static const char *space_prefix(const xmlNode *n)
{
	static const char *const prefixes[] = {
		[HTML_SPACE] = "", [HTML_SPACE_SVG] = "svg ",
		[HTML_SPACE_MATHML] = "math ",
	};

	return prefixes[html_space(n)];
}

static const char *value_of(const xmlAttr *a)
{
	return a->children ? (const char *)a->children->content : "";
}

/* Returns the name in the form that html5lib's tests use ("xlink href"), to be
 * freed. */
static char *attr_name(const xmlNode *n, const xmlAttr *a)
{
	const struct html_name *of = a->psvi;
	char *name, *colon;

	if (html_space(n) != HTML_SPACE && of->id == N_XMLNS)
		return xstrdup("xmlns xmlns");
	name = xstrdup((const char *)a->name);
	if (html_space(n) != HTML_SPACE && html_name_local(of) &&
	    (colon = strchr(name, ':')))
		*colon = ' ';
	return name;
}

struct line {
	char *name;
	const char *value;
};

/* Returns the rank of a character's first byte in the order of UTF-16, in which
 * surrogates precede U+E000. */
static unsigned order_of(char c)
{
	const unsigned char byte = (unsigned char)c;

	return byte == 0xee || byte == 0xef ? byte + 0x100u : byte;
}

static int compare(const void *one, const void *other)
{
	const char *a = ((const struct line *)one)->name;
	const char *b = ((const struct line *)other)->name;

	while (*a && *a == *b) {
		a++;
		b++;
	}
	return (int)order_of(*a) - (int)order_of(*b);
}

static void add_attributes(struct buf *out, const xmlNode *n, size_t depth)
{
	size_t count = 0, i = 0;
	struct line *lines;

	for (const xmlAttr *a = n->properties; a; a = a->next)
		count++;
	lines = xcalloc(count + 1, sizeof(*lines));
	for (const xmlAttr *a = n->properties; a; a = a->next)
		lines[i++] = (struct line){attr_name(n, a), value_of(a)};
	qsort(lines, count, sizeof(*lines), compare);
	for (i = 0; i < count; i++) {
		indent(out, depth);
		buf_addf(out, "%s=\"", lines[i].name);
		buf_addstr(out, lines[i].value);
		buf_addstr(out, "\"\n");
		free(lines[i].name);
	}
	free(lines);
}

static void add_doctype(struct buf *out, const xmlDtd *dtd)
{
	buf_addstr(out, "<!DOCTYPE ");
	buf_addstr(out, (const char *)dtd->name);
	if ((dtd->ExternalID && *dtd->ExternalID) ||
	    (dtd->SystemID && *dtd->SystemID)) {
		buf_addstr(out, " \"");
		if (dtd->ExternalID)
			buf_addstr(out, (const char *)dtd->ExternalID);
		buf_addstr(out, "\" \"");
		if (dtd->SystemID)
			buf_addstr(out, (const char *)dtd->SystemID);
		buf_addch(out, '"');
	}
	buf_addstr(out, ">\n");
}

static const char *content_of(const xmlNode *n)
{
	return n->content ? (const char *)n->content : "";
}

static void add_node(struct buf *out, const xmlNode *n, size_t depth)
{
	indent(out, depth);
	switch (n->type) {
	case XML_ELEMENT_NODE:
		buf_addch(out, '<');
		buf_addstr(out, space_prefix(n));
		buf_addstr(out, (const char *)n->name);
		buf_addstr(out, ">\n");
		add_attributes(out, n, depth + 1);
		break;
	case XML_TEXT_NODE:
		buf_addch(out, '"');
		buf_addstr(out, content_of(n));
		buf_addstr(out, "\"\n");
		break;
	case XML_COMMENT_NODE:
		buf_addstr(out, "<!-- ");
		buf_addstr(out, content_of(n));
		buf_addstr(out, " -->\n");
		break;
	case XML_PI_NODE:
		buf_addstr(out, "<?");
		buf_addstr(out, (const char *)n->name);
		if (*content_of(n))
			buf_addch(out, ' ');
		buf_addstr(out, content_of(n));
		buf_addstr(out, "?>\n");
		break;
	case XML_DTD_NODE:
		add_doctype(out, (const xmlDtd *)n);
		break;
	default:
		buf_addstr(out, "?\n");
	}
}

static bool is_template(const xmlNode *n)
{
	return n->type == XML_ELEMENT_NODE && html_name(n)->id == N_TEMPLATE;
}

static void add_tree(struct buf *out, const xmlDoc *doc)
{
	const xmlNode *n = doc->children;
	size_t depth = 0;

	while (n) {
		add_node(out, n, depth);
		if (is_template(n)) {
			indent(out, ++depth);
			buf_addstr(out, "content\n");
		}
		if (n->type == XML_ELEMENT_NODE && n->children) {
			n = n->children;
			depth++;
			continue;
		}
		while (n && !n->next) {
			depth -= is_template(n);
			n = n->parent;
			if (!n || n->type != XML_ELEMENT_NODE)
				return;
			depth--;
		}
		depth -= is_template(n);
		n = n->next;
	}
}

static void print_tree(struct buf *text, bool scripting, bool batch)
{
	struct buf out = {0};
	const char *why;
	xmlDoc *doc;

	if (text->len >= 3 && !memcmp(text->data, "\xef\xbb\xbf", 3))
		memmove(text->data, text->data + 3, text->len -= 3);
	utf8_repair(text);
	buf_cstr(text);
	doc = html_page_parse(parser, text->data, text->len, scripting, &why);
	if (doc && as_html)
		text_outer_html(&out, xmlDocGetRootElement(doc));
	else if (doc)
		add_tree(&out, doc);
	else
		buf_addf(&out, "%s\n", why);
	if (batch)
		printf("%zu\n", out.len);
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	fflush(stdout);
	buf_release(&out);
}

static void read_all(struct buf *text, FILE *f)
{
	enum { CHUNK = 1 << 16 };
	size_t n;

	do {
		n = fread(buf_reserve(text, CHUNK), 1, CHUNK, f);
		text->len += n;
	} while (n);
}

static void answer_batch(bool scripting)
{
	struct buf text = {0};
	size_t len;

	while (scanf("%zu", &len) == 1 && getchar() == '\n') {
		buf_clear(&text);
		if (fread(buf_reserve(&text, len + 1), 1, len, stdin) != len)
			break;
		text.len = len;
		print_tree(&text, scripting, true);
	}
	buf_release(&text);
}

static int print_file(const char *path, bool scripting)
{
	FILE *f = path ? fopen(path, "rb") : stdin;
	struct buf text = {0};

	if (!f) {
		perror(path);
		return 1;
	}
	read_all(&text, f);
	if (path)
		fclose(f);
	print_tree(&text, scripting, false);
	buf_release(&text);
	return 0;
}

int main(int argc, char **argv)
{
	bool scripting = false, batch = false, files = false;
	int status = 0;

	parser = html_page_new();
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--scripting"))
			scripting = true;
		else if (!strcmp(argv[i], "--html"))
			as_html = true;
		else if (!strcmp(argv[i], "--batch"))
			batch = true;
	}
	for (int i = 1; i < argc; i++) {
		if (!strncmp(argv[i], "--", 2))
			continue;
		files = true;
		status |= print_file(argv[i], scripting);
	}
	if (batch)
		answer_batch(scripting);
	else if (!files)
		status = print_file(NULL, scripting);
	html_page_free(parser);
	return status;
}
