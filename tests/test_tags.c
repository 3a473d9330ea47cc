#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>

#include "base/buf.h"
#include "parse/parse.h"
#include "parse/tags.h"

#define X10  "xxxxxxxxxx"
#define X100 X10 X10 X10 X10 X10 X10 X10 X10 X10 X10

/* All that has something to do with how libxml2 divides a page, or with what
 * it closes. */
static const char *const pieces[] = {
	"<div>",
	"<b>",
	"<em>",
	"<span>",
	"<u>",
	"<font>",
	"<section>",
	"<div a=b>",
	"<DIV>",
	"</div>",
	"</Div >",
	"<i>",
	"<strong>",
	"<small>",
	"<strike>",
	"<q>",
	"<code>",
	"</b>",
	"</em>",
	"</span>",
	"</font>",
	"</section>",
	"<p>",
	"</p>",
	"<center>",
	"</center>",
	"<td>",
	"</td>",
	"<th>",
	"<tr>",
	"</tr>",
	"<table>",
	"</table>",
	"<tbody>",
	"</tbody>",
	"<thead>",
	"<li>",
	"</li>",
	"<ul>",
	"</ul>",
	"<a>",
	"</a>",
	"<form>",
	"</form>",
	"<br>",
	"</br>",
	"<h1>",
	"<dl>",
	"<dd>",
	"<option>",
	"<fieldset>",
	"<html>",
	"<html/>",
	"</html>",
	"<head>",
	"<head/>",
	"</head>",
	"<body>",
	"<body/>",
	"</body>",
	"<body a=b>",
	"<frameset>",
	"<noframes>",
	"<title>",
	"</title>",
	"<textarea>",
	"</textarea>",
	"<svg>",
	"<x>",
	"</x>",
	"<x-y>",
	"<script>",
	"<script/>",
	"<script a=/>",
	"</script>",
	"</script x",
	"</scripts>",
	"<style>",
	"<style/>",
	"</style>",
	"<noscript>",
	"</noscript>",
	"<xmp>",
	"<plaintext>",
	"<!--",
	"-->",
	"<!-->",
	"<!--->",
	"<!-- -- >",
	"--!>",
	"<!>",
	"<!x>",
	"<!DOCTYPE ",
	"<!doctype html>",
	"SYSTEM ",
	"PUBLIC ",
	"<![CDATA[",
	"]]>",
	"<?",
	"<?x",
	"<?xml ?>",
	"?>",
	"</",
	"</ ",
	"<",
	">",
	"/>",
	"/",
	"\"",
	"'",
	" ",
	" a=",
	" a='",
	" b=\"",
	" a=b",
	" .=",
	" _",
	" : =",
	"=",
	" /",
	"<_",
	"<:",
	"<.",
	"</_>",
	"</.",
	"<div",
	"</div",
	"<b ",
	"<em/",
	"<b\xc3\xa9",
	"\xc3\xa9",
	"\xc3\xa9=\"",
	"<?\xc3\xa9",
	"\f",
	"\n",
	"text",
	"&amp;",
	"&lt;",
	"&#60;",
	"&#",
	"&x",
	"\x01",
	"\xef\xbf\xbf",
	"<div/>",
	"<div / >",
	"<div //>",
	"<div a/>",
	"<div a=b/>",
	"<div a='/>",
	"<divx>",
	"</divx>",
	"<div\xc2\xa0>",
	"-",
	"--",
	"!",
};

/* The same in each run. */
static uint64_t dice = 88172645463325252;

static size_t roll(size_t sides)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (size_t)(dice % sides);
}

/* Of a few kinds of pieces, or of all; and then something to count. */
static void write_soup(struct buf *soup)
{
	const size_t count = sizeof(pieces) / sizeof(*pieces);
	const char *chosen[6];
	const bool few = roll(4);
	char name[140];

	buf_clear(soup);
	for (size_t i = 0; i < 6; i++)
		chosen[i] = pieces[roll(count)];
	for (size_t n = 3 + roll(40); n; n--)
		buf_addstr(soup, few ? chosen[roll(6)] : pieces[roll(count)]);
	if (!roll(20)) {
		memset(name, 'x', sizeof(name));
		buf_addf(soup, "<x %.*s%s1=\">\">", (int)(95 + roll(10)), name,
			 chosen[0]);
	}
	for (size_t n = roll(12); n; n--)
		buf_addstr(soup, roll(8) ? pieces[roll(9)] : chosen[roll(6)]);
}

static void write_out(struct buf *soup)
{
	struct buf out = {0};

	if (!tags_have_short_comments(soup->data, soup->len))
		return;
	tags_write_out(&out, soup->data, soup->len);
	buf_release(soup);
	*soup = out;
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar **atts)
{
	htmlParserCtxt *parser = ctx;
	size_t *depth = parser->_private;

	(void)name;
	(void)atts;
	if ((size_t)parser->nameNr > *depth)
		*depth = (size_t)parser->nameNr;
}

static size_t depth_in_parser(const struct buf *html)
{
	htmlParserCtxt *parser = htmlNewParserCtxt();
	size_t depth = 0;

	memset(parser->sax, 0, sizeof(*parser->sax));
	parser->_private = &depth;
	parser->sax->startElement = on_start;
	htmlCtxtReadMemory(parser, html->data, (int)html->len, NULL, "UTF-8",
			   HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
				   HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
				   HTML_PARSE_IGNORE_ENC | XML_PARSE_HUGE);
	xmlFreeDoc(parser->myDoc);
	htmlFreeParserCtxt(parser);
	return depth;
}

static size_t depth_in_tags(const struct buf *html)
{
	size_t depth = 0;

	while (tags_refuse(html->data, html->len, depth))
		depth++;
	return depth;
}

static void agree(struct buf *html)
{
	size_t counted, real;

	write_out(html);
	counted = depth_in_tags(html);
	real = depth_in_parser(html);
	if (counted > real)
		fail_msg("%zu and not %zu: %s", real, counted, buf_cstr(html));
}

/* SOUPS=1000000: more, and others. */
static void nothing_is_deeper_than_in_the_parser(void **state)
{
	const char *times = getenv("SOUPS");
	size_t soups = times ? strtoul(times, NULL, 10) : 50000, deep = 0;
	struct buf soup = {0};

	(void)state;
	if (times)
		dice += soups;
	for (size_t i = 0; i < soups; i++) {
		write_soup(&soup);
		agree(&soup);
		deep += tags_refuse(soup.data, soup.len, 5) != NULL;
	}
	/* It would be as true of a count that is always 0. */
	assert_true(deep > soups / 10);
	buf_release(&soup);
}

static void repeat(struct buf *html, const char *piece, size_t times)
{
	while (times--)
		buf_addstr(html, piece);
}

/* Where one of the two sees tags and the other might see none. */
static void hidden_tags_are_the_same_as_in_the_parser(void **state)
{
	static const char *const around[][2] = {
		{"", ""},
		{"<script>", "</script>"},
		{"<script/>", "</script>"},
		{"<script><noscript>", "</script>"},
		{"<style><body>", "</style>"},
		{"<script></p", "></script>"},
		{"<style></styles>", "</style>"},
		{"<style></style ", ">"},
		{"<!--", "-->"},
		{"<!--x--!>", "-->"},
		{"<!-->", "-->"},
		{"<p a='<!-->'>", "-->"},
		{"<!x ", ">"},
		{"<![x ", "]>"},
		{"<!DOCTYPE x SYSTEM '>", "'>"},
		{"<!doctype x '>", "'>"},
		{"<!DOCTYPE x PUBLIC '' \">", "\">"},
		{"<!doctype></", ">"},
		{"<!doctype><!doctype ", ">"},
		{"<?x ", "?>"},
		{"<? ", "?>"},
		{"<?\xc3\xa9 ", ">"},
		{"</", ">"},
		{"</ ", ">"},
		{"</x ", ">"},
		{"<x a='>", "'>"},
		{"<x '>", "'>"},
		{"<x a=b'>", "'>"},
		{"<x .='>", "'>"},
		{"<x \xc3\xa9='>", "'>"},
		{"<x a\xc3\xa9='>", "'>"},
		{"<_ a='>", "'>"},
		{"<: a='>", "'>"},
		{"<x a\f='>", "'>"},
		{"<x " X100 "='>", "'>"},
		{"<x " X100 "1='>", "'>"},
		{"<" X100 "1='>", "'>"},
		{"</" X100 "><x a='>", "'>"},
	};
	static const char *const inside[][2] = {
		{"<div>", "<div>"},
		{"<div>", "</div>"},
		{"<b>", "<b>"},
		{"<b>", "</b>"},
		{"<div>", "<!doctype></x </div>"},
		{"<div>", "<!doctype><!doctype </div>"},
	};
	struct buf html = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(around) / sizeof(*around); i++)
		for (size_t j = 0; j < sizeof(inside) / sizeof(*inside); j++) {
			buf_clear(&html);
			repeat(&html, inside[j][0], 10);
			buf_addstr(&html, around[i][0]);
			repeat(&html, inside[j][1], 10);
			buf_addstr(&html, around[i][1]);
			repeat(&html, inside[j][0], 10);
			agree(&html);
		}
	buf_release(&html);
}

static const char *refused(const char *piece, size_t times)
{
	struct buf html = {0};
	const char *why;

	repeat(&html, piece, times);
	why = tags_refuse(html.data, html.len, 1000);
	buf_release(&html);
	return why;
}

static void deep_pages_are_refused_before_they_are_parsed(void **state)
{
	static const char *const deep[] = {
		"<div>",
		"<b>",
		"<DIV a='>'>",
		"<div><p>x</p>",
		"<div><b>x</b>",
		"<div><div></div>",
		"<em><br>x &amp; ",
		"<section><!--</section>-->",
		"<i><script> </i></script>",
		"<span><a href=x>",
		"<div><ul><li>x</li></ul>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(deep) / sizeof(*deep); i++) {
		assert_null(refused(deep[i], 999));
		if (!refused(deep[i], 1001))
			fail_msg("%s is not refused", deep[i]);
	}
}

static void what_is_closed_is_not_deep(void **state)
{
	static const char *const flat[] = {
		"<div></div>", "<b></b>",
		"<p>",	       "<br>",
		"<li>",	       "<div/>",
		"<b><p>",      "<script><div></script>",
		"<x a='<b>'>", "<!--<div>-->",
		"</div>",      "<table><tr><td><div></table>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(flat) / sizeof(*flat); i++)
		assert_null(refused(flat[i], 2000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_deeper_than_in_the_parser),
		cmocka_unit_test(hidden_tags_are_the_same_as_in_the_parser),
		cmocka_unit_test(deep_pages_are_refused_before_they_are_parsed),
		cmocka_unit_test(what_is_closed_is_not_deep),
	};

	parse_global_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
