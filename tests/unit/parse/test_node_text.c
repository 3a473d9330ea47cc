#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include "base/mem.h"
#include "parse/library.h"
#include "parse/text/node_text.h"
#include "tests/unit/html_text.h"

/* Returns the first element of that name, in document order. */
static xmlNode *element(xmlNode *n, const char *name)
{
	for (; n; n = n->next) {
		xmlNode *inside;

		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (!strcmp((const char *)n->name, name))
			return n;
		if ((inside = element(n->children, name)))
			return inside;
	}
	return NULL;
}

static xmlDoc *html(const char *s)
{
	xmlDoc *doc = html_text_parse(s, strlen(s));

	assert_non_null(doc);
	return doc;
}

static xmlDoc *xml(const char *s)
{
	xmlDoc *doc = xmlReadMemory(s, (int)strlen(s), NULL, "UTF-8", 0);

	assert_non_null(doc);
	return doc;
}

static void runs_of_white_space_are_one_space(void **state)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{"", ""},
		{" ", ""},
		{"a", "a"},
		{"  a  ", "a"},
		{"\t\n\f\r a \t\n\f\r b\r", "a b"},
		{"\xc2\xa0 a\xc2\xa0", "\xc2\xa0 a\xc2\xa0"},
		{"a\v b", "a\v b"},
	};
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		buf_clear(&out);
		buf_addstr(&out, "x ");
		text_collapse(&out, rows[i].in, strlen(rows[i].in));
		assert_string_equal(buf_cstr(&out) + 2, rows[i].out);
	}
	buf_clear(&out);
	text_collapse(&out, NULL, 0);
	assert_int_equal(out.len, 0);
	buf_release(&out);
}

static void text_of_an_element_is_all_text_inside(void **state)
{
	static const struct {
		const char *html, *text;
	} rows[] = {
		{"<div></div>", ""},
		{"<div>a</div>b", "a"},
		{"<div> a<p>b<b> c </b></p>d\n</div>e", " ab c d\n"},
		{"<div>a<!-- b --><?c d>e</div>", "ae"},
		{"<div>a<script>b<i></script><style>c</style>d</div>",
		 "ab<i>cd"},
		{"<div>&amp;&nbsp;&x;</div>", "&\xc2\xa0&x;"},
		{"<div>a<template>b<p>c</p></template>d</div>", "ad"},
	};
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		xmlDoc *doc = html(rows[i].html);

		buf_clear(&out);
		text_of(&out, element(doc->children, "div"));
		assert_string_equal(buf_cstr(&out), rows[i].text);
		html_text_free(doc);
	}
	buf_release(&out);
}

static void text_of_other_nodes_is_what_they_hold(void **state)
{
	xmlDoc *doc = xml("<!--1--><a b='2&amp;3' c=''>4<!--5--><?d 6?>"
			  "<![CDATA[7]]></a>");
	const xmlNode *a = element(doc->children, "a");
	const struct {
		const void *node;
		const char *text;
	} rows[] = {
		{doc, "47"},
		{doc->children, "1"},
		{a, "47"},
		{a->properties, "2&3"},
		{a->properties->next, ""},
		{a->children, "4"},
		{a->children->next, "5"},
		{a->children->next->next, "6"},
		{a->last, "7"},
	};
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		buf_clear(&out);
		text_of(&out, rows[i].node);
		assert_string_equal(buf_cstr(&out), rows[i].text);
	}
	buf_release(&out);
	xmlFreeDoc(doc);
}

static void html_is_written_as_browsers_do(void **state)
{
	static const struct {
		const char *html, *outer;
	} rows[] = {
		{"<div></div>", NULL},
		{"<div id='a' ></div>", "<div id=\"a\"></div>"},
		{"<DIV Class=A>x</DIV>y", "<div class=\"A\">x</div>"},
		{"<div><br>a<br/><img src=x><a download></a><hr></div>",
		 "<div><br>a<br><img src=\"x\"><a download=\"\"></a><hr></div>"},
		{"<div>&lt;a&gt; &amp; &quot;b' &nbsp;\xc3\xa0</div>",
		 "<div>&lt;a&gt; &amp; \"b' &nbsp;\xc3\xa0</div>"},
		{"<div title='&lt;a&gt; &amp; \"b&apos; &nbsp;\xc3\xa0'></div>",
		 "<div title=\"&lt;a&gt; &amp; &quot;b' &nbsp;\xc3\xa0\">"
		 "</div>"},
		{"<div><script>a && '<b>'</script></div>", NULL},
		{"<div><style>a > b</style></div>", NULL},
		{"<div><xmp>a &lt; b</xmp></div>", NULL},
		{"<div><?c d></div>", "<div><?c d?></div>"},
		{"<div><svg viewbox='0'><a xlink:href=b></a></svg></div>",
		 "<div><svg viewBox=\"0\"><a xlink:href=\"b\"></a></svg></div>"},
		{"<div><template><p>a</template></div>",
		 "<div><template><p>a</p></template></div>"},
		{"<div><noscript>a &lt; <b>c</b></noscript></div>", NULL},
		{"<div><textarea>a &lt; b</textarea></div>", NULL},
		{"<div><!-- a --b<c> --></div>", NULL},
		{"<div>a<p>b<p>c</div>d", "<div>a<p>b</p><p>c</p></div>"},
		{"<div><template><p>a</p></template></div>", NULL},
		{"<div><p>a</p><ul><li>b</li></ul></div><div>c</div>",
		 "<div><p>a</p><ul><li>b</li></ul></div>"},
		{"<div xlink:href=a></div>",
		 "<div xlink:href=\"a\"></div>"},
	};
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		xmlDoc *doc = html(rows[i].html);

		buf_clear(&out);
		text_outer_html(&out, element(doc->children, "div"));
		assert_string_equal(buf_cstr(&out), rows[i].outer
				    ? rows[i].outer : rows[i].html);
		html_text_free(doc);
	}
	buf_release(&out);
}

static void html_document_is_written_with_its_doctype(void **state)
{
	xmlDoc *doc = html("<!doctype html><!-- a --><html lang=en><head>"
			   "</head><body>b</body></html>");
	struct buf out = {0};

	(void)state;
	text_outer_html(&out, (xmlNode *)doc);
	assert_string_equal(buf_cstr(&out),
			    "<!DOCTYPE html><!-- a --><html lang=\"en\"><head>"
			    "</head><body>b</body></html>");
	buf_clear(&out);
	text_outer_html(&out, (xmlNode *)element(doc->children,
						 "html")->properties);
	assert_string_equal(buf_cstr(&out), "lang=\"en\"");
	buf_release(&out);
	html_text_free(doc);
}

static void xml_is_written_as_it_was(void **state)
{
	static const char *const rows[] = {
		"<a/>",
		"<!DOCTYPE a PUBLIC \"p\" \"s\"><a/>",
		"<!DOCTYPE a SYSTEM 'a\"b'><a/>",
		"<!--x--><?y z?><?w?><a>b<c/>d</a>",
		"<p:a xmlns:p=\"u\" xmlns=\"v&gt;w\"><b p:c=\"1\" c=\"2\">"
		"<p:d/></b></p:a>",
		"<a b=\"&quot;'&amp;&lt;&gt;&#9;&#10;&#13;\">"
		"\"'&amp;&lt;&gt;\t\n&#13;\xc2\xa0</a>",
		"<a><![CDATA[<&]]></a>",
		"<a><br/><script>&lt;</script></a>",
		"<a xml:lang=\"de\"/>",
	};
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		xmlDoc *doc = xml(rows[i]);

		buf_clear(&out);
		text_outer_xml(&out, (xmlNode *)doc);
		assert_string_equal(buf_cstr(&out), rows[i]);
		xmlFreeDoc(doc);
	}
	buf_release(&out);
}

static void attributes_are_found_by_their_name(void **state)
{
	xmlDoc *doc = xml("<a xmlns:p='u' p:b='1' c='2' p:c='3' d='' "
			  "xml:lang='en'>x</a>");
	const xmlNode *a = element(doc->children, "a");
	struct buf scratch = {0};

	(void)state;
	assert_string_equal(text_attribute(a, "p:b", &scratch), "1");
	assert_string_equal(text_attribute(a, "c", &scratch), "2");
	assert_string_equal(text_attribute(a, "p:c", &scratch), "3");
	assert_string_equal(text_attribute(a, "d", &scratch), "");
	assert_string_equal(text_attribute(a, "xml:lang", &scratch), "en");
	assert_null(text_attribute(a, "b", &scratch));
	assert_null(text_attribute(a, "lang", &scratch));
	assert_null(text_attribute(a, "q:b", &scratch));
	assert_null(text_attribute(a, "p", &scratch));
	assert_null(text_attribute(a, "", &scratch));
	assert_null(text_attribute(a->children, "b", &scratch));
	xmlAddChild((xmlNode *)a->properties, xmlNewCDataBlock(doc,
		    BAD_CAST "y", 1));
	assert_string_equal(text_attribute(a, "p:b", &scratch), "1y");
	buf_release(&scratch);
	xmlFreeDoc(doc);
}

/* A million levels, more than fit on any stack. */
static void deep_trees_are_serialised(void **state)
{
	enum { DEPTH = 1000000 };
	xmlDoc *doc = xmlNewDoc(BAD_CAST "1.0");
	xmlNode *n = xmlNewDocNode(doc, NULL, BAD_CAST "a", NULL);
	struct buf out = {0};

	(void)state;
	xmlDocSetRootElement(doc, n);
	for (int i = 1; i < DEPTH; i++) {
		xmlNode *child = xmlNewDocNode(doc, NULL, BAD_CAST "a", NULL);

		child->parent = n;
		n->children = n->last = child;
		n = child;
	}
	text_outer_html(&out, (xmlNode *)doc);
	assert_int_equal(out.len, 7 * DEPTH);
	buf_clear(&out);
	text_outer_xml(&out, doc->children);
	assert_int_equal(out.len, 7 * (DEPTH - 1) + 4);
	buf_clear(&out);
	text_of(&out, doc->children);
	assert_int_equal(out.len, 0);
	buf_release(&out);
	xmlFreeDoc(doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(runs_of_white_space_are_one_space),
		cmocka_unit_test(text_of_an_element_is_all_text_inside),
		cmocka_unit_test(text_of_other_nodes_is_what_they_hold),
		cmocka_unit_test(html_is_written_as_browsers_do),
		cmocka_unit_test(html_document_is_written_with_its_doctype),
		cmocka_unit_test(xml_is_written_as_it_was),
		cmocka_unit_test(attributes_are_found_by_their_name),
		cmocka_unit_test(deep_trees_are_serialised),
	};

	parse_global_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
