#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "parse/library.h"
#include "parse/text/node_text.h"
#include "parse/tree/arena.h"
#include "parse/xml/xml.h"
#include "parse/xpath/xpath.h"
#include "tests/unit/html_text.h"
#include "tests/unit/single_thread.h"
#include "tests/unit/rounds.h"

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Ends the program once it has used that much more CPU time. 0: no limit. */
static void set_cpu_limit(time_t seconds)
{
	setitimer(ITIMER_VIRTUAL,
		  &(struct itimerval){.it_value.tv_sec = seconds}, NULL);
}

static struct xpath *compile(const char *s)
{
	struct buf why = {0};
	size_t at;
	struct xpath *xpath = xpath_compile(s, strlen(s), &why, &at);

	if (!xpath)
		fail_msg("%s: %s at %zu", s, buf_cstr(&why), at);
	assert_int_equal(why.len, 0);
	return xpath;
}

/* Appends a value; nodes as their text, each followed by "|". */
static void add_value(struct buf *out, const xmlXPathObject *value)
{
	switch (value->type) {
	case XPATH_NODESET:
		for (int i = 0; value->nodesetval &&
				i < value->nodesetval->nodeNr; i++) {
			text_of(out, value->nodesetval->nodeTab[i]);
			buf_addch(out, '|');
		}
		break;
	case XPATH_STRING:
		buf_addstr(out, (const char *)value->stringval);
		break;
	case XPATH_NUMBER:
		buf_addf(out, "%g", value->floatval);
		break;
	case XPATH_BOOLEAN:
		buf_addstr(out, value->boolval ? "true" : "false");
		break;
	default:
		buf_addstr(out, "?");
	}
}

/* Appends the value of an expression; an error as "!" and its message. */
static void evaluate(struct buf *out, struct xpath_document *d,
		     const char *s, xmlNode *node)
{
	struct xpath *xpath = compile(s);
	const char *why = NULL;
	xmlXPathObject *value = xpath_evaluate(d, xpath, node, &why);

	buf_clear(out);
	if (value) {
		assert_null(why);
		add_value(out, value);
	} else {
		buf_addf(out, "!%s", why);
	}
	xmlXPathFreeObject(value);
	xpath_free(xpath);
}

struct row {
	const char *xpath, *value;
};

static void check_rows(xmlDoc *doc, const struct row *rows, size_t count)
{
	struct xpath_document *d = xpath_document_new(doc);
	struct buf out = {0};

	for (size_t i = 0; i < count; i++) {
		evaluate(&out, d, rows[i].xpath, NULL);
		if (strcmp(buf_cstr(&out), rows[i].value))
			fail_msg("%s: %s, not %s", rows[i].xpath,
				 buf_cstr(&out), rows[i].value);
	}
	buf_release(&out);
	xpath_document_free(d);
}

#define CHECK(doc, rows) check_rows(doc, rows, sizeof(rows) / sizeof(*rows))

static xmlDoc *read_html(const char *s)
{
	return html_text_parse(s, strlen(s));
}

static xmlDoc *read_xml(const char *s)
{
	const char *why;

	return xml_parse(s, strlen(s), &why);
}

static void expressions_have_values(void **state)
{
	static const struct row rows[] = {
		{"//p", "a|b|c d|"},
		{"//p/text()", "a|b|c |"},
		{"//p[2]", "b|"},
		{"//@id", "i|"},
		{"id('i')", "b|"},
		{"//p[last()] | //p[1] | //h1", "t|a|c d|"},
		{"//b/ancestor::*/@class", "x y|"},
		{"count(//p)", "3"},
		{"string(//p[1])", "a"},
		{"//p = 'b'", "true"},
		{"1 div 0", "inf"},
		{"//x", ""},
		{"//x:y", ""},
		{"count(//x:* | //p)", "3"},
		{"//p[x:y or @x:z]", ""},
		{" //p [ 1 ] ", "a|"},
		{"normalize-space(//p[3])", "c d"},
		{"concat(1, ' ', //p[2], true(), '')", "1 btrue"},
		{"substring('\xc3\xa9\xc3\xa0x', 2, 1)", "\xc3\xa0"},
		{"//*[local-name() = 'h1']", "t|"},
		{"//div//b/following::p | //div//b/preceding::p", "a|b|"},
	};
	xmlDoc *doc = read_html("<h1>t</h1><div class='x y'><p>a</p>"
				"<p id=i>b</p><p>c <b>d</b></p></div>");

	(void)state;
	CHECK(doc, rows);
	html_text_free(doc);
}

static void expressions_are_relative_to_their_node(void **state)
{
	xmlDoc *doc = read_html("<ul><li>a<b>1</b><li>b<b>2</b></ul>");
	struct xpath_document *d = xpath_document_new(doc);
	struct xpath *lis = compile("//li");
	struct buf out = {0};
	const char *why;
	xmlXPathObject *value = xpath_evaluate(d, lis, NULL, &why);
	xmlNode *second = value->nodesetval->nodeTab[1];

	(void)state;
	evaluate(&out, d, "b", second);
	assert_string_equal(buf_cstr(&out), "2|");
	evaluate(&out, d, "//b", second);
	assert_string_equal(buf_cstr(&out), "1|2|");
	evaluate(&out, d, "preceding-sibling::*/b", second);
	assert_string_equal(buf_cstr(&out), "1|");
	xmlXPathFreeObject(value);
	xpath_free(lis);
	buf_release(&out);
	xpath_document_free(d);
	html_text_free(doc);
}

static void functions_of_exslt_and_parsel_are_known(void **state)
{
	static const struct row rows[] = {
		{"//p[has-class('x')]", "a|b|"},
		{"//p[has-class('y', 'x')]", "b|"},
		{"//p[has-class('')]", ""},
		{"//p[has-class('xy')]", ""},
		{"//text()[has-class('x')]", ""},
		{"//p[re:test(., '^[AB]$', 'i')]", "a|b|"},
		{"re:test('a\nb', 'a.b')", "false"},
		{"re:test('a\nb', 'A . b', 'six')", "true"},
		{"re:test(//p, 'a')", "true"},
		{"re:match('k=v; l=w', '(\\w)=(\\w)')", "k=v|k|v|"},
		{"re:match('k=v; l=w', '(\\w)=(\\w)', 'g')", "k=v|l=w|"},
		{"re:match('k=v', '(k)|(x)')[2]", "k|"},
		{"re:match('k=v', 'x')", ""},
		{"count(re:match('k', '(k)|(x)'))", "3"},
		{"name(re:match('a', 'a'))", "match"},
		{"re:replace('a-b-c', '-', '', '+')", "a+b-c"},
		{"re:replace('a-b-c', '-', 'g', '+')", "a+b+c"},
		{"re:replace('ab', '(.)(.)', 'g', '$2$1')", "ba"},
		{"set:difference(//p, //p[has-class('x')])", "c|"},
		{"set:intersection(//p, //*[@class='x'])", "a|"},
		{"set:distinct(//@class)", "x|x y|"},
		{"set:has-same-node(//p, //p[2])", "true"},
		{"set:leading(//p, //p[3])", "a|b|"},
		{"set:trailing(//p, //p[2])", "c|"},
		{"str:tokenize('a b,c', ' ,')", "a|b|c|"},
		{"str:tokenize(' a\tb ')", "a|b|"},
		{"str:tokenize('\xc3\xa9x', '')", "\xc3\xa9|x|"},
		{"str:tokenize('a\xc3\xa9" "b\xc3\xa0" "c', '\xc3\xa0')",
		 "a\xc3\xa9" "b|c|"},
		{"str:split('a, b, c', ', ')", "a|b|c|"},
		{"str:split('a b')[2]", "b|"},
		{"str:split(' a b ', '')", " |a| |b| |"},
		{"str:split('', 'x')", ""},
		{"str:replace('a-b-c', '-', '+-')", "a+-b+-c"},
		{"str:replace('abc', '', 'x')", "abc"},
		{"str:concat(//p)", "abc"},
		{"str:concat(//x)", ""},
		{"str:padding(5, 'ab')", "ababa"},
		{"str:padding(3)", "   "},
		{"str:padding(-1, 'x')", ""},
		{"str:padding('x', 'x')", ""},
		{"str:padding(3, '\xc3\xa9" "b')", "\xc3\xa9" "b\xc3\xa9"},
		{"str:align('ab', '-----')", "ab---"},
		{"str:align('ab', '-----', 'right')", "---ab"},
		{"str:align('ab', '-----', 'center')", "-ab--"},
		{"str:align('abcdef', '---')", "abc"},
		{"str:align('\xc3\xa9\xc3\xa9\xc3\xa9', '----')",
		 "\xc3\xa9\xc3\xa9\xc3\xa9-"},
		{"str:align('', '')", ""},
	};
	xmlDoc *doc = read_html("<p class=x>a<p class='x y'>b<p>c");

	(void)state;
	CHECK(doc, rows);
	html_text_free(doc);
}

static void prefixes_of_the_root_are_known(void **state)
{
	static const struct row rows[] = {
		{"//dc:title", "t|"},
		{"//media:x/@media:y", "1|"},
		{"//item", ""},
		{"//*[local-name()='item']", "t|"},
		{"//late:z", ""},
		{"re:test('a', 'a')", "true"},
		{"//*[@xml:lang]", "t|"},
	};
	xmlDoc *doc = read_xml(
		"<rss xmlns='d' xmlns:dc='u' xmlns:media='v' xmlns:re='w'>"
		"<item xml:lang='en'><dc:title>t</dc:title><media:x media:y='1'/>"
		"</item><late:z xmlns:late='q'/></rss>");

	(void)state;
	CHECK(doc, rows);
	xml_free(doc);
}

static void bad_expressions_are_refused(void **state)
{
	static const struct {
		const char *xpath, *why;
		size_t at;
	} rows[] = {
		{"", "the expression is empty", 0},
		{" \n", "the expression is empty", 0},
		{"//", "not a valid XPath expression", 2},
		{"//p[", "not a valid XPath expression", 4},
		{"//p[1", "invalid predicate", 5},
		{"//p]", "not a valid XPath expression", 3},
		{"'a", "unterminated string", 2},
		{"a b", "not a valid XPath expression", 2},
		{"//p[foo(.)]", "unknown function foo()", 4},
		{"foo(1)", "unknown function foo()", 0},
		{"//p[not(re:tset(., 'x'))]", "unknown function re:tset()",
		 8},
		{"//p[x:y()]", "unknown function x:y()", 4},
		{"//p[$a]", "variables are not supported", 5},
		{"count()", "the wrong number of arguments", 7},
		{"concat('a')", "the wrong number of arguments", 11},
		{"count(1)", "an argument of the wrong type", 8},
		{"has-class()", "the wrong number of arguments", 11},
		{"re:test('a')", "the wrong number of arguments", 12},
		{"re:test('a', '(')", "regular expression, character 2: "
		 "missing closing parenthesis", 17},
		{"re:test('a', 'a', 'q')", "regular expression, character 1: "
		 "unknown flag 'q' of a regular expression", 22},
		{"a\xff" "b", "unexpected character", 1},
		{"document('x')", "unknown function document()", 0},
		{"str:encode-uri('a', true())",
		 "unknown function str:encode-uri()", 0},
		{"//p[ foo ( 1 ) ]", "unknown function foo()", 5},
		{"a and(foo())", "unknown function foo()", 6},
		{"* and(foo())", "unknown function foo()", 6},
	};
	struct buf why = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		size_t at;

		buf_clear(&why);
		if (xpath_compile(rows[i].xpath, strlen(rows[i].xpath), &why,
				  &at))
			fail_msg("%s is none", rows[i].xpath);
		if (strcmp(buf_cstr(&why), rows[i].why) || at != rows[i].at)
			fail_msg("%s: %s at %zu", rows[i].xpath,
				 buf_cstr(&why), at);
	}
	buf_release(&why);
}

static void names_that_look_like_functions_are_allowed(void **state)
{
	static const char *const rows[] = {
		"(1 and (2)) or (3)", "//p[1]and (2)", "'foo()' = \"bar()\"",
		"//text()", "//node ()", "comment() | processing-instruction('x')",
		"6 div (3) mod (2)", "and", "div/mod", "//and/or[or or or]",
		"child::text()", "@foo", "self::node()", "* * (2)", ". and (1)",
		"//x:*", "x:y/z:w", "//p[@*and (1)]", "count (//p)",
		"ancestor-or-self::x:y[1]", "-(1)", "//a[. = '$x']",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		xpath_free(compile(rows[i]));
}

static void long_and_deep_expressions_are_refused(void **state)
{
	static const char *const parts[] = {
		"(", "a[", "not(", "-", "a/", "1+", "//*[count(", "a|",
	};
	struct buf s = {0}, why = {0};
	size_t at;

	(void)state;
	single_thread_only();
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		const double start = now();

		buf_clear(&s);
		for (int k = 0; k < 10000; k++)
			buf_addstr(&s, parts[i]);
		buf_clear(&why);
		assert_null(xpath_compile(s.data, s.len, &why, &at));
		assert_string_equal(buf_cstr(&why), "longer than 4096 bytes");
		buf_clear(&why);
		xpath_free(xpath_compile(s.data, XPATH_MAX_LENGTH - 1, &why,
					 &at));
		buf_clear(&s);
		while (s.len < XPATH_MAX_LENGTH - 10)
			buf_addstr(&s, parts[i]);
		buf_addstr(&s, "a");
		buf_clear(&why);
		xpath_free(xpath_compile(s.data, s.len, &why, &at));
		assert_true(now() - start < 5);
	}
	buf_clear(&s);
	buf_clear(&why);
	for (int i = 0; i < 2000; i++)
		buf_addch(&s, '(');
	buf_addch(&s, '1');
	for (int i = 0; i < 2000; i++)
		buf_addch(&s, ')');
	assert_null(xpath_compile(s.data, s.len, &why, &at));
	assert_string_equal(buf_cstr(&why), "nested too deep");
	buf_release(&s);
	buf_release(&why);
}

static void paragraphs(struct buf *b, size_t count)
{
	buf_addstr(b, "<body>");
	for (size_t i = 0; i < count; i++)
		buf_addf(b, "<p class='a b%zu'>text %zu<i>x</i></p>", i, i);
}

static void repeat(struct buf *b, const char *s, size_t times)
{
	while (times--)
		buf_addstr(b, s);
}

static void endless_expressions_end_with_an_error(void **state)
{
	static const struct {
		const char *xpath, *why;
	} rows[] = {
		{"//*[count(//*[count(//*) > 0]) > 0]",
		 "!the XPath expression takes too much work"},
		{"count(//*//*//*//*//*/..//*//*) > 0 and //*[//*[//*[//*]]]",
		 NULL},
		{"//p[preceding::p[following::p[preceding::p = 'y']]]",
		 "!the XPath expression takes too much work"},
		{"//*[. = //*]", NULL},
		{"count(//p[re:test(., '(t+)+q')])", "0"},
		{"count(//p[re:test(., concat('t', @class))])", "0"},
		{"string-length(str:padding(count(//p)*1e6))",
		 "!the string is too long"},
		{"string-length(re:replace(//body, '.', 'g', //body))",
		 "!re:replace() takes too much work"},
		{"str:replace(//body, 't', //body)", "!the string is too long"},
	};
	struct buf html = {0}, out = {0};
	struct xpath_document *d;
	xmlDoc *doc;

	(void)state;
	single_thread_only();
	paragraphs(&html, 5000);
	doc = read_html(buf_cstr(&html));
	d = xpath_document_new(doc);
	/* libxml2 has no sanitizers: with them, a third of the expressions
	 * shows what this program does at its limits. */
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows);
	     i += SANITIZED ? 3 : 1) {
		const double start = now();

		evaluate(&out, d, rows[i].xpath, NULL);
		if (getenv("VERBOSE"))
			print_message("%s: %g s, %.60s\n", rows[i].xpath,
				      now() - start, buf_cstr(&out));
		if (rows[i].why)
			assert_string_equal(buf_cstr(&out), rows[i].why);
		if (now() - start > 20)
			fail_msg("%s took %g s", rows[i].xpath,
				 now() - start);
	}
	/* The document still has all nodes after these evaluations. */
	evaluate(&out, d, "count(//p)", NULL);
	assert_string_equal(buf_cstr(&out), "5000");
	xpath_document_free(d);
	html_text_free(doc);
	buf_release(&html);
	buf_release(&out);
}

/* Expressions are compiled before anything is fetched, when no time limit
 * applies. */
static void expensive_expression_is_compiled_quickly(void **state)
{
	static const char endless[] =
		"string-length(translate(str:padding(15000000, 'a'), "
		"str:padding(15000000, 'b'), ''))";
	static const char longer[] =
		"string-length(str:padding(100000, 'ab'))";
	struct buf why = {0};
	struct xpath *xpath;
	struct xpath_document *d;
	xmlXPathObject *object;
	const char *problem;
	xmlDoc *doc;
	size_t at;

	(void)state;
	single_thread_only();
	set_cpu_limit(60);
	xpath = xpath_compile(endless, strlen(endless), &why, &at);
	assert_non_null(xpath);
	xpath_free(xpath);
	set_cpu_limit(0);
	xpath = xpath_compile(longer, strlen(longer), &why, &at);
	assert_non_null(xpath);
	doc = html_text_parse("<p>", 3);
	d = xpath_document_new(doc);
	object = xpath_evaluate(d, xpath, NULL, &problem);
	assert_non_null(object);
	assert_true(object->floatval == 100000);
	xmlXPathFreeObject(object);
	xpath_document_free(d);
	html_text_free(doc);
	xpath_free(xpath);
	buf_release(&why);
}

static void many_nodes_come_in_document_order(void **state)
{
	struct buf html = {0};
	struct xpath *xpath = compile("//p/i | //p");
	struct xpath_document *d;
	xmlXPathObject *value;
	const char *why;
	double start;
	xmlDoc *doc;

	(void)state;
	single_thread_only();
	paragraphs(&html, 3000);
	doc = read_html(buf_cstr(&html));
	start = now();
	d = xpath_document_new(doc);
	value = xpath_evaluate(d, xpath, NULL, &why);
	assert_non_null(value);
	assert_int_equal(value->nodesetval->nodeNr, 6000);
	for (int i = 0; i < 6000; i += 2)
		assert_ptr_equal(value->nodesetval->nodeTab[i],
				 value->nodesetval->nodeTab[i + 1]->parent);
	if (getenv("VERBOSE"))
		print_message("%g s\n", now() - start);
	assert_true(now() - start < 5);
	xmlXPathFreeObject(value);
	xpath_document_free(d);
	xpath_free(xpath);
	html_text_free(doc);
	buf_release(&html);
}

/* The tree is in the arena, which is cleared for the next document: nothing
 * that lives longer may be there. */
static void documents_follow_each_other(void **state)
{
	static const char *const rows[] = {
		"//p", "id('x')", "re:match('abc', '(b)(c)')",
		"//p[re:test(., 'a')]", "set:distinct(//@a)",
		"str:tokenize(//p)", "//q:r", "//p[position() = 'x']",
	};
	struct xpath *xpaths[8];
	struct xpath *wrong = compile("//p[count(string(.)) = 1]");

	(void)state;
	for (size_t i = 0; i < 8; i++)
		xpaths[i] = compile(rows[i]);
	for (int i = 0; i < 50; i++) {
		xmlDoc *doc = i % 2 ? read_html("<p a=1>abc d<p id=x>&y;")
				    : read_xml("<p a='1'>a &x; b<p id='x'/>");
		struct xpath_document *d = xpath_document_new(doc);
		const char *why;

		for (size_t k = 0; k < 8; k++) {
			xmlXPathObject *value =
				xpath_evaluate(d, xpaths[k], NULL, &why);

			assert_non_null(value);
			xmlXPathFreeObject(value);
			assert_null(xpath_evaluate(d, wrong, NULL, &why));
		}
		xpath_document_free(d);
		i % 2 ? html_text_free(doc) : xml_free(doc);
	}
	for (size_t i = 0; i < 8; i++)
		xpath_free(xpaths[i]);
	xpath_free(wrong);
}

static void memory_is_limited(void **state)
{
	static const char *const rows[] = {
		"concat(/,/,/,/,/,/,/,/,/,/,/,/,/,/,/,/,/,/,/,/,/,/,/,/,/,/,/,/)",
		"str:tokenize(/, '')", "re:match(/, '.', 'g')",
		"count(str:tokenize(/, '')/following::*/preceding::*)",
	};
	struct buf html = {0}, out = {0};
	struct xpath_document *d;
	xmlDoc *doc;

	(void)state;
	single_thread_only();
	buf_addstr(&html, "<p>");
	while (html.len < 64 << 10)
		buf_addstr(&html, "some text, <i>some more text</i>");
	doc = read_html(buf_cstr(&html));
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const double start = now();

		d = xpath_document_new(doc);
		xpath_limit_memory(d, 1 << 20);
		evaluate(&out, d, rows[i], NULL);
		if (getenv("VERBOSE"))
			print_message("%s: %g s, %.60s\n", rows[i],
				      now() - start, buf_cstr(&out));
		assert_true(!strcmp(buf_cstr(&out), "!the XPath expression "
				    "needs too much memory"));
		xpath_document_free(d);
	}
	html_text_free(doc);
	buf_release(&html);
	buf_release(&out);
}

/* XPath's concat() is replaced by one that stops, because libxml2's would
 * continue. */
static void a_string_that_gets_too_long_is_an_error(void **state)
{
	struct buf html = {0}, expression = {0};
	struct xpath *xpath;
	struct xpath_document *d;
	const char *why = NULL;
	xmlDoc *doc;

	(void)state;
	single_thread_only();
	buf_addstr(&html, "<p>");
	repeat(&html, "0123456789abcdef", 16 << 10);
	doc = read_html(buf_cstr(&html));
	buf_addstr(&expression, "string-length(concat(//p");
	repeat(&expression, ",//p", 300);
	buf_addstr(&expression, "))");
	xpath = compile(buf_cstr(&expression));
	d = xpath_document_new(doc);
	assert_null(xpath_evaluate(d, xpath, NULL, &why));
	assert_string_equal(why, "the string is too long");
	xpath_document_free(d);
	xpath_free(xpath);
	html_text_free(doc);
	buf_release(&html);
	buf_release(&expression);
}

static void ids_are_found_wherever_they_are(void **state)
{
	static const struct row rows[] = {
		{"id('a')", "1|"},
		{"id('t')", "in|"},
		{"id('b')", "3|"},
		{"id(' b  a b\tx ')", "1|3|"},
		{"id(//@ref)", "1|3|"},
		{"id(7)", "7|"},
		{"id('')", ""},
		{"id('b')/@class", "c|"},
		{"count(id('a b t'))", "3"},
	};
	xmlDoc *doc = read_html("<template><p id=b>no<p id=t>in</template>"
				"<p id=a>1<p id=a>2<p id=b class=c ref=b>3"
				"<p id=7 ref='a  b'>7");

	(void)state;
	CHECK(doc, rows);
	html_text_free(doc);
}

static void failed_allocation_is_an_error(void **state)
{
	static const char *const rows[] = {
		"//p", "//p[has-class('a')]/i | //i/text()", "count(//p[2]/i)",
		"concat(string(//p), translate(//p, 'a', 'b'), 'x')",
		"re:match(//body, 't', 'g')", "str:tokenize(//body, 'x')",
		"re:replace(//body, 't', 'g', 'u')", "set:distinct(//@class)",
		"substring-before(normalize-space(//body), 'q')",
		"id('a b c')", "//p[. = //i]", "sum(//p) + number(//i)",
		"//p/preceding::*/ancestor::*", "//@*[name() = 'class']",
		"set:difference(//*, //p)", "str:concat(//p)",
		"//p[contains(., 'x') and starts-with(., 't')]",
		"//p/following-sibling::p[last()]", "//namespace::*",
		"(//p)[3]/@class", "string(1 div 3)", "//p[@class = string(2)]",
		"//p[re:match(., 'x')]", "//p[lang('en')]", "str:padding(5000)",
		"//p[position() = last()]", "//p[number(.) > 3 or not(i)]",
		"//p[(. | i)[1]]",
	};
	struct buf html = {0}, out = {0};
	xmlDoc *doc;

	(void)state;
	single_thread_only();
	paragraphs(&html, 100);
	doc = read_html(buf_cstr(&html));
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct xpath *xpath = compile(rows[i]);

		for (size_t limit = 16; limit < 100000;
		     limit += 16 + limit / 50) {
			struct xpath_document *d = xpath_document_new(doc);
			const char *why;

			xpath_limit_memory(d, limit);
			xmlXPathFreeObject(xpath_evaluate(d, xpath, NULL,
							  &why));
			xpath_document_free(d);
		}
		xpath_free(xpath);
	}
	html_text_free(doc);
	buf_release(&html);
	buf_release(&out);
}

static void nothing_is_printed(void **state)
{
	static const char *const rows[] = {
		"//p[count(1)]", "foo(", "re:test('a', '(')", "$x", "//x:y",
		"//p[count(string(.)) > 1]", "//*[//*[//*[//*[//*]]]]",
	};
	struct buf html = {0}, why = {0};
	int ends[2], saved = dup(2);
	xmlDoc *doc;
	char c;

	(void)state;
	single_thread_only();
	paragraphs(&html, 1000);
	doc = read_html(buf_cstr(&html));
	assert_int_equal(pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0);
	assert_int_equal(dup2(ends[1], 2), 2);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		size_t at;
		struct xpath *xpath = xpath_compile(rows[i], strlen(rows[i]),
						    &why, &at);
		struct xpath_document *d = xpath_document_new(doc);
		const char *problem;

		if (xpath)
			xmlXPathFreeObject(xpath_evaluate(d, xpath, NULL,
							  &problem));
		xpath_document_free(d);
		xpath_free(xpath);
	}
	assert_int_equal(dup2(saved, 2), 2);
	assert_int_equal(read(ends[0], &c, 1), -1);
	close(ends[0]);
	close(ends[1]);
	close(saved);
	html_text_free(doc);
	buf_release(&html);
	buf_release(&why);
}

static void *evaluate_many(void *arg)
{
	uintptr_t wrong = 0;
	struct buf why = {0};
	size_t at;
	struct xpath *xpath = xpath_compile(arg, strlen(arg), &why, &at);

	html_open();
	for (int i = 0; xpath && i < 300; i++) {
		xmlDoc *doc = read_html("<p class=x>a<p class='x y'>b<i>&c;");
		struct xpath_document *d = xpath_document_new(doc);
		xmlXPathObject *value = xpath_evaluate(d, xpath, NULL,
						       &(const char *){0});

		wrong += !value || value->type != XPATH_NODESET ||
			 value->nodesetval->nodeNr != 2;
		xmlXPathFreeObject(value);
		xpath_document_free(d);
		html_text_free(doc);
	}
	wrong += !xpath;
	xpath_free(xpath);
	buf_release(&why);
	html_close();
	return (void *)wrong;
}

static void threads_evaluate_at_the_same_time(void **state)
{
	static char *const rows[] = {
		"//p[re:test(., 'a|b')]", "//p[has-class('x')]",
		"set:distinct(//@class)", "str:tokenize('a b')",
	};
	pthread_t threads[4];

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL,
						evaluate_many, rows[i]), 0);
	for (size_t i = 0; i < 4; i++) {
		void *wrong;

		pthread_join(threads[i], &wrong);
		assert_null(wrong);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expressions_have_values),
		cmocka_unit_test(expressions_are_relative_to_their_node),
		cmocka_unit_test(functions_of_exslt_and_parsel_are_known),
		cmocka_unit_test(prefixes_of_the_root_are_known),
		cmocka_unit_test(bad_expressions_are_refused),
		cmocka_unit_test(names_that_look_like_functions_are_allowed),
		cmocka_unit_test(long_and_deep_expressions_are_refused),
		cmocka_unit_test(endless_expressions_end_with_an_error),
		cmocka_unit_test(
			expensive_expression_is_compiled_quickly),
		cmocka_unit_test(many_nodes_come_in_document_order),
		cmocka_unit_test(documents_follow_each_other),
		cmocka_unit_test(memory_is_limited),
		cmocka_unit_test(a_string_that_gets_too_long_is_an_error),
		cmocka_unit_test(ids_are_found_wherever_they_are),
		cmocka_unit_test(failed_allocation_is_an_error),
		cmocka_unit_test(nothing_is_printed),
		cmocka_unit_test(threads_evaluate_at_the_same_time),
	};
	int failed;

	parse_global_init();
	html_open();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	html_close();
	parse_global_cleanup();
	return failed;
}
