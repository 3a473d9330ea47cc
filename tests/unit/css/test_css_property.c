/*
 * Random selectors on random trees: css_find() finds the elements that each
 * selector matches by its definition (css_naive.h), in document order, whatever
 * was searched for in the same tree before.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "parse/css/css.h"
#include "parse/css/match.h"
#include "parse/html/html.h"
#include "parse/library.h"
#include "tests/unit/css/css_naive.h"

enum { TREES = 4000, SETS = 3, MOST = 4, NODES = 70 };

static uint64_t seed;

static uint32_t below(uint32_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33) % n;
}

#define PICK(array) ((array)[below(sizeof(array) / sizeof(*(array)))])

static const char *const tags[] = {
	"div", "div", "div", "p", "p", "span", "a", "ul", "li", "b"};
static const char *const controls[] = {
	"fieldset", "fieldset", "legend", "legend", "input", "input", "option", "option", "select",
	"optgroup", "button", "template", "meta", "Legend"};
static const char *const classes[] = {
	"x", "y", "z", "X", "x y", "\tz  x\n", "zz", ""};
static const char *const ids[] = {"i", "j", "I", "k"};
static const char *const languages[] = {
	"en", "en-GB", "de-Latn-DE", "", "EN-x-en", "zh"};
static const char *const values[] = {
	"foo", "FOO", "foo bar", "foo-bar", "", "o", "bar"};
static const char *const types[] = {"radio", "CheckBox", "text"};

/* --- Trees ---------------------------------------------------------------- */

static void set(xmlNode *n, const char *name, const char *value)
{
	xmlNewProp(n, BAD_CAST name, BAD_CAST value);
}

static void add_attributes(xmlNode *n, xmlNs *xml)
{
	if (!below(2))
		set(n, "class", PICK(classes));
	if (!below(5))
		set(n, "id", PICK(ids));
	if (!below(6))
		set(n, "title", PICK(values));
	if (!below(6))
		set(n, "rel", PICK(values));
	if (!below(12))
		set(n, "lang", PICK(languages));
	if (xml && !below(12))
		xmlNewNsProp(n, xml, BAD_CAST "lang",
			     BAD_CAST PICK(languages));
	if (!below(6))
		set(n, "disabled", "");
	if (!below(8))
		set(n, "selected", "");
	if (!below(4))
		set(n, "checked", "");
	if (!below(3))
		set(n, "type", PICK(types));
	if (!below(3))
		set(n, "href", "/");
	if (!below(20))
		set(n, PICK(((const char *[]){"multiple", "size"})), "3");
}

/* Returns the name as the parser gives it: only SVG has names with mixed
 * letters. */
static struct html_name *name_of(const char *name)
{
	static struct html_name names[64];
	enum html_space space = HTML_SPACE;
	size_t i = 0;

	if (name[0] < 'a' || !below(8))
		space = HTML_SPACE_SVG;
	while (names[i].text && (names[i].space != space ||
				 strcmp(names[i].text, name)))
		i++;
	names[i].text = name;
	names[i].space = (uint8_t)space;
	if (!strcmp(name, "template") && space == HTML_SPACE)
		names[i].id = N_TEMPLATE;
	return &names[i];
}

static xmlNode *new_element(const xmlDoc *doc, bool html, bool formal)
{
	const char *name = formal ? PICK(controls) : PICK(tags);
	xmlNode *n = xmlNewNode(NULL, BAD_CAST name);
	xmlNode *root = xmlDocGetRootElement(doc);

	if (html)
		n->psvi = name_of(name);
	if (!strcmp(name, "meta") && html) {
		set(n, "http-equiv", "content-language");
		set(n, "content", "en");
	}
	if (!html && root && !below(3))
		xmlSetNs(n, root->nsDef);
	return n;
}

static xmlDoc *new_doc(bool html)
{
	xmlDoc *doc = xmlNewDoc(BAD_CAST "1.0");
	struct html_document *d;

	if (!html)
		return doc;
	d = xmlRealloc(doc, sizeof(*d));
	d->doc.doc = &d->doc;
	d->quirks = below(2) ? HTML_QUIRKS :
		    below(2) ? HTML_LIMITED_QUIRKS : HTML_NO_QUIRKS;
	return &d->doc;
}

/* Makes a random tree: each element is a child of an earlier one, either of any
 * or preferably of one of the last. */
static xmlDoc *make_tree(bool html)
{
	xmlDoc *doc = new_doc(html);
	xmlNode *all[NODES] = {new_element(doc, html, false)};
	const uint32_t count = 1 + below(below(8) ? 30 : NODES);
	const bool formal = !below(3);
	const uint32_t reach = 1 + below(count);
	const bool wide = !below(4);
	xmlNs *xml = NULL;

	if (below(2))
		xmlAddChild((xmlNode *)doc, xmlNewDocComment(doc, NULL));
	xmlDocSetRootElement(doc, all[0]);
	if (!html) {
		xmlNewNs(all[0], BAD_CAST "http://www.w3.org/1999/xhtml",
			 BAD_CAST "h");
		xml = xmlSearchNs(doc, all[0], BAD_CAST "xml");
	}
	add_attributes(all[0], xml);
	for (uint32_t i = 1; i < count; i++) {
		const uint32_t far = 1 + below(reach < i ? reach : i);
		xmlNode *to = all[reach > count / 2 ? below(far) : i - far];

		if (wide && below(8))
			to = all[i / 40];
		if (!below(4))
			xmlAddChild(to, xmlNewDocComment(doc, BAD_CAST "c"));
		if (!below(4))
			xmlAddChild(to, xmlNewDocText(doc, BAD_CAST " "));
		all[i] = new_element(doc, html, formal && below(2));
		xmlAddChild(to, all[i]);
		add_attributes(all[i], xml);
	}
	return doc;
}

/* --- Selectors ------------------------------------------------------------ */

static void add_list(struct buf *out, int depth, bool relative, bool in_has);

static void add_attribute(struct buf *out)
{
	static const char *const names[] = {"title", "rel", "href", "TITLE",
					    "*|lang", "|rel", "class"};
	static const char *const ops[] = {"=", "~=", "|=", "^=", "$=", "*="};
	static const char *const ends[] = {"", "", " i", " s"};

	buf_addf(out, "[%s", PICK(names));
	if (below(4))
		buf_addf(out, "%s\"%s\"%s", PICK(ops), PICK(values),
			 PICK(ends));
	buf_addstr(out, "]");
}

static void add_nth(struct buf *out, int depth, bool in_has)
{
	static const char *const names[] = {"nth-child", "nth-last-child",
					    "nth-of-type", "nth-last-of-type"};
	static const char *const steps[] = {
		"1", "2", "odd", "even", "3n", "-n+3", "2n+1", "n", "-2n+7",
		"n+2", "0n+0", "5n-2"};
	const uint32_t i = below(4);

	buf_addf(out, ":%s(%s", names[i], PICK(steps));
	if (i < 2 && depth && !below(2)) {
		buf_addstr(out, " of ");
		add_list(out, depth - 1, false, in_has);
	}
	buf_addstr(out, ")");
}

static void add_list_of(struct buf *out, const char *name, int depth,
			bool relative, bool in_has)
{
	buf_addf(out, ":%s(", name);
	add_list(out, depth - 1, relative, in_has);
	buf_addstr(out, ")");
}

static void add_pseudo(struct buf *out, int depth, bool in_has)
{
	static const char *const plain[] = {
		":empty", ":root", ":scope", ":scope", ":first-child",
		":last-child", ":only-child", ":first-of-type",
		":last-of-type", ":only-of-type", ":any-link", ":checked",
		":disabled", ":enabled", ":lang(en)", ":lang('*-gb', de-DE)",
		":lang('')", ":lang('*')", ":is()"};
	const uint32_t kind = below(9);

	if (kind < 2)
		add_nth(out, depth, in_has);
	else if (kind == 2 && depth)
		add_list_of(out, "not", depth, false, in_has);
	else if (kind == 3 && depth)
		add_list_of(out, "is", depth, false, in_has);
	else if (kind < 6 && depth && !in_has)
		add_list_of(out, "has", depth, true, true);
	else if (kind == 6)
		buf_addstr(out, ":scope");
	else
		buf_addstr(out, PICK(plain));
}

static void add_compound(struct buf *out, int depth, bool in_has)
{
	static const char *const names[] = {"x", "y", "z", "X", "zz"};
	const size_t start = out->len;

	if (below(2)) {
		buf_addstr(out, below(4) ? PICK(tags) : "*");
		return;
	}
	if (!below(2))
		buf_addf(out, "%s%s", below(8) ? "" : below(2) ? "*|" : "|",
			 below(4) ? PICK(tags) : PICK(controls));
	else if (!below(5))
		buf_addstr(out, "*");
	if (!below(3))
		buf_addf(out, ".%s", PICK(names));
	if (!below(8))
		buf_addf(out, "#%s", PICK(ids));
	if (!below(5))
		add_attribute(out);
	if (!below(3))
		add_pseudo(out, depth, in_has);
	if (out->len == start)
		buf_addstr(out, below(2) ? "DIV" : "p");
}

static void add_complex(struct buf *out, int depth, bool relative, bool in_has)
{
	static const char *const hows[] = {" ", " ", " ", " > ", " + ", " ~ "};

	if (relative && below(2))
		buf_addstr(out, PICK(hows) + 1);
	add_compound(out, depth, in_has);
	for (uint32_t left = below(5); left > 1; left--) {
		buf_addstr(out, PICK(hows));
		add_compound(out, depth, in_has);
	}
}

static void add_list(struct buf *out, int depth, bool relative, bool in_has)
{
	add_complex(out, depth, relative, in_has);
	while (!below(4)) {
		buf_addstr(out, ", ");
		add_complex(out, depth, relative, in_has);
	}
}

static struct css *make_selector(struct buf *text)
{
	struct buf why = {0};
	struct css *css;
	size_t at;

	buf_clear(text);
	add_list(text, 2, false, false);
	css = css_compile(buf_cstr(text), text->len, &why, &at);
	if (!css)
		fail_msg("%s: %s", buf_cstr(text), buf_cstr(&why));
	buf_release(&why);
	return css;
}

/* --- Trees and selectors -------------------------------------------------- */

struct found {
	xmlNode *nodes[MOST][NODES];
	size_t counts[MOST];
};

static void on_match(void *ctx, size_t which, xmlNode *node)
{
	struct found *found = ctx;

	assert_true(which < MOST && found->counts[which] < NODES);
	found->nodes[which][found->counts[which]++] = node;
}

static void complain(xmlDoc *doc, const struct buf *text, const char *what,
		     uint64_t first)
{
	struct buf copy = {0};
	xmlChar *dump;
	int len;

	xmlDocDumpMemory(doc, &dump, &len);
	buf_add(&copy, text->data, text->len);
	fail_msg("%s: %s (seed %llu)\n%s", buf_cstr(&copy), what,
		 (unsigned long long)first, (char *)dump);
}

static void compare(xmlDoc *doc, const struct naive *v, const struct css *css,
		    bool all, xmlNode *scope, const struct found *found,
		    size_t which, const struct buf *text, uint64_t first)
{
	size_t count = 0;

	for (const xmlNode *n = naive_first(v); n; n = naive_next(v, n)) {
		if (!naive_finds(v, css, scope, n) || (count && !all))
			continue;
		if (count == found->counts[which])
			complain(doc, text, "too few", first);
		if (found->nodes[which][count++] != n)
			complain(doc, text, "another", first);
	}
	if (count < found->counts[which])
		complain(doc, text, "too many", first);
}

static xmlNode *pick_scope(const struct naive *v)
{
	const xmlNode *scope = naive_first(v);

	for (const xmlNode *n = scope; n; n = naive_next(v, n))
		if (!below(6))
			scope = n;
	return (xmlNode *)scope;
}

static void try_set(struct css_document *d, xmlDoc *doc, struct naive *v,
		    uint64_t first)
{
	struct css_set *some = css_set_new();
	const size_t count = 1 + below(MOST);
	struct buf texts[MOST] = {0};
	struct css *csses[MOST];
	bool all[MOST];

	for (size_t i = 0; i < count; i++) {
		csses[i] = make_selector(&texts[i]);
		all[i] = below(4);
		css_set_add(some, csses[i], all[i]);
	}
	for (int round = 0; round < 3; round++) {
		xmlNode *scope = round ? pick_scope(v) : NULL;
		struct found found = {0};

		v->scope = scope ? scope : naive_first(v);
		assert_null(css_find(d, some, scope, on_match, &found));
		for (size_t i = 0; i < count; i++)
			compare(doc, v, csses[i], all[i], scope, &found, i,
				&texts[i], first);
	}
	css_set_free(some);
	for (size_t i = 0; i < count; i++) {
		css_free(csses[i]);
		buf_release(&texts[i]);
	}
}

static void selectors_find_their_elements(void **state)
{
	const char *from = getenv("SEED");

	(void)state;
	seed = from ? strtoull(from, NULL, 10) : 20250101;
	for (int i = 0; i < TREES; i++) {
		const uint64_t first = seed;
		const bool html = below(4);
		xmlDoc *doc = make_tree(html);
		struct css_document *d = css_document_new(doc, html);
		struct naive v = {.doc = doc, .html = html};

		v.quirks = html && html_quirks(doc) == HTML_QUIRKS;
		for (int k = 0; k < SETS; k++)
			try_set(d, doc, &v, first);
		css_document_free(d);
		xmlFreeDoc(doc);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(selectors_find_their_elements),
	};

	parse_global_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
