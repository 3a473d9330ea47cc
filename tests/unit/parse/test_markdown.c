/* Tests the Markdown of elements and texts. tests/html/markdown_pages compares
 * whole pages with what a parser of Markdown makes of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/url/url.h"
#include "parse/html/html.h"
#include "parse/markdown/markdown.h"

#define BASE "http://a.example/dir/page"

static const xmlNode *find_body(const xmlDoc *doc)
{
	for (const xmlNode *n = doc->children; n; n = html_next_node(n))
		if (n->type == XML_ELEMENT_NODE && html_is(n, N_BODY))
			return n;
	return NULL;
}

static bool skips_nav(const void *ctx, const xmlNode *n)
{
	(void)ctx;
	return n->type == XML_ELEMENT_NODE && html_is(n, N_NAV);
}

/* Writes the body. The caller releases the result. */
static struct buf convert(const char *html, struct markdown_source source)
{
	char *text = xstrdup(html);
	struct url base = {0};
	struct buf out = {0};
	const xmlNode *body;
	const char *why;
	xmlDoc *doc = html_parse(text, strlen(text), &why);

	assert_non_null(doc);
	assert_int_equal(url_parse(&base, BASE, strlen(BASE), NULL), 0);
	body = find_body(doc);
	source.roots = &body;
	source.count = 1;
	source.base = &base;
	markdown_write(&out, &source);
	html_free(doc);
	url_release(&base);
	free(text);
	return out;
}

struct pair {
	const char *html, *markdown;
};

static void check_pairs(const struct pair *pairs, size_t count, bool whole)
{
	int wrong = 0;

	for (size_t i = 0; i < count; i++) {
		struct buf out = convert(pairs[i].html,
					 (struct markdown_source){
						 .whole = whole});

		if (strcmp(buf_cstr(&out), pairs[i].markdown)) {
			print_message("%s\n--- is\n%s--- should be\n%s\n",
				      pairs[i].html, buf_cstr(&out),
				      pairs[i].markdown);
			wrong++;
		}
		buf_release(&out);
	}
	assert_int_equal(wrong, 0);
}

#define CHECK(pairs, whole) \
	check_pairs(pairs, sizeof(pairs) / sizeof(*(pairs)), whole)

static void blocks_have_their_markdown(void **state)
{
	static const struct pair pairs[] = {
		{"", ""},
		{"<p> a \n b <p>c", "a b\n\nc\n"},
		{"<h1>One</h1><h6>Six</h6>", "# One\n\n###### Six\n"},
		{"<h2>C #</h2><h2>C#</h2><h2>#</h2>",
		 "## C \\#\n\n## C#\n\n## \\#\n"},
		{"<h2>a<br>b<div>c</div></h2>", "## a b c\n"},
		{"<blockquote><p>a<p>b<blockquote>c</blockquote></blockquote>",
		 "> a\n>\n> b\n>\n> > c\n"},
		{"a<hr>b", "a\n\n***\n\nb\n"},
		{"a<br>b<br><br>c<br>", "a\\\nb\n\nc\n"},
		{"<div>a<div>b</div>c</div>", "a\n\nb\n\nc\n"},
		{"<button>a</button><button>b</button>", "a b\n"},
		{"<script>x</script><style>y</style><template>z</template>a",
		 "a\n"},
	};

	(void)state;
	CHECK(pairs, true);
}

static void lists_are_indented_by_the_width_of_their_content(void **state)
{
	static const struct pair pairs[] = {
		{"<ul><li>a<li>b<ul><li>c</ul><li>d</ul>",
		 "- a\n- b\n  - c\n- d\n"},
		{"<ol start=9><li>a<ol><li>b</ol><li>c<ul><li>d</ul></ol>",
		 "9. a\n   1. b\n10. c\n    - d\n"},
		{"<ul><li><p>a<p>b<li><p>c</ul>", "- a\n\n  b\n\n- c\n"},
		{"<ul><li>a</ul><ul><li>b</ul><ol><li>c</ol><ol><li>d</ol>",
		 "- a\n\n* b\n\n1. c\n\n1) d\n"},
		{"<ul><li><ul><li><ul><li>a</ul></ul></ul>", "- * - a\n"},
		{"<ul><li><ul><li><ul><li></ul></ul></ul>", "- * -\n"},
		{"<ul><li>a<li><li>b</ul>", "- a\n-\n- b\n"},
		{"<ul><li>a<ul><li></ul></ul>", "- a\n\n  -\n"},
		{"<ul><li>a<ol start=3><li>b</ol></ul>",
		 "- a\n\n  3. b\n"},
		{"<ul><li><pre>a\n\nb</pre></ul>",
		 "- ```\n  a\n\n  b\n  ```\n"},
		{"<ul><li>a<blockquote>b</blockquote></ul>",
		 "- a\n  > b\n"},
		{"<ul><li><input type=checkbox checked> a"
		 "<li><label><input type=checkbox> b</label><li>[ ] c</ul>",
		 "- [x] a\n- [ ] b\n- \\[ ] c\n"},
		{"<ul><li><input type=checkbox><p>a<li><input type=checkbox>"
		 "<ul><li>b</ul></ul>", "- [ ] a\n\n- * b\n"},
		{"<ul><li><ul><li><input type=checkbox>a</ul></ul>",
		 "- * a\n"},
		{"<ul>a<ul><li>b</ul></ul><li>c<li>d",
		 "- a\n  - b\n- c\n- d\n"},
		{"<dl><dt>a<dt>b<dd>c<dd>d<dt>e<dd>f</dl>",
		 "- **a**\n\n  **b**\n\n  c\n\n  d\n\n- **e**\n\n  f\n"},
	};

	(void)state;
	CHECK(pairs, true);
}

static void code_keeps_its_bytes(void **state)
{
	static const struct pair pairs[] = {
		{"<pre>\n a  b\n\n\tc</pre>", "```\n a  b\n\n\tc\n```\n"},
		{"<pre><code class='x language-c++'>a\n</code></pre>",
		 "```c++\na\n```\n"},
		{"<div class='highlight highlight-source-js'><pre>a</pre></div>",
		 "```js\na\n```\n"},
		{"<pre class=lang-go>a</pre><pre data-lang=py>b</pre>",
		 "```go\na\n```\n\n```py\nb\n```\n"},
		{"<pre>````\n```</pre>", "`````\n````\n```\n`````\n"},
		{"<pre><span class=lineno>1 </span>a\n<button>Copy</button>"
		 "<span class=lineno>2 </span>b</pre>", "```\na\nb\n```\n"},
		{"<pre>a<br>b<div>c</div><div>d</div></pre>",
		 "```\na\nb\nc\nd\n```\n"},
		{"<code>a`b</code> <code>`</code> <code> a </code>",
		 "``a`b`` `` ` `` `  a  `\n"},
		{"<code>\n a\n  b </code>|<code>c</code><code>d</code>",
		 "`a b `|`cd`\n"},
		{"<code>List&lt;<a href=/s>S</a>&gt;</code>",
		 "`List<`[`S`](http://a.example/s)`>`\n"},
		{"<code>a<hr> </code>", "`a`\n\n***\n"},
	};

	(void)state;
	CHECK(pairs, true);
}

static void emphasis_is_written_where_it_survives(void **state)
{
	static const struct pair pairs[] = {
		{"a<b> b </b>c<i>d</i>e", "a **b** c*d*e\n"},
		{"<i>a</i><i>b</i> <b></b><b> </b>", "*ab*\n"},
		{"<b><i>a</i></b> <i><b>a</b></i>", "**_a_** ***a***\n"},
		{"a<b>(b)</b>c", "a(b)c\n"},
		{"<b>a:&nbsp;</b>b", "**a:**\xc2\xa0" "b\n"},
		{"<s>a</s> <del>b <b>c</b></del>", "~~a~~ ~~b **c**~~\n"},
		{"x<sup>2</sup> H<sub>2</sub>O", "x<sup>2</sup> H<sub>2</sub>O\n"},
		{"<b><p>a<p>b</b>", "**a**\n\n**b**\n"},
		{"<b>\xe2\x86\x92</b>a", "\xe2\x86\x92" "a\n"},
	};

	(void)state;
	CHECK(pairs, true);
}

static void only_text_that_looks_like_markdown_is_escaped(void **state)
{
	static const struct pair pairs[] = {
		{"<p># a<p>#a<p>C# (b)", "\\# a\n\n#a\n\nC# (b)\n"},
		{"<p>1. a<p>1.5 b<p>12) c<p>- d<p>-e<p>+ f",
		 "1\\. a\n\n1.5 b\n\n12\\) c\n\n\\- d\n\n-e\n\n\\+ f\n"},
		{"<p>---<p>* * *<p>> a<p>a > b",
		 "\\---\n\n\\* * *\n\n\\> a\n\na > b\n"},
		{"<p>a<br>===<br>| - |<br>b", "a\\\n\\===\\\n\\| - |\\\nb\n"},
		{"<p>~~~<p>a ~ b", "\\~~~\n\na ~ b\n"},
		{"*a* 2 * 3 _b_ c_d_e `f` ~g~",
		 "\\*a\\* 2 * 3 \\_b\\_ c_d_e \\`f\\` \\~g\\~\n"},
		{"one * star*, one _under, one ` tick, one ~ tilde",
		 "one * star\\*, one _under, one ` tick, one ~ tilde\n"},
		{"[a] [b](c) ![d](e) [^f]",
		 "[a] [b\\](c) ![d\\](e) \\[^f]\n"},
		{"[a]: b", "[a]\\: b\n"},
		{"&lt;b> a &lt; b &lt;!-- &amp;amp; &amp;#1; AT&amp;T a&amp;b",
		 "\\<b> a < b \\<!-- \\&amp; \\&#1; AT&T a&b\n"},
		{"a\\b \\* \\", "a\\b \\\\* \\\\\n"},
		{"http://a.b www.c.d e:f", "http\\://a.b www\\.c.d e:f\n"},
		{"Hello!<a href=http://b/>c</a>", "Hello\\![c](http://b/)\n"},
		{"a | b $5 {c} (d) e.", "a | b $5 {c} (d) e.\n"},
	};

	(void)state;
	CHECK(pairs, true);
}

static void links_and_images_are_absolute(void **state)
{
	static const struct pair pairs[] = {
		{"<a href=x>a [b]</a>", "[a \\[b\\]](http://a.example/dir/x)\n"},
		{"<a href='/a b(c)' title='d \"e\"'>f</a>",
		 "[f](http://a.example/a%20b(c) \"d \\\"e\\\"\")\n"},
		{"<a href='/a)b'>c</a>", "[c](http://a.example/a\\)b)\n"},
		{"<a href='mailto:a b<c'>d</a>", "[d](<mailto:a b\\<c>)\n"},
		{"<a href=http://b.c/d>http://b.c/d</a>", "<http://b.c/d>\n"},
		{"<a href=/b><img src=c.png alt='d ]'></a>",
		 "[![d \\]](http://a.example/dir/c.png)]"
		 "(http://a.example/b)\n"},
		{"<a href=/a><h2>b</h2><p>c</a>",
		 "## [b](http://a.example/a)\n\n[c](http://a.example/a)\n"},
		{"a<a href=/b></a>", "a[](http://a.example/b)\n"},
		{"<img src='data:,x' data-src=/a alt=b>",
		 "![b](http://a.example/a)\n"},
		{"<img alt=b>", "b\n"},
		{"<svg><title>a</title><a href=/b><text>c</text></a></svg>",
		 "[c](http://a.example/b)\n"},
		{"<a href=/a>b<map><area href=/c alt=d></map>e</a>",
		 "[b](http://a.example/a)[d](http://a.example/c)"
		 " [e](http://a.example/a)\n"},
		{"<a href='/?a&amp;amp;b&c=1' title='&amp;lt;'>d</a>",
		 "[d](http://a.example/?a&amp;amp;b&c=1 \"&amp;lt;\")\n"},
	};

	(void)state;
	CHECK(pairs, true);
}

static void marks_and_scripts_are_not_links_of_the_content(void **state)
{
	static const struct pair pairs[] = {
		{"<h2>a <a href=#a>\xc2\xb6</a></h2>", "## a\n"},
		{"<a href=/b></a>c", "c\n"},
		{"<a href='javascript:x()'>c</a>", "c\n"},
	};

	(void)state;
	CHECK(pairs, false);
}

static void tables_have_a_header_and_all_their_cells(void **state)
{
	static const struct pair pairs[] = {
		{"<table><tr><th>a<th align=right>b<tr><td>c<td>d|e</table>",
		 "| a | b |\n| --- | --: |\n| c | d\\|e |\n"},
		{"<table><tr><td>a<td>b<tr><td>c<td></table>",
		 "| | |\n| --- | --- |\n| a | b |\n| c | |\n"},
		{"<table><tr><th colspan=2>a<th>b<tr><td rowspan=2>c<td>d<td>e"
		 "<tr><td>f<td>g</table>",
		 "| a | a | b |\n| --- | --- | --- |\n| c | d | e |\n"
		 "| c | f | g |\n"},
		{"<table><tr><th>a<tr><td>b<td>c</table>",
		 "| a | |\n| --- | --- |\n| b | c |\n"},
		{"<table><tr><th>a<th>b<tr><td>c<br>d<p>e<td><ul><li>f<li>g"
		 "</ul></table>",
		 "| a | b |\n| --- | --- |\n| c<br>d<br>e | f<br>g |\n"},
		{"<table><tr><th>a<th>b<tr><td><pre>c\n *d*</pre><td>"
		 "<code>e|f</code></table>",
		 "| a | b |\n| --- | --- |\n| <pre>c&#10; \\*d\\*</pre> |"
		 " `e\\|f` |\n"},
		{"<table><caption>x</caption><tr><th>a<th>b<tr><td>"
		 "<table><tr><td>c<td>d</table><td>e</table>",
		 "x\n\n| a | b |\n| --- | --- |\n| c<br>d | e |\n"},
		{"<table><tr><td><h2>a</h2><td>b</table>", "## a\n\nb\n"},
		{"<table role=presentation><tr><td>a<td>b</table>",
		 "a\n\nb\n"},
		{"<ul><li>a<table><tr><th>b<th>c<tr><td>d<td>e</table></ul>",
		 "- a\n\n  | b | c |\n  | --- | --- |\n  | d | e |\n"},
	};

	(void)state;
	CHECK(pairs, true);
}

static void formulas_are_written_from_their_source(void **state)
{
	static const struct pair pairs[] = {
		{"<math><semantics><mi>x</mi><annotation "
		 "encoding='application/x-tex'>x_1</annotation></semantics>"
		 "</math>", "$x_1$\n"},
		{"<span class=katex-display><span class=katex>"
		 "<span class=katex-mathml><math><mi>y</mi><annotation "
		 "encoding='application/x-tex'>y</annotation></math></span>"
		 "<span class=katex-html>y</span></span></span>", "$$y$$\n"},
		{"<span class=MathJax>z</span>"
		 "<script type='math/tex; mode=display'>z &lt;</script>",
		 "$$z &lt;$$\n"},
		{"<math><mi>q</mi></math>", "q\n"},
		{"a<math display=block alttext=b></math>c",
		 "a\n\n$$b$$\n\nc\n"},
		{"<math alttext='a<b'></math> for $5",
		 "$a< b$ for \\$5\n"},
	};

	(void)state;
	CHECK(pairs, true);
}

static void footnotes_need_a_reference_and_a_text(void **state)
{
	static const struct pair pairs[] = {
		{"a<sup id=r1><a href=#fn1>1</a></sup>"
		 "<ol><li id=fn1><p>b <a href=#fnref1>x</a></p></ol>",
		 "a[^1]\n\n[^1]: b\n"},
		{"a<sup><a href=#fn1>1</a></sup>",
		 "a<sup>[1](" BASE "#fn1)</sup>\n"},
		{"<ol><li id=fn1>b</ol>", "1. b\n"},
	};

	(void)state;
	CHECK(pairs, true);
}

static void skipped_nodes_are_left_out(void **state)
{
	struct buf out = convert("a<nav>b</nav> c", (struct markdown_source){
		.skips = skips_nav});

	(void)state;
	assert_string_equal(buf_cstr(&out), "a c\n");
	buf_release(&out);
}

static void markdown_is_cut_off_at_the_limit(void **state)
{
	struct buf out = convert("<p>abc<p>d\xc3\xa4" "f<p>ghi",
				 (struct markdown_source){.max = 7});

	(void)state;
	assert_string_equal(buf_cstr(&out), "abc\n\nd");
	buf_release(&out);
}

/* Appends a text many times. */
static void repeat(struct buf *out, const char *s, size_t times)
{
	while (times--)
		buf_addstr(out, s);
}

static size_t length_of(const char *before, const char *s, size_t times)
{
	struct buf html = {0}, out;
	size_t len;

	buf_addstr(&html, before);
	repeat(&html, s, times);
	out = convert(buf_cstr(&html), (struct markdown_source){.whole = true});
	len = out.len;
	buf_release(&html);
	buf_release(&out);
	return len;
}

static void output_of_hostile_pages_is_bounded(void **state)
{
	struct buf link = {0};

	(void)state;
	/* Spans that would make 65 million cells. */
	assert_in_range(length_of("<table><tr><th>a<td>b",
				  "<tr><td rowspan=65534 colspan=1000>c", 999),
			0, 4 << 20);
	/* A long address for each of many paragraphs. */
	buf_addstr(&link, "<a href=/");
	repeat(&link, "x", 100000);
	buf_addstr(&link, ">");
	assert_in_range(length_of(buf_cstr(&link), "<p>a", 10000), 0, 4 << 20);
	buf_release(&link);
	/* Deep lists with long markers. */
	assert_in_range(length_of("", "<ol start=999999999><li>a", 1000),
			0, 1 << 20);
}

/* Returns the room of the output of a page that is cut off after 64 KB. */
static size_t room_of(const char *before, const char *s, size_t times)
{
	struct buf html = {0}, out;
	size_t room;

	buf_addstr(&html, before);
	repeat(&html, s, times);
	out = convert(buf_cstr(&html), (struct markdown_source){
		.whole = true, .max = 1 << 16});
	room = out.cap;
	buf_release(&html);
	buf_release(&out);
	return room;
}

static void what_is_beyond_the_limit_needs_no_memory(void **state)
{
	struct buf text = {0};

	(void)state;
	/* Many short lines with a long prefix. */
	repeat(&text, "<ol start=999999999><li>", 40);
	buf_addstr(&text, "<pre>");
	assert_in_range(room_of(buf_cstr(&text), "x\n", 20000), 1, 1 << 20);
	/* Many links with long addresses in a paragraph, and in a table. */
	buf_clear(&text);
	buf_addstr(&text, "<img src=/");
	repeat(&text, "x", 50000);
	buf_addstr(&text, ">");
	assert_in_range(room_of("", buf_cstr(&text), 100), 1, 1 << 20);
	buf_addstr(&text, "<tr><td>b<td>");
	assert_in_range(room_of("<table><tr><td>a<td>", buf_cstr(&text), 100),
			1, 1 << 20);
	buf_release(&text);
}

/* Returns the CPU time for a page. */
static clock_t time_of(const char *before, const char *s, size_t times)
{
	const clock_t start = clock();

	(void)length_of(before, s, times);
	return clock() - start;
}

static void attributes_around_many_elements_cost_no_time(void **state)
{
	enum { TIMES = 10 };
	const char *pre = "<pre>x</pre>";
	const char *math = "<span class=katex><math><annotation encoding=TeX>x"
			   "</annotation></math></span>";
	struct buf classes = {0};
	clock_t plain;

	(void)state;
	buf_addstr(&classes, "<div class='");
	repeat(&classes, "abc ", 100000);
	buf_addstr(&classes, "'>");
	plain = time_of("<div>", pre, 3000) + 1;
	assert_in_range(time_of(buf_cstr(&classes), pre, 3000), 0,
			TIMES * plain + CLOCKS_PER_SEC / 10);
	plain = time_of("<div>", math, 3000) + 1;
	assert_in_range(time_of(buf_cstr(&classes), math, 3000), 0,
			TIMES * plain + CLOCKS_PER_SEC / 10);
	buf_release(&classes);
}

static void nested_formulas_are_not_searched_again_and_again(void **state)
{
	enum { DEPTH = 480, TIMES = 6 };
	const char *inside = "<b>x</b>y";
	struct buf other = {0}, math = {0};
	clock_t plain;

	(void)state;
	repeat(&other, "<span class=other>", DEPTH);
	repeat(&math, "<span class=katex>", DEPTH);
	plain = time_of(buf_cstr(&other), inside, 50000);
	assert_in_range(time_of(buf_cstr(&math), inside, 50000), 0,
			TIMES * plain);
	buf_release(&other);
	buf_release(&math);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_have_their_markdown),
		cmocka_unit_test(
			lists_are_indented_by_the_width_of_their_content),
		cmocka_unit_test(code_keeps_its_bytes),
		cmocka_unit_test(emphasis_is_written_where_it_survives),
		cmocka_unit_test(
			only_text_that_looks_like_markdown_is_escaped),
		cmocka_unit_test(links_and_images_are_absolute),
		cmocka_unit_test(
			marks_and_scripts_are_not_links_of_the_content),
		cmocka_unit_test(tables_have_a_header_and_all_their_cells),
		cmocka_unit_test(formulas_are_written_from_their_source),
		cmocka_unit_test(footnotes_need_a_reference_and_a_text),
		cmocka_unit_test(skipped_nodes_are_left_out),
		cmocka_unit_test(markdown_is_cut_off_at_the_limit),
		cmocka_unit_test(output_of_hostile_pages_is_bounded),
		cmocka_unit_test(what_is_beyond_the_limit_needs_no_memory),
		cmocka_unit_test(attributes_around_many_elements_cost_no_time),
		cmocka_unit_test(
			nested_formulas_are_not_searched_again_and_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
