#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "parse/article/article.h"
#include "parse/article/between.h"
#include "parse/article/blocks.h"
#include "parse/article/features.h"
#include "parse/article/groups.h"
#include "parse/article/marks.h"
#include "parse/article/model.h"
#include "parse/article/run_text.h"
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
	content_index(&a.content);
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

#define SENTENCE "The writer of this page explains at some length how a program " \
	"is built and run, with several sentences, commas, and words that a " \
	"reader would want to keep. "

/* Appends paragraphs of text with the piece in the middle. */
static void page_around(struct buf *html, const char *piece)
{
	enum { PARAGRAPHS = 6 };

	buf_addstr(html, "<nav><a href=/>Home</a></nav><article><h1>Title</h1>");
	for (int i = 0; i < 2 * PARAGRAPHS; i++)
		buf_addf(html, "%s<p>" SENTENCE SENTENCE,
			 i == PARAGRAPHS ? piece : "");
}

/* The text of these pages has no code, table or details, by the scores of the
 * model. */
static void markdown_has_code_tables_and_details_between_two_parts(void **state)
{
	static const struct {
		const char *piece;
		enum html_id id;
		bool kept;
	} rows[] = {
		{"<pre>x</pre>", N_PRE, true},
		{"<table><tr><td>7<td>8<tr><td>9<td>0</table>", N_TABLE, true},
		{"<details><summary>More</summary>x</details>", N_DETAILS,
		 true},
		{"<div><pre>x</pre><table><tr><td>7</table></div>", N_TABLE,
		 true},
		{"<table><tr><td><a href=/a>Back</a><td><a href=/b>Next</a>"
		 "</table>", N_TABLE, false},
		{"<div>Share</div><table><tr><td>7</table>", N_TABLE, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct content content = {0};
		struct buf html = {0};
		const xmlNode *piece;
		struct blocks b = {0};
		int16_t p[64];
		xmlDoc *doc;

		page_around(&html, rows[i].piece);
		doc = html_text_parse(html.data, html.len);
		piece = find_element(doc, rows[i].id);
		assert_non_null(piece);
		blocks_find(&b, doc, NULL);
		assert_in_range(b.runs_count, 14, 64);
		for (size_t k = 0; k < b.runs_count; k++)
			p[k] = b.runs[k].words > 20 ? 900 : 100;
		assert_int_equal(between_raise(&b, p, 500), rows[i].kept);
		marks_find(&content.skipped, &b, p, 500);
		content_index(&content);
		for (const xmlNode *n = piece; n; n = n->parent)
			if (content_skips(&content, n))
				piece = NULL;
		assert_int_equal(piece != NULL, rows[i].kept);
		blocks_release(&b);
		content_release(&content);
		html_text_free(doc);
		buf_release(&html);
	}
}

static void title_is_the_heading_of_content_that_has_none(void **state)
{
	static const struct {
		const char *before, *inside, *heading;
	} rows[] = {
		{"<h1>Boats at sea</h1><hr>", "", "Boats at sea"},
		{"", "<h1>Boats at sea</h1>", NULL},
		{"", "<h2>Boats, at sea</h2>", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct article a = {0};
		struct buf html = {0};
		const char *heading;
		xmlDoc *doc;

		buf_addf(&html, "<title>Boats at sea</title><header>%s</header>"
			 "<main>%s<p>The harbour was empty.</main>",
			 rows[i].before, rows[i].inside);
		doc = html_text_parse(html.data, html.len);
		article_read(&a, doc, &(struct article_options){
			.content_only = true});
		heading = article_heading(&a, doc, NULL);
		if (rows[i].heading)
			assert_string_equal(heading, rows[i].heading);
		else
			assert_null(heading);
		article_release(&a);
		html_text_free(doc);
		buf_release(&html);
	}
}

static void words_are_counted_as_word_processors_count_them(void **state)
{
	static const struct {
		const char *text;
		uint64_t words;
	} rows[] = {
		{"", 0}, {" \n ", 0}, {"one", 1}, {"it's well-known - yes", 4},
		{"one\xc2\xa0two", 2},
		/* Chinese: four ideographs around a comma. */
		{"\xe4\xbd\xa0\xe5\xa5\xbd\xef\xbc\x8c\xe4\xb8\x96"
		 "\xe7\x95\x8c", 4},
		/* Kana, an ideographic full stop. */
		{"\xe3\x82\xab\xe3\x81\x8b\xe3\x80\x82", 2},
		{"abc\xe6\xbc\xa2 def", 3},
		/* Korean is written with spaces. */
		{"\xed\x95\x9c\xea\xb5\xad \xeb\xa7\x90", 2},
		{"\xf0\xa0\x80\x80\xf0\xa0\x80\x81", 2},
		{"\xf0\x9f\x98\x80", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const size_t len = strlen(rows[i].text);

		assert_int_equal(run_text_count_words(rows[i].text, len),
				 rows[i].words);
		assert_int_equal(run_text_has_word(rows[i].text),
				 rows[i].words > 0);
	}
}

/* Tries words of all lengths, at all offsets in a chunk. */
static void words_are_counted_wherever_they_begin(void **state)
{
	char text[128];

	(void)state;
	for (size_t before = 0; before < 40; before++)
		for (size_t len = 1; len < 40; len++) {
			memset(text, '\t', sizeof(text));
			memset(text + before, 'a', len);
			memcpy(text + before + len, "\r\nb\xc2\xa0""c d", 8);
			assert_int_equal(run_text_count_words(
				text, before + len + 8), 4);
			assert_int_equal(run_text_count_words(
				text, before + len + 40), 4);
		}
}

/* A text that is read in pieces has the same counts as one that is whole. */
static void run_counts_the_same_words_in_pieces(void **state)
{
	static const char text[] =
		"Eight, 4711 words. And more; and more! Is this the end? No\xc2"
		"\xa0no, \xe4\xbd\xa0\xe5\xa5\xbd\xe3\x80\x82 some (C) words go "
		"on, and on, and on: they cost $5 or \xe2\x82\xac 6";

	(void)state;
	for (size_t cut = 0; cut < sizeof(text); cut++) {
		struct run_text whole = {0}, parts = {0};
		char first[sizeof(text)] = "";

		/* Do not cut in the middle of a character, or between a full
		 * stop and the space after it, without which it is no full
		 * stop. */
		if ((text[cut] & 0xc0) == 0x80 || text[cut] == ' ')
			continue;
		memcpy(first, text, cut);
		run_text_begin(&whole);
		run_text_add(&whole, text);
		run_text_end(&whole);
		run_text_begin(&parts);
		run_text_add(&parts, first);
		run_text_add(&parts, text + cut);
		run_text_end(&parts);
		assert_memory_equal(&whole.run, &parts.run, sizeof(whole.run));
		assert_int_equal(whole.run.words, run_text_count_words(
			text, sizeof(text) - 1));
	}
}

static void fill_rows(model_lanes rows[FEATURES], unsigned seed)
{
	for (size_t i = 0; i < FEATURES; i++)
		for (size_t k = 0; k < MODEL_LANES; k++) {
			seed = seed * 1103515245 + 12345;
			rows[i][k] = (int8_t)(seed >> 16);
		}
}

static void check_sums(const struct model_trees *trees,
		       const model_lanes *rows, size_t features)
{
	int sums[MODEL_LANES], portable[MODEL_LANES];

	model_sums(sums, trees, rows);
	model_sums_portable(portable, trees, rows);
	for (size_t k = 0; k < MODEL_LANES; k++) {
		int8_t row[FEATURES];

		for (size_t i = 0; i < features; i++)
			row[i] = rows[i][k];
		assert_int_equal(sums[k], model_sum(trees, row));
		assert_int_equal(sums[k], portable[k]);
	}
}

static void sums_of_many_rows_are_those_of_each(void **state)
{
	static _Alignas(MODEL_LANES) model_lanes rows[FEATURES];

	(void)state;
	for (unsigned seed = 1; seed <= 20; seed++) {
		struct model_trees odd = model_get()->second;

		fill_rows(rows, seed);
		check_sums(&model_get()->first, rows, FEATURES);
		odd.count = (odd.count - 1) | 1;
		check_sums(&odd, rows, FEATURES);
	}
}

/* Uses the maximum number of trees with the largest leaves, so that the sum
 * needs all of its bits. */
static void sums_of_the_most_trees_do_not_overflow(void **state)
{
	static const struct model_split splits[MODEL_MAX_TREES * MODEL_SPLITS];
	static int8_t leaves[MODEL_MAX_TREES * MODEL_LEAVES];
	static _Alignas(MODEL_LANES) model_lanes rows[1];
	const struct model_trees trees = {splits, leaves, MODEL_MAX_TREES};

	(void)state;
	memset(leaves, INT8_MAX, sizeof(leaves));
	check_sums(&trees, rows, 1);
	memset(leaves, -INT8_MAX, sizeof(leaves));
	check_sums(&trees, rows, 1);
}

static void siblings_alike_are_counted_under_each_parent(void **state)
{
	enum { LISTS = 200 };
	struct buf html = {0};
	struct blocks b = {0};
	xmlDoc *doc;

	(void)state;
	for (int i = 0; i < LISTS; i++)
		buf_addstr(&html, "<ul class=a><li class=b>x<li class=b>y</ul>");
	doc = html_text_parse(html.data, html.len);
	blocks_find(&b, doc, NULL);
	assert_int_equal(groups_find(&b), 3);
	for (size_t i = 1; i < b.count; i++)
		assert_int_equal(b.blocks[i].twins,
				 b.blocks[i].tag == N_LI ? 2 : LISTS);
	blocks_release(&b);
	html_text_free(doc);
	buf_release(&html);
}

static void no_break_spaces_at_the_end_are_not_chosen(void **state)
{
	static const char html[] = "<p>word</p><div><p>&nbsp;</p></div>";
	xmlDoc *doc = html_text_parse(html, strlen(html));
	struct marks marks = {0};
	struct blocks b = {0};
	/* The second number is not that of a run. */
	const int16_t p[] = {500, 1000};

	(void)state;
	blocks_find(&b, doc, NULL);
	assert_int_equal(b.runs_count, 1);
	marks_find(&marks, &b, p, 500);
	assert_ptr_equal(marks.root, find_element(doc, N_P));
	marks_release(&marks);
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
			markdown_has_code_tables_and_details_between_two_parts),
		cmocka_unit_test(title_is_the_heading_of_content_that_has_none),
		cmocka_unit_test(words_are_counted_as_word_processors_count_them),
		cmocka_unit_test(words_are_counted_wherever_they_begin),
		cmocka_unit_test(run_counts_the_same_words_in_pieces),
		cmocka_unit_test(sums_of_many_rows_are_those_of_each),
		cmocka_unit_test(sums_of_the_most_trees_do_not_overflow),
		cmocka_unit_test(page_without_text_has_no_content),
		cmocka_unit_test(small_page_is_decided_by_its_elements),
		cmocka_unit_test(
		  article_that_only_json_ld_has_is_taken_from_there),
		cmocka_unit_test(text_has_a_line_for_each_block),
		cmocka_unit_test(text_is_cut_off_between_two_characters),
		cmocka_unit_test(root_is_the_deepest_element_around_the_content),
		cmocka_unit_test(siblings_alike_are_counted_under_each_parent),
		cmocka_unit_test(no_break_spaces_at_the_end_are_not_chosen),
		cmocka_unit_test(work_is_linear_in_the_number_of_nodes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
