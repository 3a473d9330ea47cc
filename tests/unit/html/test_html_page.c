#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "parse/html/common/limits.h"
#include "parse/html/page.h"
#include "parse/html/tokenizer/find.h"
#include "parse/html/tokenizer/token.h"
#include "parse/text/node_text.h"

static struct html_page *parser;

static int set_up(void **state)
{
	(void)state;
	parser = html_page_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	html_page_free(parser);
	return 0;
}

static xmlDoc *parse(char *text, size_t len)
{
	const char *why;
	xmlDoc *doc = html_page_parse(parser, text, len, false, &why);

	if (!doc)
		fail_msg("%s", why);
	return doc;
}

static const xmlNode *child(const void *parent, const char *name)
{
	const xmlNode *n = ((const xmlNode *)parent)->children;

	while (n && strcmp((const char *)n->name, name))
		n = n->next;
	assert_non_null(n);
	return n;
}

struct row {
	const char *html, *body;
};

/* Compares the contents of each page's body with the expected HTML. */
static void check(const struct row *rows, size_t count)
{
	struct buf out = {0};

	for (size_t i = 0; i < count; i++) {
		char *text = xstrdup(rows[i].html);
		const xmlNode *n = child(child(parse(text, strlen(text)),
					       "html"), "body");

		buf_clear(&out);
		for (n = n->children; n; n = n->next)
			text_outer_html(&out, n);
		if (strcmp(buf_cstr(&out), rows[i].body))
			fail_msg("%s\n is:  %s\n not: %s", rows[i].html,
				 out.data, rows[i].body);
		free(text);
	}
	buf_release(&out);
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof(*(rows)))

static void references_are_those_of_browsers(void **state)
{
	static const struct row rows[] = {
		{"it&#146;s &#150; &#x96;&#x97;", "it’s – –—"},
		{"a&#0;b &#xD800; &#x110000;", "a�b � �"},
		{"&copy 1 R&amp D", "© 1 R&amp; D"},
		{"&notit; &AMP; &LT;b&GT;", "¬it; &amp; &lt;b&gt;"},
		{"&star; &fjlig; &num;1 &lbrace;", "☆ fj #1 {"},
		{"&nGt;&nLt;&nGt;x", "≫⃒≪⃒≫⃒x"},
		{"&hellip &nosuch; &; & &#; &#x;",
		 "&amp;hellip &amp;nosuch; &amp;; &amp; &amp;#; &amp;#x;"},
		{"<a href='/c?a=1&copy=2&amp;b&lt;'>",
		 "<a href=\"/c?a=1&amp;copy=2&amp;b&lt;\"></a>"},
		{"<b title='&nGt;&nLt;'>", "<b title=\"≫⃒≪⃒\"></b>"},
	};

	(void)state;
	CHECK(rows);
}

static void invalid_markup_is_text_or_a_comment(void **state)
{
	static const struct row rows[] = {
		{"<p>c<![endif]></p>", "<p>c<!--[endif]--></p>"},
		{"<p>a<!foo>b<!ELEMENT x>c<!>d</p>",
		 "<p>a<!--foo-->b<!--ELEMENT x-->c<!---->d</p>"},
		{"<p>a<![CDATA[x > y]]>b</p>",
		 "<p>a<!--[CDATA[x --> y]]&gt;b</p>"},
		{"<p>y<?= 1 ?>z</p>", "<p>y<!--?= 1 ?-->z</p>"},
		{"<p>1 < 2 <3 </>x</ y>", "<p>1 &lt; 2 &lt;3 x<!-- y--></p>"},
		{"<p><o:p>word</o:p>", "<p><o:p>word</o:p></p>"},
		{"<p>a\r\nb\rc", "<p>a\nb\nc</p>"},
		{"<!--x--!><p>a<!-->b<!--->c<!--d--", "<p>a<!---->b<!---->c"
		 "<!--d--></p>"},
	};

	(void)state;
	CHECK(rows);
}

static void text_that_is_not_markup_is_kept(void **state)
{
	static const struct row rows[] = {
		{"<p><textarea>\n<p>&lt;</p></textarea>",
		 "<p><textarea>&lt;p&gt;&lt;&lt;/p&gt;</textarea></p>"},
		{"<p><xmp><a>&lt;</xmp>", "<p></p><xmp><a>&lt;</xmp>"},
		{"<p><script><!-- <script>a</script> --></script>y",
		 "<p><script><!-- <script>a</script> --></script>y</p>"},
		{"<p><script><!-- </script>y",
		 "<p><script><!-- </script>y</p>"},
		{"<svg><![CDATA[a<b]]>c</svg>", "<svg>a&lt;bc</svg>"},
	};

	(void)state;
	CHECK(rows);
}

static void elements_are_where_browsers_put_them(void **state)
{
	static const struct row rows[] = {
		{"<table><tr><td>n", "<table><tbody><tr><td>n</td></tr>"
		 "</tbody></table>"},
		{"<table><tr><td>a</td></tr><p>f</p></table>",
		 "<p>f</p><table><tbody><tr><td>a</td></tr></tbody></table>"},
		{"a<table>b<tr>c", "abc<table><tbody><tr></tr></tbody>"
		 "</table>"},
		{"<b>1<p>2</b>3</p>", "<b>1</b><p><b>2</b>3</p>"},
		{"<a href=x>1<div>2<a href=y>3",
		 "<a href=\"x\">1</a><div><a href=\"x\">2</a>"
		 "<a href=\"y\">3</a></div>"},
		{"<form id=a><form id=b><input></form></form>",
		 "<form id=\"a\"><input></form>"},
		{"<p>c</br>d</p>", "<p>c<br>d</p>"},
		{"<image src=i>", "<img src=\"i\">"},
		{"<ul><li>1<li>2<ul><li>3", "<ul><li>1</li><li>2<ul><li>3"
		 "</li></ul></li></ul>"},
		{"<select><option>1<option>2<select>x", "<select><option>1"
		 "</option><option>2</option></select>x"},
		{"<p><svg><foreignobject viewbox=1><p>x",
		 "<p><svg><foreignObject viewBox=\"1\"><p>x</p>"
		 "</foreignObject></svg></p>"},
		{"<a/href=/4>d", "<a href=\"/4\">d</a>"},
		{"<p a=1 A=2 b>x", "<p a=\"1\" b=\"\">x</p>"},
		{"<p>x<body lang=de><html id=h>", "<p>x</p>"},
	};

	(void)state;
	CHECK(rows);
}

static size_t depth_of_deepest(const xmlDoc *doc)
{
	const xmlNode *n = doc->children;
	size_t depth = 0, deepest = 0;

	for (;;) {
		if (depth > deepest)
			deepest = depth;
		if (n->type == XML_ELEMENT_NODE && n->children) {
			n = n->children;
			depth++;
			continue;
		}
		while (!n->next) {
			n = n->parent;
			if (n->type != XML_ELEMENT_NODE)
				return deepest;
			depth--;
		}
		n = n->next;
	}
}

static char *repeat(const char *s, size_t times, const char *end)
{
	struct buf b = {0};

	while (times--)
		buf_addstr(&b, s);
	buf_addstr(&b, end);
	return buf_detach(&b);
}

/* Most end tags of the current node only pop the node; these do more. */
static void some_end_tags_do_more_than_to_end_an_element(void **state)
{
	static const struct row rows[] = {
		{"<form id=a></form><form id=b></form>",
		 "<form id=\"a\"></form><form id=\"b\"></form>"},
		{"x</body><!--c-->", "x"},
		{"<p><b><object></object></p>y",
		 "<p><b><object></object></b></p><b>y</b>"},
		{"<table><tr><td>a</td>x", "x<table><tbody><tr><td>a</td></tr>"
		 "</tbody></table>"},
		{"<table><caption>a</caption><tr>", "<table><caption>a</caption>"
		 "<tbody><tr></tr></tbody></table>"},
		{"<p><b></b></p>y", "<p><b></b></p>y"},
		{"<p><b><i></b>x</i></p>y", "<p><b><i></i></b><i>x</i></p>y"},
	};

	(void)state;
	CHECK(rows);
}

static void attributes_without_a_value_are_empty(void **state)
{
	static const struct row rows[] = {
		{"<p a=\"\" b=\"x\" c='' d=&amp; e>y",
		 "<p a=\"\" b=\"x\" c=\"\" d=\"&amp;\" e=\"\">y</p>"},
		{"<p a=\"\" b='x' c = \"z\" d=\"\">y",
		 "<p a=\"\" b=\"x\" c=\"z\" d=\"\">y</p>"},
	};

	(void)state;
	CHECK(rows);
}

static void a_tree_grows_down_to_a_depth_of_512(void **state)
{
	char *text;

	(void)state;
	for (size_t divs = HTML_TREE_DEPTH - 3; divs < HTML_TREE_DEPTH + 2;
	     divs++) {
		const size_t depth = divs + 2;

		text = repeat("<div>", divs, "x");
		assert_int_equal(depth_of_deepest(parse(text, strlen(text))),
				 depth < HTML_TREE_DEPTH + 1
					 ? depth : HTML_TREE_DEPTH + 1);
		free(text);
	}
	text = repeat("<div>", 100000, "x");
	assert_int_equal(depth_of_deepest(parse(text, strlen(text))),
			 HTML_TREE_DEPTH + 1);
	free(text);
}

/* Without the limit or the table that a page tests, the page would take
 * minutes. */
static void hostile_pages_take_little_time(void **state)
{
	static const char *const pieces[] = {
		"<p><a href=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA>", "<b><i>",
		"<b id=1><p></b>", "</x>", "<div></p>", "<svg><g></x>",
		"<table><tr><td>", "<template>", "<html a><body b>", "<![CDATA[",
		"<svg><![CDATA[]]>", "</>", "&amp;", "a<table>", "<option>",
		"<select><button><selectedcontent><option>", "<li><ul>",
		"<a x=1><div>", "<nobr>", "<form></form>", "<h1>", "\r\n",
		"<table><a href=x><td>", "<a><p><a><p>x", "<table><template><b>",
		"<svg><foreignObject><p><math><mi><b>", "<p a=1 b=2 ",
		"<marquee><a href=x></marquee><b>", "&copy&notit;", "</br>",
	};
	const clock_t before = clock();

	(void)state;
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		char *text = repeat(pieces[i], 20000, "");

		parse(text, strlen(text));
		free(text);
	}
	assert_true((clock() - before) / CLOCKS_PER_SEC < 20);
}

static void reopening_costs_little_of_the_budget_on_plain_pages(void **state)
{
	char *text = repeat("<p><b><i>x</i></b><a href=x>y</a></p>", 1000, "");

	(void)state;
	parse(text, strlen(text));
	assert_true(html_page_budget_used(parser) < 0.1);
	free(text);
}

static size_t count(const xmlNode *n, const char *name)
{
	size_t found = 0;

	for (n = n->children; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE)
			found += !strcmp((const char *)n->name, name) +
				 count(n, name);
	return found;
}

/* Each paragraph reopens the <b>, until the document's budget is used up. */
static void reopening_ends_with_the_budget(void **state)
{
	static const struct {
		const char *first;
		size_t cost;
	} rows[] = {
		{"<p><b>x</p>", 1},
		{"<p><b title=0123456789abcdef>x</p>", 2},
		{"<p><b title=0123456789abcdef0123456789abcdef>x</p>", 3},
	};
	static const char last[] = "<section><i>1<p>2</i>3";
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *many = repeat("<p>x</p>", 30000, last);
		char *text = xasprintf("%s%s", rows[i].first, many);
		const size_t len = strlen(text);
		const size_t budget = HTML_BUDGET_BASE +
				      len / HTML_BUDGET_BYTES;
		const xmlNode *body = child(child(parse(text, len), "html"),
					    "body");

		assert_int_equal(count(body, "b"),
				 1 + budget / rows[i].cost + 1);
		/* With the budget used up, an end tag closes elements, but the
		 * adoption agency moves nothing. */
		buf_clear(&out);
		text_outer_html(&out, body->last);
		assert_string_equal(buf_cstr(&out),
			"<section><i>1<p>23</p></i></section>");
		free(text);
		free(many);
	}
	buf_release(&out);
}

/* The page has more short names, and more long names, than fit into the first
 * table of names. */
static void a_page_may_have_many_names(void **state)
{
	enum { NAMES = 5000 };
	struct buf text = {0};
	const xmlNode *n;

	(void)state;
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < NAMES; i++)
			buf_addf(&text, "<X%d b%d=1 B%d=2></x%d></y%d>"
				 "<a-name-of-many-bytes-%d></a-name-OF-many-"
				 "bytes-%d>", i, i, i, i, i, i, i);
	n = child(child(parse(text.data, text.len), "html"), "body");
	n = n->children;
	for (int i = 0; i < NAMES * 2; i++, n = n->next) {
		char name[40];

		snprintf(name, sizeof(name), "x%d", i % NAMES);
		assert_string_equal(n->name, name);
		assert_non_null(n->properties);
		assert_null(n->properties->next);
		assert_null(n->children);
		n = n->next;
		snprintf(name, sizeof(name), "a-name-of-many-bytes-%d",
			 i % NAMES);
		assert_string_equal(n->name, name);
	}
	assert_null(n);
	buf_release(&text);
}

/* Tags are numbered with 32 bits, and names remember the number of their last
 * tag. */
static void tags_are_numbered_again_from_one(void **state)
{
	static const char text[] = "<p id=a ID=b>";
	static struct html_tokenizer t;
	struct html_names names;

	(void)state;
	html_names_init(&names);
	names.known[N_ID].tag = 1;
	t.tag = UINT32_MAX - 1;
	html_tokenizer_init(&t, &names, text, strlen(text));
	html_tokenizer_next(&t);
	assert_int_equal(t.tag, 1);
	assert_int_equal(t.token.count, 1);
	html_tokenizer_release(&t);
	html_names_release(&names);
}

static void search_gives_the_same_with_and_without_sse2(void **state)
{
	char text[80];
	uint32_t seed = 1;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		const char *end = text + sizeof(text) - 1;
		union html_key a, b;
		size_t len;

		for (size_t k = 0; k < sizeof(text); k++) {
			seed = seed * 1103515245 + 12345;
			text[k] = "abAZ<>&= /\n\t\1\0\x80z"[seed >> 16 & 15];
		}
		text[sizeof(text) - 1] = '\0';
		assert_ptr_equal(find3(text, end, '<', '&', '\0'),
				 find_slowly(text, end, '<', '&', '\0', '\0'));
		assert_ptr_equal(find4(text, end, '\1', '>', '=', '\n'),
				 find_slowly(text, end, '\1', '>', '=', '\n'));
		assert_ptr_equal(find1(text, end, '>'),
				 find_slowly(text, end, '>', '>', '>', '>'));
		for (int class = ENDS_TAG; class <= ENDS_ATTR; class++) {
			uint64_t quick = 1, slow = 1;
			const size_t len_quick =
				find_quick(text, end, class, &quick);
			const size_t len_slow =
				find_quick_slowly(text, end, class, &slow);

			assert_ptr_equal(find_class(text, end, class),
					 find_class_slowly(text, end, class));
			assert_true(quick == slow);
			if (quick)
				assert_int_equal(len_quick, len_slow);
		}
		len = find_key(text, end, ENDS_ATTR, &a);
		assert_int_equal(len, find_key_slowly(text, end, ENDS_ATTR,
						      &b));
		if (len < NAME_KEY)
			assert_memory_equal(&a, &b, sizeof(a));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(references_are_those_of_browsers),
		cmocka_unit_test(invalid_markup_is_text_or_a_comment),
		cmocka_unit_test(text_that_is_not_markup_is_kept),
		cmocka_unit_test(elements_are_where_browsers_put_them),
		cmocka_unit_test(some_end_tags_do_more_than_to_end_an_element),
		cmocka_unit_test(attributes_without_a_value_are_empty),
		cmocka_unit_test(a_tree_grows_down_to_a_depth_of_512),
		cmocka_unit_test(hostile_pages_take_little_time),
		cmocka_unit_test(
			reopening_costs_little_of_the_budget_on_plain_pages),
		cmocka_unit_test(reopening_ends_with_the_budget),
		cmocka_unit_test(a_page_may_have_many_names),
		cmocka_unit_test(tags_are_numbered_again_from_one),
		cmocka_unit_test(search_gives_the_same_with_and_without_sse2),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
