#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "parse/html/html.h"
#include "parse/library.h"
#include "parse/page.h"

#define HERE "http://example.com/dir/page?q"

static void read_text(struct page *page, const char *s, size_t len)
{
	const struct page_wants wants = {.links = true};
	struct buf text = {0};
	const char *why;

	buf_add(&text, s, len);
	why = page_read_html(page, &text, HERE, &wants);
	if (why)
		fail_msg("refused: %s", why);
	assert_true(page->is_html);
	buf_release(&text);
}

static void title_is_that_of_a_browser(void **state)
{
	static const struct {
		const char *html, *title;
	} rows[] = {
		{"", NULL},
		{" \n", NULL},
		{"<p>text", NULL},
		{"<title></title>", ""},
		{"<title>a</title>", "a"},
		{"<TITLE>a</TITLE>", "a"},
		{"<html><head><title> a\n\t b\f c </title>", "a b c"},
		{"<title>a</title><title>b</title>", "a"},
		{"<title></title><title>b</title>", ""},
		{"<title>a &amp; b &lt;c&gt; &eacute;</title>",
		 "a & b <c> \xc3\xa9"},
		{"<title>\xc2\xa0" "a\xc2\xa0</title>", "\xc2\xa0" "a\xc2\xa0"},
		{"<body><p><title>late</title>", "late"},
		{"<svg><title>tooltip</title></svg>", NULL},
		{"<svg><g><title>tooltip</title></g></svg><title>a</title>",
		 "a"},
		{"<svg><foreignObject><title>a</title></foreignObject></svg>",
		 "a"},
		{"<template><title>x</title></template><title>a</title>", "a"},
		{"<!-- <title>x</title> --><title>a</title>", "a"},
		{"<script>'<title>x</title>'</script><title>a</title>", "a"},
		{"<title>unclosed", "unclosed"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct page page = {0};

		read_text(&page, rows[i].html, strlen(rows[i].html));
		if (page.has_title != !!rows[i].title)
			fail_msg("%s: title %s", rows[i].html,
				 page.has_title ? "found" : "missing");
		if (page.has_title)
			assert_string_equal(buf_cstr(&page.title),
					    rows[i].title);
		page_release(&page);
	}
}

static void links_are_those_of_a_browser(void **state)
{
	static const struct {
		const char *html, *links;
		size_t count;
	} rows[] = {
		{"", "[]", 0},
		{"<a>x</a><a name=y>", "[]", 0},
		{"<a href=/x>", "[\"http://example.com/x\"]", 1},
		{"<a href>", "[\"" HERE "\"]", 1},
		{"<a href=''>", "[\"" HERE "\"]", 1},
		{"<a href=' x '>", "[\"http://example.com/dir/x\"]", 1},
		{"<A HREF=x>", "[\"http://example.com/dir/x\"]", 1},
		{"<link href=x><area href=y><a href=z>",
		 "[\"http://example.com/dir/y\",\"http://example.com/dir/z\"]",
		 2},
		{"<a href=x href=y>", "[\"http://example.com/dir/x\"]", 1},
		{"<a href='#f&amp;g'>", "[\"" HERE "#f&g\"]", 1},
		{"<a href='mailto:a@b'>", "[\"mailto:a@b\"]", 1},
		{"<a href='data:,\"\\'>", "[\"data:,\\\"\\\\\"]", 1},
		{"<a href='http://[/'>", "[\"http://[/\"]", 1},
		{"<a href='http://[\"/'>", "[\"http://[\\\"/\"]", 1},
		/* A base element applies to links before it, too. */
		{"<a href=x><base href='/b/'><base href='/c/'>",
		 "[\"http://example.com/b/x\"]", 1},
		{"<base target=_top><base href='https://h/'><a href=x>",
		 "[\"https://h/x\"]", 1},
		{"<base href='http://['><a href=x>",
		 "[\"http://example.com/dir/x\"]", 1},
		{"<base href='data:,'><a href=x>",
		 "[\"http://example.com/dir/x\"]", 1},
		{"<base href='JavaScript:x'><a href=x>",
		 "[\"http://example.com/dir/x\"]", 1},
		{"<template><base href=/b/><a href=y></template><a href=x>",
		 "[\"http://example.com/dir/x\"]", 1},
		{"<template></template><p><a href=x></p>",
		 "[\"http://example.com/dir/x\"]", 1},
		{"<noscript><a href=x></noscript>",
		 "[\"http://example.com/dir/x\"]", 1},
		{"<svg><a xlink:href=x></a></svg>", "[]", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct page page = {0};

		read_text(&page, rows[i].html, strlen(rows[i].html));
		if (strcmp(buf_cstr(&page.links), rows[i].links))
			fail_msg("%s: %s", rows[i].html,
				 buf_cstr(&page.links));
		assert_int_equal(page.links_count, rows[i].count);
		page_release(&page);
	}
}

static void links_are_counted_without_being_kept(void **state)
{
	static const char html[] = "<a href=x><a href=y><title>t</title>";
	struct page page = {0};
	struct buf text = {0};

	(void)state;
	buf_addstr(&text, html);
	assert_null(page_read_html(&page, &text, NULL,
				   &(struct page_wants){0}));
	buf_release(&text);
	assert_int_equal(page.links_count, 2);
	assert_null(page.links.data);
	page_release(&page);
}

static void nul_does_not_end_a_page(void **state)
{
	static const char html[] = "<title>a\0b</title>\0<a href=x>\0";
	struct page page = {0};

	(void)state;
	read_text(&page, html, sizeof(html) - 1);
	assert_string_equal(buf_cstr(&page.title), "a\xef\xbf\xbd" "b");
	assert_int_equal(page.links_count, 1);
	page_release(&page);
}

static void declared_charset_is_ignored_after_decoding(void **state)
{
	static const char html[] = "<meta charset=windows-1251>"
				   "<title>\xc3\xa9\xf0\x9f\x98\x80</title>";
	struct page page = {0};

	(void)state;
	read_text(&page, html, strlen(html));
	assert_string_equal(buf_cstr(&page.title),
			    "\xc3\xa9\xf0\x9f\x98\x80");
	page_release(&page);
}

static void repeat(struct buf *b, const char *s, size_t times)
{
	while (times--)
		buf_addstr(b, s);
}

/* Browsers make elements at a depth of more than 512 siblings. */
static void links_behind_deep_nesting_are_found(void **state)
{
	struct page page = {0};
	struct buf html = {0};

	(void)state;
	repeat(&html, "<div>", 900);
	buf_addstr(&html, "<a href=x>x</a>");
	repeat(&html, "</div>", 900);
	buf_addstr(&html, "<p><a href=y>");
	read_text(&page, html.data, html.len);
	assert_string_equal(buf_cstr(&page.links),
			    "[\"http://example.com/dir/x\","
			    "\"http://example.com/dir/y\"]");
	page_release(&page);
	buf_release(&html);
}

static void page_continues_after_long_texts(void **state)
{
	struct page page = {0};
	struct buf html = {0};

	(void)state;
	buf_addstr(&html, "<script>");
	repeat(&html, "0123456789abcdef", 700000);
	buf_addstr(&html, "</script><a href=y>");
	read_text(&page, html.data, html.len);
	assert_int_equal(page.links_count, 1);
	page_release(&page);
	buf_release(&html);
}

static void add_attributes(struct buf *html, const char *format, size_t n)
{
	buf_addstr(html, "<p ");
	for (unsigned i = 0; i < n; i++) {
		char attribute[64];

		snprintf(attribute, sizeof(attribute), "a%u%s ", i, format);
		buf_addstr(html, attribute);
	}
	buf_addstr(html, ">");
}

static void read_whole(struct buf *html, size_t links)
{
	struct page page = {0};

	read_text(&page, html->data, html->len);
	assert_int_equal(page.links_count, links);
	page_release(&page);
	buf_clear(html);
}

static void absurd_pages_are_read(void **state)
{
	static const char *const values[] = {"", "=1", "='>'", "=\">\"",
					     "='<script>'", "/"};
	struct buf html = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		add_attributes(&html, values[i], 20000);
		buf_addstr(&html, "<a href=x>");
		read_whole(&html, 1);
	}
	repeat(&html, "<b>", 5000);
	buf_addstr(&html, "<a href=x>");
	read_whole(&html, 1);
	repeat(&html, "</x>", 250000);
	buf_addstr(&html, "<a href=x>");
	read_whole(&html, 1);
	for (unsigned i = 0; i < 250000; i++)
		buf_addf(&html, "<p x%u>", i);
	buf_addstr(&html, "<a href=x>");
	read_whole(&html, 1);
	for (unsigned i = 0; i < 20000; i++)
		buf_addf(&html, "<body x%u=y>", i);
	buf_addstr(&html, "<a href=x>");
	read_whole(&html, 1);
	buf_release(&html);
}

static void large_pages_are_read(void **state)
{
	struct buf html = {0};

	(void)state;
	for (int i = 0; i < 200; i++)
		add_attributes(&html, "=x", 500);
	buf_addstr(&html, "<script>if (a <b) { ");
	repeat(&html, "1, ", 100000);
	buf_addstr(&html, "}</script><!-- <a ");
	repeat(&html, "1, ", 100000);
	buf_addstr(&html, "--><style>");
	repeat(&html, "<a b ", 100000);
	buf_addstr(&html, "</style>");
	repeat(&html, "<a b=c> text ", 100000);
	read_whole(&html, 0);
	buf_release(&html);
}

/* The limit is a hundred times the measured time; quadratic time would be
 * hours. */
static void hostile_pages_take_linear_time(void **state)
{
	static const char *const pieces[] = {
		"<p>", "</p>", "<a href='", "<!--", "<!", "<?", "</", "<",
		"<a ", "<a<a", "<table>", "<b><i>", "<form>", "<option>",
		"&", "&#", "<script>", "<script", "<style></style", "<a b=\"",
		"<svg><title>", "<template>", "<p id=a>", "<!-->", "<!---",
		"</table><table><tr>", "<base href=x>", "\xc2\xa0", "<li><ul>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		const clock_t start = clock();
		struct page page = {0};
		struct buf html = {0};

		repeat(&html, pieces[i], 1000000 / strlen(pieces[i]));
		read_text(&page, html.data, html.len);
		page_release(&page);
		buf_release(&html);
		if (clock() - start > 30 * CLOCKS_PER_SEC)
			fail_msg("%s takes too long", pieces[i]);
	}
}

/* Returns the digest of the page's text. With from_tree, --meta is also wanted:
 * together with a crawl, it needs a whole tree. */
static uint64_t text_of_page(const char *html, bool from_tree)
{
	const struct page_wants wants = {
		.crawl = true, .text = true, .meta = from_tree,
		.role.agent = "robot",
	};
	struct buf text = {0};
	struct page page = {0};
	uint64_t digest;

	buf_addstr(&text, html);
	assert_null(page_read_html(&page, &text, HERE, &wants));
	digest = page.text.whole;
	page_release(&page);
	buf_release(&text);
	return digest;
}

static void text_of_an_outline_is_that_of_the_tree(void **state)
{
	static const struct {
		const char *html;
		const char *words;	/* the same words as a page without
					 * markup */
	} rows[] = {
		{"<p>one<p>two", "one two"},
		{"one<b>two</b>three", "one two three"},
		{"one<!-- x -->two", "one two"},
		{"caf&eacute;s &amp; AT&T &#65;&#66;", "caf\xc3\xa9s AT T AB"},
		{"<title>x</title><script>x</script><style>x</style>one",
		 "one"},
		{"<template>x<p>x</p></template>one", "one"},
		{"<template><template>x</template>x</template>one", "one"},
		{"<svg><title>one</title><style>two</style></svg>", "one two"},
		{"<noscript>one</noscript><textarea>two</textarea>", "one two"},
		{"<select><option>one<option>two</select>", "one two"},
		{"<iframe>one</iframe><pre>\n\ntwo</pre>", "one two"},
		{"<table><tr><td>one</td></tr></table>two", "one two"},
		{"<table>one&amp;two<tr><td>three</table>", "one two three"},
		{"<a href=x>one <b>two</a> three</b>", "one two three"},
		{"<img src=a.png>", NULL},
		{"", ""},
	};

	(void)state;
	assert_true(text_of_page("one", false) != text_of_page("two", false));
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const uint64_t text = text_of_page(rows[i].html, false);

		if (text != text_of_page(rows[i].html, true))
			fail_msg("%s: not that of the tree", rows[i].html);
		if (rows[i].words && text != text_of_page(rows[i].words, false))
			fail_msg("%s: not %s", rows[i].html, rows[i].words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(title_is_that_of_a_browser),
		cmocka_unit_test(links_are_those_of_a_browser),
		cmocka_unit_test(links_are_counted_without_being_kept),
		cmocka_unit_test(nul_does_not_end_a_page),
		cmocka_unit_test(declared_charset_is_ignored_after_decoding),
		cmocka_unit_test(links_behind_deep_nesting_are_found),
		cmocka_unit_test(page_continues_after_long_texts),
		cmocka_unit_test(absurd_pages_are_read),
		cmocka_unit_test(large_pages_are_read),
		cmocka_unit_test(hostile_pages_take_linear_time),
		cmocka_unit_test(text_of_an_outline_is_that_of_the_tree),
	};

	parse_global_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
