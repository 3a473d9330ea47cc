/* Writes the text or the markup of trees. Trees are walked without recursion,
 * because they may be deep. There is a pair of functions for the markup of
 * HTML, and another for XML. */
#include "parse/text/node_text.h"

#include <stdint.h>
#include <string.h>

#include "base/ascii.h"
#include "parse/html/html.h"

/* The functions that write a node in HTML or in XML. */
struct markup {
	/* Writes the start of a node. Returns true if the node's children and
	 * its end are to be written, too; false if the node is written
	 * completely. */
	bool (*begin)(struct buf *out, const xmlNode *n);
	void (*end)(struct buf *out, const xmlNode *n);
};

/* Replacements for characters in text and in attribute values. */
struct escapes {
	const char *in_text[128], *in_value[128];
	bool nbsp;		/* U+00A0 is replaced, too */
};

static const struct escapes html_escapes = {
	.in_text = {['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;"},
	/* "<" and ">" are escaped in values since 2025 (HTML Standard), because
	 * unescaped ones misled scripts that look for tags in markup. */
	.in_value = {['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;",
		     ['"'] = "&quot;"},
	.nbsp = true,
};

/* Tabs, carriage returns and line feeds are escaped where a parser would turn
 * them into a space or a line feed. */
static const struct escapes xml_escapes = {
	.in_text = {['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;",
		    ['\r'] = "&#13;"},
	.in_value = {['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;",
		     ['"'] = "&quot;", ['\t'] = "&#9;", ['\n'] = "&#10;",
		     ['\r'] = "&#13;"},
};

/* Returns true if the element has the flag: VOID elements have no end tag, and
 * the text of RAW ones is not escaped (HTML Standard, 13.3). noscript is not
 * RAW, because scripts are off. */
static bool has_flag(const xmlNode *n, enum html_flags flag)
{
	return n && n->type == XML_ELEMENT_NODE && html_name(n) &&
	       html_name(n)->flags & flag;
}

static bool is_text(const xmlNode *n)
{
	return n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE;
}

static bool is_document(const xmlNode *n)
{
	return n->type == XML_DOCUMENT_NODE ||
	       n->type == XML_HTML_DOCUMENT_NODE ||
	       n->type == XML_DOCUMENT_FRAG_NODE;
}

static void add_string(struct buf *out, const xmlChar *s)
{
	if (s)
		buf_addstr(out, (const char *)s);
}

static void add_escaped(struct buf *out, const xmlChar *text,
			const char *const *table, bool nbsp)
{
	const char *s = (const char *)text, *done = s, *by;

	for (; s && *s; s++) {
		const size_t len = (size_t)(s - done);

		if (nbsp && *s == '\xc2' && s[1] == '\xa0') {
			buf_add(out, done, len);
			buf_addstr(out, "&nbsp;");
			done = ++s + 1;
		} else if (!(*s & 0x80) && (by = table[(uint8_t)*s])) {
			buf_add(out, done, len);
			buf_addstr(out, by);
			done = s + 1;
		}
	}
	if (s)
		buf_add(out, done, (size_t)(s - done));
}

static void add_name(struct buf *out, const xmlNs *ns, const xmlChar *name)
{
	if (ns && ns->prefix) {
		add_string(out, ns->prefix);
		buf_addch(out, ':');
	}
	add_string(out, name);
}

static void add_attribute(struct buf *out, const xmlAttr *a,
			  const struct escapes *escapes)
{
	add_name(out, a->ns, a->name);
	buf_addstr(out, "=\"");
	for (const xmlNode *n = a->children; n; n = n->next)
		if (is_text(n))
			add_escaped(out, n->content, escapes->in_value,
				    escapes->nbsp);
	buf_addch(out, '"');
}

static void add_attributes(struct buf *out, const xmlNode *n,
			   const struct escapes *escapes)
{
	for (const xmlAttr *a = n->properties; a; a = a->next) {
		buf_addch(out, ' ');
		add_attribute(out, a, escapes);
	}
}

static void add_end_tag(struct buf *out, const xmlNode *n)
{
	if (n->type != XML_ELEMENT_NODE)
		return;
	buf_addstr(out, "</");
	add_name(out, n->ns, n->name);
	buf_addch(out, '>');
}

static void add_comment(struct buf *out, const xmlNode *n)
{
	buf_addstr(out, "<!--");
	add_string(out, n->content);
	buf_addstr(out, "-->");
}

/* Processing instructions are written in this form, as the HTML Standard does
 * since June 2026. */
static void add_instruction(struct buf *out, const xmlNode *n)
{
	buf_addstr(out, "<?");
	add_string(out, n->name);
	if (n->content)
		buf_addch(out, ' ');
	add_string(out, n->content);
	buf_addstr(out, "?>");
}

static bool begin_html(struct buf *out, const xmlNode *n)
{
	switch (n->type) {
	case XML_ELEMENT_NODE:
		buf_addch(out, '<');
		add_name(out, n->ns, n->name);
		add_attributes(out, n, &html_escapes);
		buf_addch(out, '>');
		if (has_flag(n, VOID))
			return false;
		if (n->children)
			return true;
		add_end_tag(out, n);
		return false;
	case XML_TEXT_NODE:
	case XML_CDATA_SECTION_NODE:
		if (has_flag(n->parent, RAW))
			add_string(out, n->content);
		else
			add_escaped(out, n->content, html_escapes.in_text,
				    true);
		return false;
	case XML_COMMENT_NODE:
		add_comment(out, n);
		return false;
	case XML_PI_NODE:
		add_instruction(out, n);
		return false;
	case XML_DTD_NODE:
		buf_addstr(out, "<!DOCTYPE ");
		add_string(out, n->name);
		buf_addch(out, '>');
		return false;
	case XML_ATTRIBUTE_NODE:
		add_attribute(out, (const xmlAttr *)n, &html_escapes);
		return false;
	default:
		return is_document(n) && n->children;
	}
}

static void add_declarations(struct buf *out, const xmlNode *n)
{
	for (const xmlNs *ns = n->nsDef; ns; ns = ns->next) {
		if (!ns->href)	/* a namespace without a URL: libxml2 made it
				 * for an undeclared prefix */
			continue;
		buf_addstr(out, ns->prefix ? " xmlns:" : " xmlns");
		add_string(out, ns->prefix);
		buf_addstr(out, "=\"");
		add_escaped(out, ns->href, xml_escapes.in_value, false);
		buf_addch(out, '"');
	}
}

/* Appends an identifier of a doctype in quotes; the kind of quotes is one that
 * the identifier does not contain. */
static void add_quoted(struct buf *out, const char *before, const xmlChar *s)
{
	const char quote = strchr((const char *)s, '"') ? '\'' : '"';

	buf_addstr(out, before);
	buf_addch(out, quote);
	add_string(out, s);
	buf_addch(out, quote);
}

static void add_doctype(struct buf *out, const xmlDtd *dtd)
{
	buf_addstr(out, "<!DOCTYPE ");
	add_string(out, dtd->name);
	if (dtd->ExternalID)
		add_quoted(out, " PUBLIC ", dtd->ExternalID);
	if (dtd->SystemID)
		add_quoted(out, dtd->ExternalID ? " " : " SYSTEM ",
			   dtd->SystemID);
	buf_addch(out, '>');
}

static bool begin_xml(struct buf *out, const xmlNode *n)
{
	switch (n->type) {
	case XML_ELEMENT_NODE:
		buf_addch(out, '<');
		add_name(out, n->ns, n->name);
		add_declarations(out, n);
		add_attributes(out, n, &xml_escapes);
		buf_addstr(out, n->children ? ">" : "/>");
		return n->children;
	case XML_TEXT_NODE:
		add_escaped(out, n->content, xml_escapes.in_text, false);
		return false;
	case XML_CDATA_SECTION_NODE:
		buf_addstr(out, "<![CDATA[");
		add_string(out, n->content);
		buf_addstr(out, "]]>");
		return false;
	case XML_COMMENT_NODE:
		add_comment(out, n);
		return false;
	case XML_PI_NODE:
		add_instruction(out, n);
		return false;
	case XML_ENTITY_REF_NODE:
		buf_addch(out, '&');
		add_string(out, n->name);
		buf_addch(out, ';');
		return false;
	case XML_DTD_NODE:
		add_doctype(out, (const xmlDtd *)n);
		return false;
	case XML_ATTRIBUTE_NODE:
		add_attribute(out, (const xmlAttr *)n, &xml_escapes);
		return false;
	default:
		return is_document(n) && n->children;
	}
}

/* Appends the markup of a node and everything inside it. Not recursive, because
 * trees may be deep. */
static void add_outer(struct buf *out, const xmlNode *root,
		      const struct markup *markup)
{
	const xmlNode *n = root;

	for (;;) {
		if (markup->begin(out, n)) {
			n = n->children;
			continue;
		}
		while (n != root && !n->next) {
			n = n->parent;
			markup->end(out, n);
		}
		if (n == root)
			return;
		n = n->next;
	}
}

/* Returns true if the node's children are part of its text. The children of a
 * template are not: they are a document of their own (HTML Standard,
 * 4.12.3). */
static inline bool has_text_inside(const xmlNode *n)
{
	if (n->type == XML_ELEMENT_NODE)
		return n->children && !html_is(n, N_TEMPLATE);
	return is_document(n) && n->children;
}

/* Appends the text inside root, but visits no more than `most` nodes. Returns
 * false if there are more. */
static inline bool add_text_inside(struct buf *out, const xmlNode *root,
				   size_t most)
{
	const xmlNode *n = root;

	for (; most; most--) {
		if (is_text(n)) {
			add_string(out, n->content);
		} else if (has_text_inside(n)) {
			n = n->children;
			continue;
		}
		while (n != root && !n->next)
			n = n->parent;
		if (n == root)
			return true;
		n = n->next;
	}
	return false;
}

bool text_of_small(struct buf *out, const xmlNode *element, size_t most)
{
	return add_text_inside(out, element, most);
}

static bool is_called(const xmlAttr *a, const char *name)
{
	const char *prefix = a->ns ? (const char *)a->ns->prefix : NULL;
	const size_t len = prefix ? strlen(prefix) : 0;

	if (prefix && (strncmp(name, prefix, len) || name[len] != ':'))
		return false;
	return !strcmp((const char *)a->name, prefix ? name + len + 1 : name);
}

void text_collapse(struct buf *out, const char *s, size_t len)
{
	const char *end = bytes_end(s, len);
	bool first = true;

	while (s < end) {
		const char *word;

		while (s < end && ascii_is_space(*s))
			s++;
		for (word = s; s < end && !ascii_is_space(*s);)
			s++;
		if (s > word && !first)
			buf_addch(out, ' ');
		buf_add(out, word, (size_t)(s - word));
		first &= s == word;
	}
}

void text_of(struct buf *out, const xmlNode *node)
{
	switch (node->type) {
	case XML_ATTRIBUTE_NODE:
		for (const xmlNode *n = node->children; n; n = n->next)
			if (is_text(n))
				add_string(out, n->content);
		return;
	case XML_COMMENT_NODE:
	case XML_PI_NODE:
		add_string(out, node->content);
		return;
	case XML_NAMESPACE_DECL:
		add_string(out, ((const xmlNs *)node)->href);
		return;
	default:
		add_text_inside(out, node, SIZE_MAX);
	}
}

void text_outer_html(struct buf *out, const xmlNode *node)
{
	static const struct markup html = {begin_html, add_end_tag};

	if (node->type != XML_NAMESPACE_DECL)
		add_outer(out, node, &html);
}

void text_outer_xml(struct buf *out, const xmlNode *node)
{
	static const struct markup xml = {begin_xml, add_end_tag};

	if (node->type != XML_NAMESPACE_DECL)
		add_outer(out, node, &xml);
}

const char *text_attribute(const xmlNode *node, const char *name,
			   struct buf *scratch)
{
	const xmlAttr *a =
		node->type == XML_ELEMENT_NODE ? node->properties : NULL;

	while (a && !is_called(a, name))
		a = a->next;
	if (!a)
		return NULL;
	if (!a->children)
		return "";
	if (!a->children->next && a->children->content)
		return (const char *)a->children->content;
	buf_clear(scratch);
	text_of(scratch, (const xmlNode *)a);
	return buf_cstr(scratch);
}
