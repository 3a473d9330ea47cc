#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "parse/article/article.h"
#include "parse/article/blocks.h"
#include "parse/article/marks.h"
#include "parse/article/text.h"
#include "parse/html/html.h"
#include "parse/library.h"
#include "tests/unit/html_text.h"

#define MENU "<header class=site-header><nav class=main-menu><ul>" \
	"<li><a href=/>Home</a><li><a href=/shop>Shop</a>" \
	"<li><a href=/about>About us</a><li><a href=/login>Sign in</a>" \
	"</ul></nav></header>"
#define FOOT "<footer class=site-footer><ul><li><a href=/privacy>Privacy " \
	"policy</a><li><a href=/terms>Terms of use</a></ul>" \
	"<p>\xc2\xa9 2024 Example Ltd. All rights reserved.</p></footer>"
#define ONE "<p>The harbour was empty that morning, and nobody could say where " \
	"the boats had gone. Fishermen stood on the quay, talking quietly.</p>"
#define TWO "<p>By noon the coastguard had found the first of them, drifting " \
	"far outside of the bay, without a crew and without any damage.</p>"
#define THREE "<p>An inquiry was opened the same week. Its report, published " \
	"in March, describes a storm that no instrument had recorded.</p>"

static struct article read_page(const char *html, xmlDoc **doc)
{
	struct article a = {0};

	*doc = html_text_parse(html, strlen(html));
	assert_non_null(*doc);
	article_read(&a, *doc, &(struct article_options){.url = NULL});
	return a;
}

/* Checks which texts the page's content has. The lists end with NULL. */
static void check(const char *html, enum article_type type,
		  const char *const *has, const char *const *lacks)
{
	xmlDoc *doc;
	struct article a = read_page(html, &doc);
	const char *text = buf_cstr(&a.text);

	for (; *has; has++)
		if (!strstr(text, *has))
			fail_msg("without \"%s\":\n%s", *has, text);
	for (; *lacks; lacks++)
		if (strstr(text, *lacks))
			fail_msg("with \"%s\":\n%s", *lacks, text);
	assert_int_equal(a.type, type);
	assert_true(a.confidence > 0.3 && a.confidence <= 1);
	article_release(&a);
	html_text_free(doc);
}

#define LIST(...) (const char *const[]){__VA_ARGS__, NULL}

static void article_is_its_paragraphs_without_menus_comments_and_links(
	void **state)
{
	(void)state;
	check("<!doctype html><html lang=en><head><title>Boats</title>"
	      "<meta property=og:type content=article></head><body class=single>"
	      MENU "<main><article class=post><h1 class=entry-title>The boats"
	      "</h1><div class=entry-content>" ONE TWO "<h2>The report</h2>" THREE
	      "</div></article><aside class=related-posts><h3>Related articles"
	      "</h3><ul><li><a href=/1>Ten storms to remember</a><li><a href=/2>"
	      "How to moor a boat</a></ul></aside><section id=comments "
	      "class=comments-area><h2>2 comments</h2><ol class=comment-list><li "
	      "class=comment><p>Nice story, thanks!</p><a href=#r>Reply</a><li "
	      "class=comment><p>I was there.</p><a href=#r>Reply</a></ol>"
	      "</section></main>" FOOT,
	      ARTICLE_ARTICLE,
	      LIST("The harbour was empty", "without any damage.",
		   "The report", "no instrument had recorded."),
	      LIST("Shop", "Privacy", "All rights", "Ten storms", "Reply"));
}

static void documentation_keeps_its_code_and_loses_its_table_of_contents(
	void **state)
{
	(void)state;
	check("<!doctype html><html lang=en><head><title>Reading - Docs</title>"
	      "<meta name=generator content='Docutils 0.18: "
	      "https://docutils.sourceforge.io/'></head><body class=wy-body-for-"
	      "nav><div class=sphinxsidebar role=navigation><ul><li><a "
	      "href=a.html>Installation</a><li><a href=b.html>Tutorial</a><li>"
	      "<a href=c.html>Glossary</a></ul></div><div class=document><div "
	      "class=body role=main><section id=reading><h1>Reading files</h1>"
	      "<p>The function reads a file and returns its lines. It raises an "
	      "error if the file does not exist, or if it cannot be opened.</p>"
	      "<div class=highlight-python><div class=highlight><pre>lines = "
	      "read(path)\nprint(lines)</pre></div></div><p>Lines are returned "
	      "without their ends. Use the second parameter to keep them, for "
	      "example when a file is written again.</p></section></div></div>"
	      "<div class=footer role=contentinfo>Built with <a href=x>Sphinx"
	      "</a></div>",
	      ARTICLE_DOCUMENTATION,
	      LIST("The function reads a file", "lines = read(path)\nprint(lines)",
		   "written again."),
	      LIST("Installation", "Glossary", "Built with"));
}

#define POST(name, text) "<div class='post has-profile'><div class=inner>" \
	"<dl class=postprofile><dt class=username><a href=/u>" name "</a>" \
	"<dd><strong>Posts:</strong> 120</dl><div class=postbody><p " \
	"class=author>by " name "</p><div class=content>" text "</div></div>" \
	"</div></div>"

static void forum_is_the_sequence_of_its_posts(void **state)
{
	(void)state;
	check("<!doctype html><html lang=en><head><title>Oil - Forum</title>"
	      "<link rel=canonical href=https://forum.example.org/viewtopic.php?"
	      "t=1></head><body id=phpbb class='nojs notouch section-viewtopic'>"
	      MENU "<div id=page-body class=page-body role=main><h2 class="
	      "topic-title><a href=/t>Which oil?</a></h2>"
	      POST("anna", "Which oil should I use for an old engine? The manual "
		   "is lost, and the dealer gave me three different answers.")
	      POST("bert", "I have used the thick one for years, and never had any "
		   "trouble with it, neither in winter nor in summer.")
	      POST("carl", "It depends on the seals. If they are the old ones, do "
		   "not use anything synthetic, or they will leak.")
	      "</div><div id=page-footer class=page-footer><p>Powered by phpBB"
	      "</p></div>",
	      ARTICLE_FORUM,
	      LIST("Which oil should I use", "never had any trouble",
		   "they will leak."),
	      LIST("Privacy", "About us", "Powered by"));
}

static void hidden_parts_and_scripts_are_never_content(void **state)
{
	(void)state;
	check("<!doctype html><html lang=en><title>x</title><meta property=og:type "
	      "content=article><body class=single-post>" MENU "<article>" ONE TWO
	      "<script>var secret = 1;</script><style>.secret {}</style>"
	      "<template><p>A secret that is not shown to anybody, in a sentence "
	      "that is long.</p></template>" THREE "</article>" FOOT,
	      ARTICLE_ARTICLE, LIST("The harbour", "An inquiry"),
	      LIST("secret"));
}

static void page_without_text_has_no_content(void **state)
{
	static const char *const pages[] = {
		"", "<body>", "<title>x</title><script>var x = 1;</script>",
		"<body><nav><a href=/>Home</a></nav><footer>Foot</footer>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		xmlDoc *doc;
		struct article a = read_page(pages[i], &doc);

		assert_int_equal(a.content.count, 0);
		assert_int_equal(a.text.len, 0);
		assert_int_equal(a.words, 0);
		assert_int_equal(a.type, ARTICLE_OTHER);
		article_release(&a);
		html_text_free(doc);
	}
}

static void small_page_is_decided_by_its_elements(void **state)
{
	static const struct {
		const char *html, *text;
	} rows[] = {
		{"<p>Hello", "Hello"},
		{"<nav>Menu</nav><p>Hello", "Hello"},
		{"<p>Before</p><main><h1>A</h1><p>B</main>", "A\n\nB"},
		{"<main>C<article>D</article></main>", "D"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		xmlDoc *doc;
		struct article a = read_page(rows[i].html, &doc);

		assert_string_equal(buf_cstr(&a.text), rows[i].text);
		article_release(&a);
		html_text_free(doc);
	}
}

static void article_that_only_json_ld_has_is_taken_from_there(void **state)
{
	struct buf page = {0};
	struct article a;
	xmlDoc *doc;

	(void)state;
	buf_addstr(&page, "<script type=application/ld+json>{\"@type\": "
		   "\"NewsArticle\", \"articleBody\": \"");
	for (int i = 0; i < 50; i++)
		buf_addstr(&page, "Three \\u0041 words.\\n\\n");
	buf_addstr(&page, "\"}</script><p>Please enable JavaScript.");
	a = read_page(buf_cstr(&page), &doc);
	assert_int_equal(strncmp(buf_cstr(&a.text), "Three A words.\n\nThree", 21),
			 0);
	assert_int_equal(a.words, 150);
	assert_int_equal(a.type, ARTICLE_ARTICLE);
	article_release(&a);
	html_text_free(doc);
	buf_release(&page);
}

/* Returns the text of everything in the page. */
static void text_of_page(struct buf *out, const char *html)
{
	xmlDoc *doc = html_text_parse(html, strlen(html));
	struct content content = {0};

	content_of_page(&content, doc);
	text_write(out, &content, 0);
	content_release(&content);
	html_text_free(doc);
}

static void text_has_a_line_for_each_block(void **state)
{
	static const struct {
		const char *html, *text;
	} rows[] = {
		{"<p>a <b>b</b>\n c</p>d", "a b c\n\nd"},
		{"a<br>b<br><br>c", "a\nb\n\nc"},
		{"<ul><li>a<li>b <ul><li>c</ul></ul>d", "- a\n- b\n\n- c\n\nd"},
		{"<table><tr><td>a<td>b<tr><th>c<td>d</table>",
		 "a\tb\nc\td"},
		{"<pre>\n  a\n    b </pre>c", "  a\n    b\n\nc"},
		{"<h1>a</h1>b<!-- c --><svg><text>d</text></svg>", "a\n\nb"},
		{"<p hidden>a</p><p style='display:none'>b</p>c",
		 "a\n\nb\n\nc"},
		{"<p>c<noscript>a</noscript><nav>b</nav>", "c\n\nb"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf out = {0};

		text_of_page(&out, rows[i].html);
		assert_string_equal(buf_cstr(&out), rows[i].text);
		buf_release(&out);
	}
}

static void text_is_cut_off_between_two_characters(void **state)
{
	xmlDoc *doc = html_text_parse("<p>a\xc3\xa4\xc3\xa4", 8);
	struct content content = {0};
	struct buf out = {0};

	(void)state;
	content_of_page(&content, doc);
	text_write(&out, &content, 4);
	assert_string_equal(buf_cstr(&out), "a\xc3\xa4");
	buf_release(&out);
	content_release(&content);
	html_text_free(doc);
}

static void root_is_the_deepest_element_around_the_content(void **state)
{
	xmlDoc *doc;
	struct article a = read_page(
		MENU "<div id=x>" ONE "<div>" TWO "</div></div>" FOOT, &doc);

	(void)state;
	assert_int_equal(a.content.count, 1);
	assert_true(html_is(a.content.roots[0], N_DIV));
	assert_false(content_skips(&a.content, a.content.roots[0]));
	article_release(&a);
	html_text_free(doc);
}

/* Runs, elements and text nodes of hostile pages are each kept once. */
static void work_is_linear_in_the_number_of_nodes(void **state)
{
	static const struct {
		const char *piece;
		size_t runs, blocks;	/* for each piece */
	} rows[] = {
		{"<p>x", 1, 1},
		{"<p class='a b c d e f g h i j k l m n o p q r s t'>x", 1, 1},
		{"<b>x </b>", 0, 0},
		{"<div>", 0, 1},
		{"<div>x</div>y", 2, 1},
	};
	enum { PIECES = 3000 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf page = {0};
		struct blocks b = {0};
		xmlDoc *doc;

		for (int k = 0; k < PIECES; k++)
			buf_addstr(&page, rows[i].piece);
		doc = html_text_parse(buf_cstr(&page), page.len);
		blocks_find(&b, doc, NULL);
		assert_in_range(b.runs_count, PIECES * rows[i].runs,
				PIECES * rows[i].runs + 1);
		assert_in_range(b.count, PIECES * rows[i].blocks,
				PIECES * rows[i].blocks + 1);
		blocks_release(&b);
		html_text_free(doc);
		buf_release(&page);
	}
}

static const xmlNode *find_element(const xmlDoc *doc, enum html_id id)
{
	for (const xmlNode *n = doc->children; n; n = html_next_node(n))
		if (n->type == XML_ELEMENT_NODE && html_is(n, id))
			return n;
	return NULL;
}

/* The text of this page has no code, by the scores of the model. */
static void markdown_has_code_between_two_parts_of_the_content(void **state)
{
	enum { PARAGRAPHS = 6 };
	struct content content = {0};
	struct buf html = {0};
	xmlDoc *doc;
	const xmlNode *pre;

	(void)state;
	buf_addstr(&html, "<nav><a href=/>Home</a></nav><article><h1>Title</h1>");
	for (int i = 0; i < 2 * PARAGRAPHS; i++) {
		if (i == PARAGRAPHS)
			buf_addstr(&html, "<pre>x</pre>");
		for (int k = 0; k < 2; k++)
			buf_addf(&html, "%sThe writer of this page explains at "
				 "some length how a program is built and run, "
				 "with several sentences, commas, and words "
				 "that a reader would want to keep. ",
				 k ? "" : "<p>");
	}
	doc = html_text_parse(html.data, html.len);
	content_find(&content, doc, NULL);
	pre = find_element(doc, N_PRE);
	assert_non_null(pre);
	assert_false(content_skips_in_markdown(&content, pre));
	content_release(&content);
	html_text_free(doc);
	buf_release(&html);
}

static void no_break_spaces_at_the_end_are_not_chosen(void **state)
{
	static const char html[] = "<p>word</p><div><p>&nbsp;</p></div>";
	xmlDoc *doc = html_text_parse(html, strlen(html));
	struct marks marks = {0};
	struct blocks b = {0};
	/* The second number is beyond those of the runs. */
	const int16_t p[] = {500, 1000};

	(void)state;
	blocks_find(&b, doc, NULL);
	assert_int_equal(b.runs_count, 1);
	assert_int_equal(b.texts_count, 2);
	marks_find(&marks, &b, p, 500);
	assert_ptr_equal(marks.root, find_element(doc, N_P));
	marks_free(marks.skipped, marks.skipped_size);
	blocks_release(&b);
	html_text_free(doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		  article_is_its_paragraphs_without_menus_comments_and_links),
		cmocka_unit_test(
		  documentation_keeps_its_code_and_loses_its_table_of_contents),
		cmocka_unit_test(forum_is_the_sequence_of_its_posts),
		cmocka_unit_test(hidden_parts_and_scripts_are_never_content),
		cmocka_unit_test(
			markdown_has_code_between_two_parts_of_the_content),
		cmocka_unit_test(page_without_text_has_no_content),
		cmocka_unit_test(small_page_is_decided_by_its_elements),
		cmocka_unit_test(
		  article_that_only_json_ld_has_is_taken_from_there),
		cmocka_unit_test(text_has_a_line_for_each_block),
		cmocka_unit_test(text_is_cut_off_between_two_characters),
		cmocka_unit_test(root_is_the_deepest_element_around_the_content),
		cmocka_unit_test(no_break_spaces_at_the_end_are_not_chosen),
		cmocka_unit_test(work_is_linear_in_the_number_of_nodes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
