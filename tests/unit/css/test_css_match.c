#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <libxml/parser.h>

#include "base/buf.h"
#include "parse/css/css.h"
#include "parse/css/match.h"
#include "parse/html/ids.h"
#include "parse/library.h"
#include "tests/unit/html_text.h"
#include "tests/unit/rounds.h"

#define STRICT "<!DOCTYPE html>"

struct row {
	const char *selector;
	const char *ids;	/* ids of the elements found, in order; <tag>
				 * for elements without an id */
};

static void on_match(void *ctx, size_t which, xmlNode *n)
{
	struct buf *out = ctx;
	xmlChar *id = xmlGetNoNsProp(n, BAD_CAST "id");

	(void)which;
	if (out->len)
		buf_addch(out, ' ');
	if (id)
		buf_addstr(out, (const char *)id);
	else
		buf_addf(out, "<%s>", n->name);
	xmlFree(id);
}

static struct css *compile(const char *selector)
{
	struct buf why = {0};
	size_t at;
	struct css *css = css_compile(selector, strlen(selector), &why, &at);

	if (!css)
		fail_msg("%s: %s", selector, buf_cstr(&why));
	buf_release(&why);
	return css;
}

static const char *find_in(struct css_document *d, const char *selector,
			   bool all, xmlNode *scope, struct buf *out)
{
	struct css_set *set = css_set_new();
	struct css *css = compile(selector);
	const char *why;

	css_set_add(set, css, all);
	why = css_find(d, set, scope, on_match, out);
	css_set_free(set);
	css_free(css);
	return why;
}

static void check_rows(xmlDoc *doc, bool html, const struct row *rows,
		       size_t count)
{
	struct css_document *d = css_document_new(doc, html);
	struct buf out = {0};

	for (size_t i = 0; i < count; i++) {
		buf_clear(&out);
		assert_null(find_in(d, rows[i].selector, true, NULL, &out));
		if (strcmp(buf_cstr(&out), rows[i].ids))
			fail_msg("%s: found \"%s\", not \"%s\"",
				 rows[i].selector, buf_cstr(&out),
				 rows[i].ids);
	}
	buf_release(&out);
	css_document_free(d);
}

static xmlDoc *parse_html(const char *html)
{
	xmlDoc *doc = html_text_parse(html, strlen(html));

	assert_non_null(doc);
	return doc;
}

static xmlDoc *parse_xml(const char *xml)
{
	return xmlReadMemory(xml, (int)strlen(xml), NULL, NULL,
			     XML_PARSE_NONET | XML_PARSE_RECOVER |
			     XML_PARSE_NOERROR);
}

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

#define CHECK_HTML(html, rows) \
	do { \
		xmlDoc *doc_ = parse_html(html); \
		check_rows(doc_, true, rows, COUNT(rows)); \
		html_text_free(doc_); \
	} while (0)

#define CHECK_XML(xml, rows) \
	do { \
		xmlDoc *doc_ = parse_xml(xml); \
		check_rows(doc_, false, rows, COUNT(rows)); \
		xmlFreeDoc(doc_); \
	} while (0)

/* --- Properties of an element --------------------------------------------- */

static void names_ids_and_classes_are_found(void **state)
{
	static const char page[] =
		STRICT "<html id=h><head id=hd><title id=t>x</title></head>"
		"<body id=b><div id=d1 class='one two'><p id=p1 class=two>"
		"<b id=b1>x</b></p></div><DIV id=d2 class='\n one\ttwo\f"
		"three '><p id=p2 class=One></p></DIV>"
		"<x-y id=xy class='a:b 1st onetwo'></x-y>"
		"<svg id=svg><foreignObject id=f></foreignObject></svg>"
		"<span id=dup></span><span id=Dup class=''></span>"
		"<i id='a b' class></i></body></html>";
	static const struct row rows[] = {
		{"div", "d1 d2"},
		{"DIV", "d1 d2"},
		{"dIv.one", "d1 d2"},
		{"di", ""},
		{"divx", ""},
		{"html", "h"},
		{"*|p", "p1 p2"},
		{"|p", ""},
		{"|*", ""},
		{"*|*.two", "d1 p1 d2"},
		{"x-y", "xy"},
		{"foreignObject", "f"},
		{"foreignobject", ""},
		{"FOREIGNOBJECT, SVG", ""},
		{"body > *", "d1 d2 xy svg dup Dup a b"},
		{"head *", "t"},
		{"*", "h hd t b d1 p1 b1 d2 p2 xy svg f dup Dup a b"},
		{"#d1", "d1"},
		{"#D1", ""},
		{"#dup", "dup"},
		{"#Dup", "Dup"},
		{"#d1#d1", "d1"},
		{"#d1#d2", ""},
		{"#a", ""},
		{"#a\\ b", "a b"},
		{"div#d2", "d2"},
		{"p#d2", ""},
		{".one", "d1 d2"},
		{".two", "d1 p1 d2"},
		{".three", "d2"},
		{".One", "p2"},
		{".ONE", ""},
		{".on", ""},
		{".onetw", ""},
		{".one.two", "d1 d2"},
		{".two.one.three", "d2"},
		{".two.two", "d1 p1 d2"},
		{".a\\:b", "xy"},
		{".\\31st", "xy"},
		{"p.two, #d2, b", "p1 b1 d2"},
		{"div, div, .one", "d1 d2"},
		{"nope, #t", "t"},
	};

	(void)state;
	CHECK_HTML(page, rows);
}

static void attributes_are_compared_by_their_operator(void **state)
{
	static const char page[] =
		STRICT "<body id=b>"
		"<a id=a1 href='/x.html' title='foo bar'></a>"
		"<a id=a2 href='' title='foo-bar'></a>"
		"<a id=a3 HREF='https://e.com/x.PDF' title='Foo'></a>"
		"<a id=a4 title></a>"
		"<a id=a5 data-x='a  b' title='foo'></a>"
		"<a id=a6 data-x=' foo' title='barfoo'></a>"
		"<a id=a7 data-X='\xc3\xa9t\xc3\xa9' title='-'></a>";
	static const struct row rows[] = {
		{"[href]", "a1 a2 a3"},
		{"[HREF]", "a1 a2 a3"},
		{"a[href]:not([href=''])", "a1 a3"},
		{"[href='']", "a2"},
		{"[hre]", ""},
		{"[*|href]", "a1 a2 a3"},
		{"[|href]", "a1 a2 a3"},
		{"[title=foo]", "a5"},
		{"[title='foo bar']", "a1"},
		{"[title='']", "a4"},
		{"[title=Foo]", "a3"},
		{"[title=foo i]", "a3 a5"},
		{"[title=FOO I]", "a3 a5"},
		{"[title=FOO s]", ""},
		{"[title~=foo]", "a1 a5"},
		{"[title~=bar]", "a1"},
		{"[title~='foo bar']", ""},
		{"[title~='']", ""},
		{"[title~=BAR i]", "a1"},
		{"[data-x~=b]", "a5"},
		{"[data-x~='']", ""},
		{"[title|=foo]", "a2 a5"},
		{"[title|=fo]", ""},
		{"[title|='']", "a4 a7"},
		{"[title|=FOO i]", "a2 a3 a5"},
		{"[title^=foo]", "a1 a2 a5"},
		{"[title^='']", ""},
		{"[title^=FOO i]", "a1 a2 a3 a5"},
		{"[href^=https]", "a3"},
		{"[href^='/']", "a1"},
		{"[title$=bar]", "a1 a2"},
		{"[title$='']", ""},
		{"[href$='.pdf']", ""},
		{"[href$='.pdf' i]", "a3"},
		{"[href$='/x.htmlx']", ""},
		{"[title$=barfoobarfoo]", ""},
		{"[title*=oo]", "a1 a2 a3 a5 a6"},
		{"[title*='']", ""},
		{"[title*='o b']", "a1"},
		{"[title*=OO i]", "a1 a2 a3 a5 a6"},
		{"[title*='-']", "a2 a7"},
		{"[data-x='\xc3\xa9t\xc3\xa9']", "a7"},
		{"[data-x^='\xc3\x89' i]", ""},
		{"[data-x='a  b']", "a5"},
		{"[data-x=' foo']", "a6"},
		{"[title][data-x]", "a5 a6 a7"},
		{"[id=a4][title='']", "a4"},
		{"[id^=a][id$='1'][id*='a']", "a1"},
	};

	(void)state;
	CHECK_HTML(page, rows);
}

static void some_values_match_in_any_case_in_html(void **state)
{
	static const char page[] =
		STRICT "<body><input id=i1 type=TEXT name=Q lang=EN>"
		"<input id=i2 type=text name=q><p id=p align=Center></p>"
		"<form id=f method=POST action=Go enctype=Multi></form>"
		"<a id=a rel='NoFollow Next' hreflang=De-AT target=_Top></a>";
	static const struct row rows[] = {
		{"[type=text]", "i1 i2"},
		{"[type=TEXT]", "i1 i2"},
		{"[TYPE=Text]", "i1 i2"},
		{"[type=text s]", "i2"},
		{"[type=TEXT s]", "i1"},
		{"[name=q]", "i2"},
		{"[name=q i]", "i1 i2"},
		{"[align=center]", "p"},
		{"[method=post]", "f"},
		{"[action=go]", ""},
		{"[enctype^=mul]", "f"},
		{"[rel~=next]", "a"},
		{"[rel~=nofollow s]", ""},
		{"[hreflang|=de]", "a"},
		{"[target=_top]", "a"},
		{"[lang=en]", "i1"},
		{"[id=A]", ""},
	};
	static const struct row xml[] = {
		{"[type=text]", ""},
		{"[type=TEXT]", "x"},
		{"[type=text i]", "x"},
		{"[TYPE=TEXT]", ""},
	};

	(void)state;
	CHECK_HTML(page, rows);
	CHECK_XML("<r><i id='x' type='TEXT'/></r>", xml);
}

static void quirks_make_ids_and_classes_caseless(void **state)
{
	static const struct {
		const char *doctype;
		bool quirky;
	} doctypes[] = {
		{"", true},
		{"<!-- x --><!DOCTYPE html>", false},
		{"<!DOCTYPE html>", false},
		{"<!doctype HTML>", false},
		{"<!DOCTYPE svg>", true},
		{"<!DOCTYPE html SYSTEM 'about:legacy-compat'>", false},
		{"<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 4.01//EN' "
		 "'http://www.w3.org/TR/html4/strict.dtd'>", false},
		{"<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 4.01//EN'>", false},
		{"<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 4.01 Transitional"
		 "//EN' 'http://www.w3.org/TR/html4/loose.dtd'>", false},
		{"<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 4.01 Transitional"
		 "//EN'>", true},
		{"<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 4.0 Transitional"
		 "//EN' 'http://www.w3.org/TR/REC-html40/loose.dtd'>", true},
		{"<!DOCTYPE html PUBLIC '-//w3c//dtd html 3.2 FINAL//EN'>",
		 true},
		{"<!DOCTYPE html PUBLIC 'html'>", true},
		{"<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Transitional"
		 "//EN' 'http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional"
		 ".dtd'>", false},
		{"<!DOCTYPE html PUBLIC '-//x//x//EN' 'http://www.ibm.com/"
		 "data/dtd/v11/ibmxhtml1-transitional.dtd'>", true},
		{"<?xml version='1.0'?><!DOCTYPE html>", false},
	};
	static const struct row quirky[] = {
		{"#aB", "Ab"}, {"#AB", "Ab"}, {".xy", "Ab"}, {".Z.XY", "Ab"},
		{"div .z", "Ab"}, {"[id=ab]", ""}, {"[class~=xy]", ""},
		{"[id=Ab]", "Ab"}, {":not(.XY)#ab", ""},
	};
	static const struct row strict[] = {
		{"#aB", ""}, {"#Ab", "Ab"}, {".xy", ""}, {".Z.Xy", "Ab"},
		{"div .z", ""}, {"div .Z", "Ab"}, {":not(.XY)#Ab", "Ab"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(doctypes); i++) {
		struct buf page = {0};

		buf_addf(&page, "%s<body><div><p id=Ab class='Xy Z'>",
			 doctypes[i].doctype);
		if (doctypes[i].quirky)
			CHECK_HTML(buf_cstr(&page), quirky);
		else
			CHECK_HTML(buf_cstr(&page), strict);
		buf_release(&page);
	}
}

static void xml_goes_by_namespaces_and_case(void **state)
{
	static const char page[] =
		"<feed xmlns:m='urn:m' xmlns:h='http://www.w3.org/1999/xhtml'"
		" id='f'>"
		"<Entry id='e1' class='x Y' m:lang='q'><m:link id='l1' "
		"m:href='/'/></Entry>"
		"<entry id='e2' m:id='zz' class='y'><link id='l2' href='/'/>"
		"</entry>"
		"<h:a id='a1' href='/'/><h:a id='a2'/><h:input id='in' "
		"disabled=''/><a id='a3' href='/'/>"
		"<h:template id='t'><b id='b1'/></h:template>"
		"<template id='t2'><b id='b2'/></template>"
		"<c id='c'><![CDATA[x]]></c><d id='d'><!-- x --><?p x?></d>"
		"</feed>";
	static const struct row rows[] = {
		{"entry", "e2"},
		{"Entry", "e1"},
		{"ENTRY", ""},
		{"link", "l1 l2"},
		{"*|link", "l1 l2"},
		{"|link", "l2"},
		{"|*", "f e1 e2 l2 a3 t2 b2 c d"},
		{"[href]", "l2 a1 a3"},
		{"[|href]", "l2 a1 a3"},
		{"[*|href]", "l1 l2 a1 a3"},
		{"#zz", ""},
		{"#e2", "e2"},
		{"#E2", ""},
		{".x", "e1"},
		{".y", "e2"},
		{".Y", "e1"},
		{":any-link", "a1"},
		{":disabled", "in"},
		{"b", "b2"},
		{"template:empty", "t"},
		{":is(c, d):empty", "d"},
		{":root", "f"},
		{"link:only-of-type", "l1 l2"},
		{"a:first-of-type", "a1 a3"},
		{"a:nth-of-type(2)", "a2"},
		{"feed > :nth-child(2)", "e2"},
		{"Entry > link", "l1"},
	};

	(void)state;
	CHECK_XML(page, rows);
}

/* --- Position of an element ----------------------------------------------- */

static void combinators_are_followed_to_the_left(void **state)
{
	static const char page[] =
		STRICT "<body id=b><div id=d1 class=out><ul id=u1>"
		"<li id=l1><a id=a1></a></li>text<!-- c -->"
		"<li id=l2 class=on><a id=a2></a><b id=b2></b></li>"
		"<li id=l3><ul id=u2 class=in><li id=l4><a id=a4></a></li>"
		"<li id=l5></li></ul></li></ul></div>"
		"<div id=d2><p id=p1></p><h2 id=h1></h2><p id=p2></p>"
		"<p id=p3><a id=a5></a></p></div></body>";
	static const struct row rows[] = {
		{"div a", "a1 a2 a4 a5"},
		{"ul a", "a1 a2 a4"},
		{"ul ul a", "a4"},
		{"ul li ul li a", "a4"},
		{"ul ul ul a", ""},
		{"ul > a", ""},
		{"ul > li > a", "a1 a2 a4"},
		{"div > ul > li", "l1 l2 l3"},
		{".out > .in", ""},
		{".out .in > li", "l4 l5"},
		{"div > ul a", "a1 a2 a4"},
		{"div > p > a", "a5"},
		{"body>div>p", "p1 p2 p3"},
		{"html > body", "b"},
		{"html body div ul li ul li", "l4 l5"},
		{"li + li", "l2 l3 l5"},
		{"li + li + li", "l3"},
		{"li ~ li", "l2 l3 l5"},
		{"li ~ li ~ li", "l3"},
		{"#l1 + li", "l2"},
		{"#l1 ~ li", "l2 l3"},
		{"#l2 ~ #l1", ""},
		{"#l3 + *", ""},
		{"p + p", "p3"},
		{"p ~ p", "p2 p3"},
		{"h2 + p", "p2"},
		{"h2 ~ p", "p2 p3"},
		{"h2 ~ p a", "a5"},
		{"div + div p", "p1 p2 p3"},
		{"div ~ div > p + h2", "h1"},
		{".on ~ li li", "l4 l5"},
		{".on ~ li > ul > li + li", "l5"},
		{"li + .on > a + b", "b2"},
		{"a + b", "b2"},
		{"b + a", ""},
		{"ul.in > li > a, div > p > a", "a4 a5"},
		{"li li", "l4 l5"},
		{"li li li", ""},
		{"* * * * * * * *", "a4"},
		{"* > * > * > * > * > * > * > *", "a4"},
		{"* ~ * ~ * ~ *", "p3"},
		{"* + * + * + *", "p3"},
		{"div > ul li > a", "a1 a2 a4"},
		{"ul > li ul > li", "l4 l5"},
		{"#l3 ul li + li", "l5"},
		{"div ul > li + li a", "a2 a4"},
		{"ul > .on + li > ul > li > a", "a4"},
	};

	(void)state;
	CHECK_HTML(page, rows);
}

static void positions_are_counted_among_siblings(void **state)
{
	static const char page[] =
		STRICT "<html id=h><head id=hd></head><body id=b><ol id=o>"
		"<li id=1 class=x>a</li> text <li id=2></li><!-- c -->"
		"<li id=3 class=x></li><li id=4></li><li id=5></li>"
		"<li id=6 class=x></li><li id=7></li></ol>"
		"<div id=d><p id=p1></p><q id=q1></q><p id=p2></p>"
		"<q id=q2></q><p id=p3></p></div><div id=e><i id=i></i></div>"
		"</body></html>";
	static const struct row rows[] = {
		{"li:nth-child(1)", "1"},
		{"li:nth-child(8)", ""},
		{"li:nth-child(0)", ""},
		{"li:nth-child(-1)", ""},
		{"li:nth-child(odd)", "1 3 5 7"},
		{"li:nth-child(even)", "2 4 6"},
		{"li:nth-child(2n)", "2 4 6"},
		{"li:nth-child(2n+1)", "1 3 5 7"},
		{"li:nth-child(2n-1)", "1 3 5 7"},
		{"li:nth-child(3n)", "3 6"},
		{"li:nth-child(3n+2)", "2 5"},
		{"li:nth-child(3n-2)", "1 4 7"},
		{"li:nth-child(n)", "1 2 3 4 5 6 7"},
		{"li:nth-child(n+5)", "5 6 7"},
		{"li:nth-child(-n+3)", "1 2 3"},
		{"li:nth-child(-2n+5)", "1 3 5"},
		{"li:nth-child(n+3):nth-child(-n+5)", "3 4 5"},
		{"li:nth-child(10n-1)", ""},
		{"li:nth-child(0n+4)", "4"},
		{"li:nth-child(4)", "4"},
		{"li:nth-child(5)", "5"},
		{"li:nth-last-child(4)", "4"},
		{"li:nth-last-child(5)", "3"},
		{"LI:nth-child(4), li:nth-last-child(8)", "4"},
		{"li:nth-child(-n)", ""},
		{"li:nth-child(-0n+2)", "2"},
		{"li:nth-last-child(1)", "7"},
		{"li:nth-last-child(2)", "6"},
		{"li:nth-last-child(-n+2)", "6 7"},
		{"li:nth-last-child(3n)", "2 5"},
		{"li:first-child", "1"},
		{"li:last-child", "7"},
		{"li:not(:first-child):not(:last-child)", "2 3 4 5 6"},
		{"body :only-child", "i"},
		{":nth-child(1)", "h hd o 1 p1 i"},
		{"html:first-child:last-child", "h"},
		{"p:nth-child(2)", ""},
		{"p:nth-of-type(2)", "p2"},
		{"q:nth-of-type(2)", "q2"},
		{"q:nth-child(2)", "q1"},
		{"p:first-of-type", "p1"},
		{"p:last-of-type", "p3"},
		{"q:last-of-type", "q2"},
		{"#d > :last-of-type", "q2 p3"},
		{"p:nth-last-of-type(2n+1)", "p1 p3"},
		{"p:nth-last-of-type(3)", "p1"},
		{":nth-of-type(even)", "2 4 6 p2 q2 e"},
		{"#o:only-of-type", "o"},
		{"div:only-of-type", ""},
		{"i:only-of-type", "i"},
		{"li:nth-child(1 of .x)", "1"},
		{"li:nth-child(2 of .x)", "3"},
		{"li:nth-child(even of .x)", "3"},
		{"li:nth-last-child(1 of .x)", "6"},
		{"li:nth-last-child(-n+2 of .x)", "3 6"},
		{":nth-child(2 of li.x, q)", "3 q2"},
		{":nth-child(1 of :not(.x))", "h hd o 2 p1 i"},
		{"p:nth-child(1 of q)", ""},
		{"li:nth-child(2 of li:nth-child(odd))", "3"},
		{"li.x:nth-child(3)", "3"},
		{"li:nth-child(3) ~ li:nth-child(odd)", "5 7"},
		{"#o > :nth-child(2) + li", "3"},
	};

	(void)state;
	CHECK_HTML(page, rows);
}

static void root_scope_and_empty_find_their_elements(void **state)
{
	static const char page[] =
		STRICT "<!-- c --><html id=h><body id=b><p id=p1></p>"
		"<p id=p2><!-- c --></p><p id=p3> </p><p id=p4>x</p>"
		"<p id=p5><br id=br></p><p id=p6>\n</p>"
		"<p id=p7><!-- c -->x</p><img id=im><template id=t><i id=i>"
		"</i></template></body></html>";
	static const struct row rows[] = {
		{":root", "h"},
		{"p:root", ""},
		{":root > body", "b"},
		{":scope", "h"},
		{":scope > body", "b"},
		{":scope p:empty", "p1 p2"},
		{"p:empty", "p1 p2"},
		{"p:not(:empty)", "p3 p4 p5 p6 p7"},
		{":empty", "<head> p1 p2 br im t"},
		{"body:empty", ""},
		{"template", "t"},
		{"template i", ""},
		{"i", ""},
		{"template:has(i)", ""},
		{"body:has(i)", ""},
		{"img + template", "t"},
	};

	(void)state;
	CHECK_HTML(page, rows);
}

/* --- Selectors with lists of selectors ------------------------------------ */

static void negation_and_alternatives_take_whole_selectors(void **state)
{
	static const char page[] =
		STRICT "<body id=b><div id=d class=a><p id=p1 class=x></p>"
		"<p id=p2 class='x y'></p><section id=s><p id=p3></p>"
		"<h1 id=h1></h1></section></div><h1 id=h2 class=y></h1>"
		"<p id=p4></p></body>";
	static const struct row rows[] = {
		{"p:not(.x)", "p3 p4"},
		{"p:not(.x.y)", "p1 p3 p4"},
		{"p:not(.x, #p4)", "p3"},
		{"p:not(div p)", "p4"},
		{"p:not(div > p)", "p3 p4"},
		{"p:not(section *)", "p1 p2 p4"},
		{"p:not(p)", ""},
		{"p:not(*)", ""},
		{"p:not(:not(.x))", "p1 p2"},
		{"p:not(:is(.x, #p3))", "p4"},
		{"p:not(.x):not(#p4)", "p3"},
		{":not(html, head, body, div, section)", "p1 p2 p3 h1 h2 p4"},
		{"div :not(p)", "s h1"},
		{"p:not(h1 + p)", "p1 p2 p3"},
		{"p:not(h1 ~ *)", "p1 p2 p3"},
		{":is(h1, p)", "p1 p2 p3 h1 h2 p4"},
		{":is(h1, .y)", "p2 h1 h2"},
		{":is(.y)", "p2 h2"},
		{":where(h1, .y):not(p)", "h1 h2"},
		{":is(div, section) > :is(p, h1)", "p1 p2 p3 h1"},
		{":is(div > p)", "p1 p2"},
		{":is(div section) p", "p3"},
		{"p:is(.x, section > *)", "p1 p2 p3"},
		{":is(section, h1) + p", "p4"},
		{":is()", ""},
		{"p:is()", ""},
		{"p:not(:is())", "p1 p2 p3 p4"},
		{":is(:is(:is(h1)))", "h1 h2"},
		{":where(#p4, #p4, p)#p4", "p4"},
		{"section :is(p, *)", "p3 h1"},
		{":is(h1:not(.y), p.y)", "p2 h1"},
		{"div :is(:first-child)", "p1 p3"},
		{":is(:root, #d) > p", "p1 p2"},
	};

	(void)state;
	CHECK_HTML(page, rows);
}

static void has_searches_from_its_anchor(void **state)
{
	static const char page[] =
		STRICT "<body id=b><div id=d1><p id=p1><i id=i1></i></p></div>"
		"<div id=d2><p id=p2></p><p id=p3><b id=b3><i id=i3></i></b>"
		"</p></div><div id=d3><h2 id=h></h2><p id=p4></p><ul id=u>"
		"<li id=l><a id=a class=x></a></li></ul></div></body>";
	static const struct row rows[] = {
		{"div:has(i)", "d1 d2"},
		{"p:has(i)", "p1 p3"},
		{"p:has(> i)", "p1"},
		{"div:has(> p > i)", "d1"},
		{"div:has(p > i)", "d1"},
		{"div:has(p i)", "d1 d2"},
		{"div:has(div i)", ""},
		{"p:has(div i)", ""},
		{"div:has(> i)", ""},
		{"*:has(> i)", "p1 b3"},
		{"p:has(+ p)", "p2"},
		{"p:has(~ p)", "p2"},
		{"h2:has(~ ul)", "h"},
		{"h2:has(+ ul)", ""},
		{"h2:has(+ p + ul)", "h"},
		{"h2:has(~ ul a)", "h"},
		{"h2:has(+ p a)", ""},
		{"h2:has(~ ul > li > a)", "h"},
		{"h2:has(+ p ~ ul li)", "h"},
		{"div:has(+ div)", "d1 d2"},
		{"div:has(+ div i)", "d1"},
		{"div:has(+ div h2)", "d2"},
		{"div:has(~ div h2)", "d1 d2"},
		{"div:has(a.x)", "d3"},
		{"div:has(.y)", ""},
		{"div:not(:has(i))", "d3"},
		{"div:has(i, h2)", "d1 d2 d3"},
		{"div:has(> h2, > p > i)", "d1 d3"},
		{"div:has(p + p)", "d2"},
		{"div:has(> p:nth-child(2))", "d2 d3"},
		{"div:has(:not(p))", "d1 d2 d3"},
		{"div:has(i) p", "p1 p2 p3"},
		{"div:has(h2) > p", "p4"},
		{"div:has(i) + div", "d2 d3"},
		{"p:has(i):not(:has(b))", "p1"},
		{"li:has(> a)", "l"},
		{"li:has(li)", ""},
		{"i:has(i)", ""},
		{"body:has(#a) h2", "h"},
		{":has(#p4)", "<html> b d3"},
		{"div:has(:scope)", ""},
		{"div:has(:scope p)", ""},
		{"div:has(:is(:scope p))", "d1 d2 d3"},
		{"p:has(:is(div i))", "p1 p3"},
		{":is(div:has(b), ul:has(a))", "d2 u"},
		{"div:has(~ .none)", ""},
	};

	(void)state;
	CHECK_HTML(page, rows);
}

/* --- States --------------------------------------------------------------- */

static void languages_are_ranges(void **state)
{
	static const char page[] =
		STRICT "<html id=h lang=en><body id=b><p id=p1></p>"
		"<p id=p2 lang=en-GB></p><p id=p3 lang=de-Latn-DE-1996></p>"
		"<p id=p4 lang=''><i id=i4></i></p><p id=p5 lang=FR-ca></p>"
		"<p id=p6 lang=zh-x-de></p><p id=p7 xml:lang=ja></p>"
		"<p id=p8 lang=it xml:lang=ja></p></body>";
	static const struct row rows[] = {
		{":lang(en)", "h <head> b p1 p2"},
		{"p:lang(EN)", "p1 p2"},
		{"p:lang(en-gb)", "p2"},
		{"p:lang(e)", ""},
		{"p:lang(de)", "p3"},
		{"p:lang(de-DE)", "p3"},
		{"p:lang(de-1996)", "p3"},
		{"p:lang(de-Latn-1996)", "p3"},
		{"p:lang(de-DE-Latn)", ""},
		{"p:lang('*-DE')", "p3"},
		{"p:lang('*-*-DE')", "p3"},
		{"p:lang('de-*-1996')", "p3"},
		{"p:lang('*')", "p1 p2 p3 p5 p6 p7 p8"},
		{":lang('')", "p4 i4"},
		{"p:lang(fr)", "p5"},
		{"p:lang(fr-CA)", "p5"},
		{"p:lang(zh-de)", ""},
		{"p:lang(zh-x-de)", "p6"},
		{"p:lang(fr, de)", "p3 p5"},
		{"p:lang(ja)", "p7"},
		{"p:lang(it)", "p8"},
		{"p:not(:lang(en))", "p3 p4 p5 p6 p7 p8"},
		{"i:lang(en)", ""},
	};
	static const struct row meta[] = {
		{"p:lang(nl)", "p1"},
		{"p:lang(de)", "p2"},
		{"p:lang(en)", ""},
		{"html:lang(nl-BE)", "h"},
	};
	static const struct row none[] = {
		{"p:lang(en)", ""}, {"p:lang('*')", ""}, {"p:lang('')", "p"},
	};
	static const struct row xml[] = {
		{":lang(en)", "r a"}, {":lang(de)", "b"}, {":lang('')", "c"},
		{"[|lang]", "a"}, {"[*|lang=de]", "a b"},
	};

	(void)state;
	CHECK_HTML(page, rows);
	CHECK_HTML(STRICT "<html id=h><meta http-equiv=Content-Language "
		   "content='en'><meta http-equiv=content-language "
		   "content=' nl-BE x'><meta http-equiv=content-language "
		   "content='fr, de'><body><p id=p1></p><p id=p2 lang=de>",
		   meta);
	CHECK_HTML(STRICT "<p id=p>", none);
	CHECK_XML("<r id='r' xml:lang='en'><a id='a' lang='de'/>"
		  "<b id='b' xml:lang='de'/><c id='c' xml:lang=''/></r>", xml);
}

static void links_have_a_target(void **state)
{
	static const char page[] =
		STRICT "<head><link id=l href=/></head><body><a id=a1 href=/>"
		"</a><a id=a2 name=x></a><a id=a3 href></a><map id=m>"
		"<area id=ar href=/><area id=ar2></map><abbr id=ab href=/>";
	static const struct row rows[] = {
		{":link", "a1 a3 ar"},
		{":any-link", "a1 a3 ar"},
		{"a:not(:link)", "a2"},
		{"area:any-link", "ar"},
	};

	(void)state;
	CHECK_HTML(page, rows);
}

static void controls_have_their_first_state(void **state)
{
	static const char page[] =
		STRICT "<body><form id=f>"
		"<input id=c1 type=checkbox checked><input id=c2 type=RADIO "
		"checked=no><input id=c3 type=text checked><input id=c4 "
		"type=radio><input id=c5 checked>"
		"<select id=s1><option id=o1><option id=o2 selected>"
		"<option id=o3></select>"
		"<select id=s2><option id=o4 disabled><option id=o5></select>"
		"<select id=s3 multiple><option id=o6 selected><option id=o7>"
		"<option id=o8 selected></select>"
		"<select id=s4><option id=o9 selected><option id=o10 selected>"
		"</select>"
		"<select id=s5 size=4><option id=o11></select>"
		"<select id=s6><optgroup id=g1 disabled><option id=o12>"
		"</optgroup><optgroup id=g2><option id=o13></optgroup>"
		"</select></form>";
	static const struct row rows[] = {
		{"input:checked", "c1 c2"},
		{"#s1 :checked", "o2"},
		{"#s2 :checked", "o5"},
		{"#s3 :checked", "o6 o8"},
		{"#s4 :checked", "o10"},
		{"#s5 :checked", ""},
		{"#s6 :checked", "o13"},
		{"option:disabled", "o4 o12"},
		{"#s6 option:enabled", "o13"},
		{"optgroup:disabled", "g1"},
		{"select:disabled", ""},
		{"form:enabled", ""},
	};

	(void)state;
	CHECK_HTML(page, rows);
}

static void a_fieldset_disables_what_is_not_in_its_legend(void **state)
{
	static const char page[] =
		STRICT "<body><fieldset id=f1 disabled><div id=d><legend id=l0>"
		"<input id=i0></legend></div><legend id=l1><input id=i1>"
		"<span id=s2><input id=i2></span></legend>"
		"<legend id=l2><input id=i3></legend><button id=b1></button>"
		"<fieldset id=f3><legend><textarea id=t1></textarea></legend>"
		"<select id=s1><option id=o1></select></fieldset>"
		"<object id=ob></object></fieldset>"
		"<input id=i4><input id=i5 disabled><button id=b2 disabled>"
		"</button><fieldset id=f4></fieldset><a id=a disabled></a>";
	static const struct row rows[] = {
		{":disabled", "f1 i0 i3 b1 f3 t1 s1 i5 b2"},
		{":enabled", "i1 i2 o1 i4 f4"},
		{"input:disabled", "i0 i3 i5"},
		{"input:enabled", "i1 i2 i4"},
		{"fieldset:not(:disabled)", "f4"},
		{"a:disabled, object:disabled", ""},
		{"legend :enabled", "i1 i2"},
	};

	(void)state;
	CHECK_HTML(page, rows);
}

/* --- Scopes and sets ------------------------------------------------------ */

static xmlNode *node_of(xmlDoc *doc, const char *id)
{
	struct html_ids *ids = html_ids_new(doc);
	xmlNode *node = html_ids_find(ids, id, false);

	html_ids_free(ids);
	assert_non_null(node);
	return node;
}

static void scope_limits_matches_but_not_their_ancestors(void **state)
{
	static const char page[] =
		STRICT "<html id=h><body id=b><div id=d class=x><ul id=u "
		"class=y><li id=l1 class=z><a id=a1></a></li><li id=l2><a "
		"id=a2></a><ul id=u2><li id=l3><a id=a3></a></li></ul></li>"
		"</ul><a id=a4></a></div><p id=p></p></body></html>";
	static const struct {
		const char *scope, *selector, *ids;
	} rows[] = {
		{"u", "a", "a1 a2 a3"},
		{"u", "li", "l1 l2 l3"},
		{"u", "ul", "u2"},
		{"u", "div a", "a1 a2 a3"},
		{"u", "div > ul > li > a", "a1 a2"},
		{"u", ".x .y .z a", "a1"},
		{"u", ".x", ""},
		{"u", "body .y ul a", "a3"},
		{"u", ":scope > li", "l1 l2"},
		{"u", ":scope > li > a", "a1 a2"},
		{"u", ":scope", "u"},
		{"u", ":scope, a", "u a1 a2 a3"},
		{"u", "ul:scope", "u"},
		{"u", "li:scope", ""},
		{"u", ":is(:scope, a)", "u a1 a2 a3"},
		{"u", ":is(:scope, .y)", "u"},
		{"u", ".x > .y:scope", "u"},
		{"u", "html div > :scope", "u"},
		{"u", ".nope > .y:scope", ""},
		{"u", ":scope .z:scope", ""},
		{"u", ":not(:scope)", "l1 a1 l2 a2 u2 l3 a3"},
		{"u", ":not(:scope) > li", "l3"},
		{"u", ":not(:scope) > a:not(:scope > li > a)", "a3"},
		{"u", ":scope:has(.z)", "u"},
		{"u", "li:has(> a):nth-child(1)", "l1 l3"},
		{"u", ":root a", "a1 a2 a3"},
		{"u", ":root", ""},
		{"u", "li:nth-child(1 of :scope > li)", "l1"},
		{"u2", "li:nth-child(1 of :scope > li)", "l3"},
		{"u", "*:has(:is(:scope a))", "l1 l2 u2 l3"},
		{"u2", "*:has(:is(:scope a))", "l3"},
		{"a1", "*", ""},
		{"a1", ":scope", "a1"},
		{"a1", "li > :scope", "a1"},
		{"l2", "li + :scope", "l2"},
		{"l2", "li + li a", "a2 a3"},
		{"l2", ".z ~ li li", "l3"},
		{"h", "body", "b"},
		{"h", "html", ""},
		{"h", ":scope > body", "b"},
	};
	xmlDoc *doc = parse_html(page);
	struct css_document *d = css_document_new(doc, true);
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		buf_clear(&out);
		assert_null(find_in(d, rows[i].selector, true,
				    node_of(doc, rows[i].scope), &out));
		if (strcmp(buf_cstr(&out), rows[i].ids))
			fail_msg("%s in #%s: found \"%s\", not \"%s\"",
				 rows[i].selector, rows[i].scope,
				 buf_cstr(&out), rows[i].ids);
	}
	buf_release(&out);
	css_document_free(d);
	html_text_free(doc);
}

/* Searches in many scopes with one set of selectors: cached results of one
 * scope must not be used for another. */
static void a_set_serves_many_scopes(void **state)
{
	xmlDoc *doc = parse_html(STRICT "<body><ul id=u1><li id=l1><li id=l2>"
				 "</ul><ul id=u2><li id=l3><li id=l4></ul>");
	struct css_document *d = css_document_new(doc, true);
	struct css *css = compile("li:nth-child(2 of :scope > li), "
				  ":scope:has(:is(#u2:scope li))");
	struct css_set *set = css_set_new();
	struct buf out = {0};

	(void)state;
	css_set_add(set, css, true);
	assert_null(css_find(d, set, NULL, on_match, &out));
	assert_string_equal(buf_cstr(&out), "");
	assert_null(css_find(d, set, node_of(doc, "u1"), on_match, &out));
	assert_string_equal(buf_cstr(&out), "l2");
	assert_null(css_find(d, set, node_of(doc, "u2"), on_match, &out));
	assert_string_equal(buf_cstr(&out), "l2 u2 l4");
	assert_null(css_find(d, set, node_of(doc, "u1"), on_match, &out));
	assert_string_equal(buf_cstr(&out), "l2 u2 l4 l2");
	buf_release(&out);
	css_set_free(set);
	css_free(css);
	css_document_free(d);
	html_text_free(doc);
}

struct nest {
	struct css_document *d;
	const struct css_set *inner;
	struct buf *out;
};

static void on_item(void *ctx, size_t which, xmlNode *n)
{
	struct nest *nest = ctx;

	on_match(nest->out, which, n);
	assert_null(css_find(nest->d, nest->inner, n, on_match, nest->out));
}

static void callback_may_search_inside_its_match(void **state)
{
	xmlDoc *doc = parse_xml("<r id='r'><i id='i1' class='q &x; x &x;i'>"
				"<j id='j1'><a id='a1' class='&x;b b'/>"
				"<a id='a2'/></j></i><i id='i2' class='x'>"
				"<j id='j2'><a id='a3'/></j></i></r>");
	struct css *outer = compile("r > .x, r .x j"), *inner =
		compile(".x > j a, .b, :scope > j:has(a + a)");
	struct css_set *items = css_set_new(), *set = css_set_new();
	struct buf out = {0};
	struct nest nest = {css_document_new(doc, false), set, &out};

	(void)state;
	css_set_add(items, outer, true);
	css_set_add(set, inner, true);
	assert_null(css_find(nest.d, items, NULL, on_item, &nest));
	assert_string_equal(buf_cstr(&out), "i1 j1 a1 a2 j1 a1 a2 i2 a3 j2 a3");
	buf_release(&out);
	css_set_free(items);
	css_set_free(set);
	css_free(outer);
	css_free(inner);
	css_document_free(nest.d);
	xmlFreeDoc(doc);
}

struct hits {
	size_t counts[100];
	xmlNode *last;
};

static void on_hit(void *ctx, size_t which, xmlNode *n)
{
	struct hits *hits = ctx;

	hits->counts[which]++;
	hits->last = n;
}

static void selectors_are_numbered_and_first_ones_stop(void **state)
{
	xmlDoc *doc = parse_html(STRICT "<body><p id=1 class=x><p id=2 class=x>"
				 "<b id=3 class='x x'></b><p id=4>");
	struct css_document *d = css_document_new(doc, true);
	struct css_set *set = css_set_new(), *firsts = css_set_new();
	struct css *csses[90];
	struct hits hits = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(csses); i++) {
		csses[i] = compile(i % 3 == 0 ? "p" : i % 3 == 1 ? ".x, b, *.x"
						      : "li");
		css_set_add(set, csses[i], i % 2);
	}
	assert_null(css_find(d, set, NULL, on_hit, &hits));
	for (size_t i = 0; i < COUNT(csses); i++)
		assert_int_equal(hits.counts[i],
				 i % 3 == 2 ? 0 : i % 2 ? 3 : 1);
	hits = (struct hits){0};
	css_set_add(firsts, csses[0], false);
	css_set_add(firsts, csses[1], false);
	assert_null(css_find(d, firsts, NULL, on_hit, &hits));
	assert_int_equal(hits.counts[0], 1);
	assert_int_equal(hits.counts[1], 1);
	assert_ptr_equal(hits.last, node_of(doc, "1"));
	css_set_free(set);
	css_set_free(firsts);
	for (size_t i = 0; i < COUNT(csses); i++)
		css_free(csses[i]);
	css_document_free(d);
	html_text_free(doc);
}

static void an_empty_tree_and_an_empty_set_have_no_matches(void **state)
{
	xmlDoc *doc = parse_html(""), *page = parse_xml("<a/>");
	struct css_document *d = css_document_new(doc, true);
	struct css_set *set = css_set_new();
	struct buf out = {0};

	(void)state;
	assert_null(find_in(d, "html > :not(head, body)", true, NULL, &out));
	css_document_free(d);
	d = css_document_new(page, false);
	assert_null(css_find(d, set, NULL, on_match, &out));
	assert_null(find_in(d, "a *", true, NULL, &out));
	assert_int_equal(out.len, 0);
	css_document_free(d);
	css_set_free(set);
	html_text_free(doc);
	xmlFreeDoc(page);
}

/* --- Pages that take much time -------------------------------------------- */

static double seconds(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

static void repeat(struct buf *out, const char *what, size_t times)
{
	while (times--)
		buf_addstr(out, what);
}

/* Runs all selectors on one document, so that they share its caches. */
static void check_counts(xmlDoc *doc, const char *const *selectors,
			 const size_t *counts, size_t count)
{
	struct css_document *d = css_document_new(doc, true);

	for (size_t i = 0; i < count; i++) {
		struct css_set *set = css_set_new();
		struct css *css = compile(selectors[i]);
		struct hits hits = {0};
		const char *why;

		css_set_add(set, css, true);
		why = css_find(d, set, NULL, on_hit, &hits);
		if (why)
			fail_msg("%s: %s", selectors[i], why);
		if (hits.counts[0] != counts[i])
			fail_msg("%s: %zu", selectors[i], hits.counts[0]);
		css_set_free(set);
		css_free(css);
	}
	css_document_free(d);
}

static void many_siblings_take_linear_time(void **state)
{
	static const char *const selectors[] = {
		"p:nth-child(2n)", "p:nth-last-child(2n)",
		"b:nth-of-type(2n+1)", "b:nth-last-of-type(-n+7)",
		"b:nth-child(even of b)", "p:nth-child(3 of .none, p)",
		".none ~ p", "p ~ .none + b", ".none > p ~ b",
		"p:has(~ .none)", "p:has(~ b)", "p:has(+ b)",
		"div:has(.none)", "div:has(> .none) p", "div:has(b + .none) p",
		"div:has(p) > b", "p:not(.none ~ p)", "p:is(.none ~ *, p ~ b)",
		"option:checked", "option:disabled", "p:lang(en)",
	};
	enum { N = ROUNDS(20000) };
	static const size_t counts[] = {
		0, N, N / 2, 7, N / 2, 1, 0, 0, 0, 0, N, N, 0, 0, 0, N, N, 0,
		1, 0, 0};
	struct buf page = {0};
	const double start = seconds();
	xmlDoc *doc;

	(void)state;
	buf_addstr(&page, STRICT "<div>");
	repeat(&page, "<p></p>x<b></b><!-- -->", N);
	buf_addstr(&page, "</div><select>");
	repeat(&page, "<option>", N);
	doc = parse_html(buf_cstr(&page));
	check_counts(doc, selectors, counts, COUNT(selectors));
	html_text_free(doc);
	buf_release(&page);
	assert_true(seconds() - start < 20);
}

static void deep_trees_take_linear_time(void **state)
{
	static const char *const selectors[] = {
		"div div div div a", ".none div a", ".none a", "a:not(.none a)",
		"div:has(.none) a", "div:has(a) > a", "p ~ a div a",
		"div:has(.none)", "a:lang(en)",
	};
	enum { N = ROUNDS(60000) };
	static const size_t counts[] = {N, 0, 0, N, 0, N, 0, 0, 0};
	struct buf page = {0};
	const double start = seconds();
	xmlDoc *doc;

	(void)state;
	buf_addstr(&page, STRICT);
	repeat(&page, "<div>", 500);
	repeat(&page, "<a></a>", N);
	doc = parse_html(buf_cstr(&page));
	check_counts(doc, selectors, counts, COUNT(selectors));
	html_text_free(doc);
	buf_release(&page);
	assert_true(seconds() - start < 20);
}

/* Checks that the document's budget is used up and that nothing more is
 * found. */
static void selectors_beyond_the_budget_end_with_an_error(void **state)
{
	static const char *const selectors[] = {
		"a:has(~ a ~ .none)",
		":not(:is(div, a) ~ .none, * * > * ~ a ~ .none) :is(.none a)",
		"a:not(div:not(div:not(div p) p) ~ a)",
		"a:nth-child(2 of :is(div > :not(p ~ a) ~ a))",
		"[title*='aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab' i]",
	};
	struct buf page = {0};
	const double start = seconds();
	size_t given_up = 0;
	xmlDoc *doc;

	(void)state;
	buf_addstr(&page, STRICT);
	repeat(&page, "<div>", 400);
	repeat(&page, "<a></a>", 15000);
	buf_addstr(&page, "<a title=");
	repeat(&page, "a", 100000);
	buf_addstr(&page, ">");
	doc = parse_html(buf_cstr(&page));
	for (size_t i = 0; i < COUNT(selectors); i++) {
		struct css_document *d = css_document_new(doc, true);
		struct buf out = {0};
		bool over = false;

		for (int k = 0; k < 4; k++) {
			const char *why = find_in(d, selectors[i], true, NULL,
						  &out);

			assert_true(!over || why);
			over = why;
			buf_clear(&out);
		}
		given_up += over;
		buf_release(&out);
		css_document_free(d);
	}
	assert_true(given_up > 0);
	html_text_free(doc);
	buf_release(&page);
	assert_true(seconds() - start < 60);
}

static void item_costs_the_size_of_its_contents(void **state)
{
	static const char *const fields[] = {
		"h2", ".price", "a[href]", "p:nth-child(2)", ":scope > h2",
		"div .item .price", "h2 + p", "p:not(.x)", "p:has(a)",
		"li:nth-child(2 of .item) a",
	};
	enum { ITEMS = 5000 };
	struct css_set *items = css_set_new(), *set = css_set_new();
	struct css *csses[COUNT(fields)], *item = compile(".item");
	struct buf page = {0};
	struct hits hits = {0};
	const double start = seconds();
	struct css_document *d;
	xmlDoc *doc;

	(void)state;
	buf_addstr(&page, STRICT "<div><ul>");
	repeat(&page, "<li class=item id=u><h2>t</h2><p class=price>1 <a href=/></a>"
	       "</p></li>", ITEMS);
	doc = parse_html(buf_cstr(&page));
	d = css_document_new(doc, true);
	for (size_t i = 0; i < COUNT(fields); i++) {
		csses[i] = compile(fields[i]);
		css_set_add(set, csses[i], false);
	}
	css_set_add(items, item, true);
	for (xmlNode *n = node_of(doc, "u"); n; n = n->next)
		assert_null(css_find(d, set, n, on_hit, &hits));
	for (size_t i = 0; i + 1 < COUNT(fields); i++)
		assert_int_equal(hits.counts[i], ITEMS);
	assert_int_equal(hits.counts[COUNT(fields) - 1], 1);
	assert_true(seconds() - start < 20);
	for (size_t i = 0; i < COUNT(fields); i++)
		css_free(csses[i]);
	css_free(item);
	css_set_free(set);
	css_set_free(items);
	css_document_free(d);
	html_text_free(doc);
	buf_release(&page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_ids_and_classes_are_found),
		cmocka_unit_test(attributes_are_compared_by_their_operator),
		cmocka_unit_test(some_values_match_in_any_case_in_html),
		cmocka_unit_test(quirks_make_ids_and_classes_caseless),
		cmocka_unit_test(xml_goes_by_namespaces_and_case),
		cmocka_unit_test(combinators_are_followed_to_the_left),
		cmocka_unit_test(positions_are_counted_among_siblings),
		cmocka_unit_test(root_scope_and_empty_find_their_elements),
		cmocka_unit_test(
			negation_and_alternatives_take_whole_selectors),
		cmocka_unit_test(has_searches_from_its_anchor),
		cmocka_unit_test(languages_are_ranges),
		cmocka_unit_test(links_have_a_target),
		cmocka_unit_test(controls_have_their_first_state),
		cmocka_unit_test(
			a_fieldset_disables_what_is_not_in_its_legend),
		cmocka_unit_test(
			scope_limits_matches_but_not_their_ancestors),
		cmocka_unit_test(a_set_serves_many_scopes),
		cmocka_unit_test(callback_may_search_inside_its_match),
		cmocka_unit_test(selectors_are_numbered_and_first_ones_stop),
		cmocka_unit_test(
			an_empty_tree_and_an_empty_set_have_no_matches),
		cmocka_unit_test(many_siblings_take_linear_time),
		cmocka_unit_test(deep_trees_take_linear_time),
		cmocka_unit_test(selectors_beyond_the_budget_end_with_an_error),
		cmocka_unit_test(item_costs_the_size_of_its_contents),
	};

	parse_global_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
