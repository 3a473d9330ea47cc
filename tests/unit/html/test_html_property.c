/*
 * Properties of the tree of any text: random sequences of tags, complete and
 * truncated, and pages that need much time or memory. SEED repeats a run.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/memory_budget.h"
#include "parse/html/html.h"
#include "parse/html/page.h"
#include "tests/unit/html/html_check.h"
#include "tests/html/html_says.h"
#include "tests/unit/rounds.h"

static uint64_t seed = 20260625;

static uint32_t below(uint32_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33) % n;
}

#define PICK(array) ((array)[below(sizeof(array) / sizeof(*(array)))])

/* --- Random markup -------------------------------------------------------- */

static const char *const tags[] = {
	"a", "a", "b", "b", "i", "p", "p", "div", "span", "table", "tr", "td",
	"th", "tbody", "caption", "colgroup", "col", "select", "option",
	"optgroup", "selectedcontent", "button", "template", "svg", "math",
	"mi", "title", "style", "script", "textarea", "li", "ul", "dd", "form",
	"font", "nobr", "h1", "pre", "frameset", "frame", "noframes", "head",
	"body", "html", "foreignObject", "desc", "annotation-xml", "br", "img",
	"input", "hr", "noscript", "ruby", "rt", "object", "marquee", "x-y",
	"image", "plaintext", "meta", "link", "base", "area", "a", "title",
};
static const char *const attributes[] = {
	"", "", "", " a=b", " class='x y'", " id=i", " a=1 b=2 a=3",
	" href=\"&amp;&nGt;\"", " selected", " color=red", " size='", " =",
	" type=hidden", " itemscope", " lang=en", " type=application/ld+json",
	" name=description content='a &amp; b'", " encoding=text/html", "/",
};
static const char *const texts[] = {
	"x", "text ", " ", "\n", "&amp;", "&nGt;", "&#0;", "&", "\r\n", "<",
	"<!-- c -->", "<!--", "<!doctype html>", "<?pi x>", "<![CDATA[x]]>",
	"</>", "</ x>", "\xc3\xa9", "]]>", "-->", "\xe2\x82\xac",
};

static void add_piece(struct buf *out)
{
	const uint32_t kind = below(10);
	const char *tag = PICK(tags);

	/* Choose tags that swallow the rest of the page rarely. */
	if (!strcmp(tag, "plaintext") && below(20))
		tag = "b";
	if (kind < 5)
		buf_addf(out, "<%s%s>", tag, PICK(attributes));
	else if (kind < 8)
		buf_addf(out, "</%s>", tag);
	else
		buf_addstr(out, PICK(texts));
	if (!below(60))
		buf_addch(out, '\0');
}

/* Adds elements about as deep as a tree may be, with many calls of the adoption
 * agency. */
static void add_depth(struct buf *out)
{
	const uint32_t formats = below(600);

	for (uint32_t i = 0; i < formats; i++)
		buf_addf(out, "<font color=%u>", i);
	for (uint32_t i = formats < 490 ? 490 + below(40) - formats : 1; i; i--)
		buf_addstr(out, "<div>");
	for (uint32_t i = below(20); i; i--)
		buf_addstr(out, below(2) ? "<i>x<p>" : "<b>y</b>z");
	for (uint32_t i = below(formats + 1); i; i--)
		buf_addstr(out, below(9) ? "</font>" : "</font>x<u>y</u>");
}

static void mutate(struct buf *text)
{
	static const char bytes[] = "<>/&;=\"'!-\0 a\n";

	for (uint32_t i = below(8); i && text->len; i--) {
		const size_t at = below((uint32_t)text->len);

		if (!(text->data[at] & 0x80))
			text->data[at] = bytes[below(sizeof(bytes))];
	}
	if (text->len && !below(3)) {
		text->len = below((uint32_t)text->len);
		while (text->len && (text->data[text->len] & 0xc0) == 0x80)
			text->len--;
	}
}

/* --- Outlines ------------------------------------------------------------- */

static size_t outlines, given_up;

static enum html_outline any_outline(void)
{
	return (enum html_outline)(HTML_OUTLINE_COUNT + below(4));
}

static void compare_outline(const struct buf *text, enum html_outline what)
{
	struct buf from_tree = {0}, from_outline = {0};
	char *copy = xmemdup(text->data ? text->data : "", text->len);
	char *copied = xmemdup(text->data ? text->data : "", text->len);
	const bool same = !text->len || !memchr(text->data, '\r', text->len);
	size_t len = text->len;
	const char *why;
	xmlDoc *doc = html_outline(copy, &len, what, NULL);

	if (same)
		assert_memory_equal(copy, copied, text->len + 1);
	outlines += doc != NULL;
	given_up += !doc;
	if (doc) {
		html_says(&from_outline, doc, what);
		html_free(doc);
		doc = html_parse(copied, text->len, &why);
		html_says(&from_tree, doc, what);
		if (strcmp(buf_cstr(&from_tree), buf_cstr(&from_outline)))
			fail_msg("of %s\nthe tree says:%s\nthe outline:%s",
				 text->data, from_tree.data,
				 from_outline.data);
		html_free(doc);
	}
	free(copy);
	free(copied);
	buf_release(&from_tree);
	buf_release(&from_outline);
}

static void read_soup(struct buf *text)
{
	char *copy = xmemdup(text->data ? text->data : "", text->len);
	const char *why;
	xmlDoc *doc = html_parse(copy, text->len, &why);
	const char *broken;

	assert_non_null(doc);
	broken = html_broken(doc);
	html_free(doc);
	free(copy);
	if (broken)
		fail_msg("%s, in the tree of:\n%s", broken, buf_cstr(text));
	compare_outline(text, any_outline());
}

static void any_text_gives_a_tree_and_its_outline(void **state)
{
	const char *from = getenv("SEED");
	struct buf text = {0};

	(void)state;
	if (from)
		seed = strtoull(from, NULL, 10);
	for (int i = 0; i < ROUNDS(2000); i++) {
		buf_clear(&text);
		if (!below(40))
			add_depth(&text);
		for (uint32_t n = 1 + below(below(10) ? 40 : 400); n; n--)
			add_piece(&text);
		if (below(2))
			mutate(&text);
		read_soup(&text);
	}
	buf_release(&text);
	/* The random pages have enough outlines of both kinds. */
	assert_true(outlines > ROUNDS(300) && given_up > ROUNDS(50));
}

/* Tags by which links are foster-parented and adopted. */
static const char *const movers[][8] = {
	{"a", "b", "p", "div", "i", "a", "p", "div"},
	{"a", "p", "table", "tr", "td", "b", "title", "script"},
	{"a", "area", "table", "tbody", "tr", "td", "b", "form"},
	{"a", "table", "table", "a", "div", "tr", "caption", "i"},
	{"a", "template", "table", "p", "tr", "a", "td", "b"},
	{"a", "svg", "desc", "p", "table", "tr", "foreignObject", "b"},
	{"a", "frameset", "p", "div", "b", "table", "a", "nobr"},
	{"a", "h1", "li", "ul", "table", "button", "object", "tr"},
};

static void add_mover(struct buf *out, const char *const *names)
{
	const char *name = names[below(8)];
	const uint32_t kind = below(10);

	if (kind < 5)
		buf_addf(out, "<%s href=%u>", name, below(1000));
	else if (kind < 9)
		buf_addf(out, "</%s>", name);
	else
		buf_addstr(out, below(2) ? "x" : " ");
}

static void outlines_keep_the_order_of_moved_elements(void **state)
{
	struct buf text = {0};

	(void)state;
	outlines = given_up = 0;
	for (int i = 0; i < ROUNDS(4000); i++) {
		const char *const *names = PICK(movers);

		buf_clear(&text);
		for (uint32_t n = below(30) ? 0 : 500 + below(20); n; n--)
			buf_addstr(&text, "<div>");
		for (uint32_t n = 1 + below(below(9) ? 30 : 150); n; n--)
			add_mover(&text, names);
		compare_outline(&text, any_outline());
	}
	buf_release(&text);
	assert_true(outlines > given_up * 10);
}

static const char *const selects[][8] = {
	{"select", "option", "selectedcontent", "button", "option", "a",
	 "select", "option"},
	{"select", "option", "selectedcontent", "b", "div", "a", "table", "p"},
	{"select", "option", "selectedcontent", "p", "object", "title",
	 "optgroup", "div"},
};

static void outlines_have_the_contents_of_selectedcontent(void **state)
{
	struct buf text = {0};

	(void)state;
	buf_addstr(&text, "<title>t</title><a href=1></a><select><button>"
			  "<selectedcontent></button><option>x<option>y"
			  "</select>");
	outlines = given_up = 0;
	compare_outline(&text, HTML_OUTLINE);
	assert_true(outlines == 1);
	for (int i = 0; i < ROUNDS(2000); i++) {
		const char *const *names = PICK(selects);

		buf_clear(&text);
		for (uint32_t n = 1 + below(60); n; n--)
			add_mover(&text, names);
		compare_outline(&text, any_outline());
	}
	buf_release(&text);
	assert_true(outlines > ROUNDS(200) && given_up > ROUNDS(200));
}

/* Copying options spends the budget, so a tree reopens no link; an outline does
 * not know what copying costs. */
static void outlines_give_up_when_a_select_costs(void **state)
{
	struct buf text = {0};

	(void)state;
	outlines = given_up = 0;
	buf_addstr(&text, "<select><button><selectedcontent></button>");
	for (int i = 0; i < 1000; i++)
		buf_addstr(&text, "<option>");
	buf_addstr(&text, "</select>");
	compare_outline(&text, HTML_OUTLINE);
	assert_int_equal(given_up, 0);
	buf_addstr(&text, "<p><a href=1>x<p>y");
	compare_outline(&text, HTML_OUTLINE);
	assert_int_equal(given_up, 1);
	buf_release(&text);
}

/* --- Pages that take much memory or time ---------------------------------- */

struct flood {
	const char *before, *piece;	/* "#": the number of the part */
};

static const struct flood floods[] = {
	{"", "<a href=x>"}, {"", "<b>"}, {"", "<b><i>"},
	{"", "<font color=#>"}, {"", "<p><font color=#>"},
	{"", "<p><a href=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA>"},
	{"", "<a><div></a>"}, {"", "<b><p></b>x</p>"},
	{"", "<a><b><i><u><s><em><tt><big><small><div></a>"},
	{"", "<table>"}, {"", "<table><tr><td>"}, {"", "<table>x<b>"},
	{"<table>", "x<b>y</b><i>"}, {"<table><tr>", "<a>x</a>"},
	{"", "<template>"}, {"", "<template><tr>"}, {"", "<svg>"},
	{"", "<svg><title>"}, {"", "<title>x</title>"}, {"", "<math><mi>"}, {"", "</x>"}, {"", "</p>"},
	{"", "<div>"}, {"", "<ul><li>"}, {"", "<button>"}, {"", "<form>"},
	{"", "<select><option>"}, {"<select>", "<option>"},
	{"<select><button><selectedcontent></button>", "<option selected>x"},
	{"<select><button><selectedcontent></button>", "<option>x<b>"},
	{"", "&"}, {"", "&amp;"}, {"", "&CounterClockwiseContourIntegral"},
	{"", "&nGt;"}, {"<p a=\"", "&nGt;"}, {"", "\r"},
	{"", "<p>\r\n"}, {"", "<"}, {"", "<!--"}, {"<!--", "-"}, {"", "<?x y>"},
	{"<script>", "<!--<script></script>"}, {"<style>", "</style"},
	{"<title>", "&amp;"}, {"<p ", "a#=1 "}, {"<p ", "a=1 "},
	{"", "<body x#=y>"}, {"", "<t#>"}, {"", "<p id=i#>"},
	{"<", "x"}, {"<p ", "x"}, {"", "<nobr>"}, {"", "<caption>"},
	{"<table>", "<td>"}, {"<table>", "<td><b>"}, {"", "<frameset>"},
	{"", "<marquee><b>"}, {"", "<b><table><td></b>"}, {"", "<a><p>"},
	{"<table>", " x"}, {"<table><tr>", "&amp;"}, {"", "<input>"},
	{"<svg>", "<t#/>"}, {"", "<math><annotation-xml encoding=text/html>"},
};

static void make_flood(struct buf *out, const struct flood *f, size_t bytes)
{
	buf_clear(out);
	buf_addstr(out, f->before);
	for (unsigned i = 0; out->len < bytes; i++) {
		const char *number = strchr(f->piece, '#');
		const size_t len = number ? (size_t)(number - f->piece)
					  : strlen(f->piece);

		buf_add(out, f->piece, len);
		if (number)
			buf_addf(out, "%u%s", i, number + 1);
	}
	buf_cstr(out);
}

static double cpu_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Returns the CPU time of parsing a page and freeing its tree. */
static double read_flood(struct buf *text)
{
	const double from = cpu_seconds();
	const char *why;
	xmlDoc *doc = html_parse(text->data, text->len, &why);

	assert_non_null(doc);
	html_free(doc);
	return cpu_seconds() - from;
}

/* Returns the CPU time of getting that much memory from the system. A small
 * tree uses memory that the process has already. */
static double get_memory(size_t bytes)
{
	const double from = cpu_seconds();
	char *p = xmap(bytes);

	for (size_t i = 0; i < bytes; i += 4096)
		p[i] = 1;
	xunmap(p, bytes);
	return cpu_seconds() - from;
}

/* Returns the shortest time of several runs, because a busy machine makes some
 * longer. */
static double shortest(struct buf *text, const struct flood *f, size_t bytes)
{
	double best = 1e9;

	for (int i = 0; i < 2; i++) {
		double took;

		make_flood(text, f, bytes);
		took = read_flood(text);
		best = took < best ? took : best;
	}
	return best;
}

/* The larger page is eight times as large: quadratic time would be 64 times as
 * long. */
static void twice_the_page_takes_twice_the_time(void **state)
{
	enum { SMALL = 64 << 10, DOUBLINGS = 3, LARGE = SMALL << DOUBLINGS };
	const double memory = get_memory((size_t)LARGE * 64);
	struct buf text = {0};

	(void)state;
	if (SANITIZED)		/* the test would take twenty seconds of CPU
				 * time */
		skip();
	for (size_t i = 0; i < sizeof(floods) / sizeof(*floods); i++) {
		double most = shortest(&text, &floods[i], SMALL), took;

		for (int k = 0; k < DOUBLINGS; k++)
			most *= 2.4;
		most += memory;
		took = shortest(&text, &floods[i], LARGE);
		if (took > most)
			fail_msg("%s%s: %g s, may take %g", floods[i].before,
				 floods[i].piece, took, most);
	}
	buf_release(&text);
}

/* The limit is 64 times the size of the text, and 16 MB. */
static void size_of_a_tree_is_limited(void **state)
{
	enum { BYTES = ROUNDS(1 << 20), MOST = 64 * BYTES + (16 << 20) };
	struct memory_account account;
	struct buf text = {0};

	(void)state;
	memory_budget_set((size_t)1 << 30, 1);
	for (size_t i = 0; i < sizeof(floods) / sizeof(*floods); i++) {
		const char *why, *broken;
		xmlDoc *doc;

		make_flood(&text, &floods[i], BYTES);
		memory_account_init(&account);
		memory_account_start(&account);
		doc = html_parse(text.data, text.len, &why);
		assert_non_null(doc);
		if (account.held > MOST)
			fail_msg("%s%s: %zu bytes", floods[i].before,
				 floods[i].piece, account.held);
		broken = html_broken(doc);
		if (broken)
			fail_msg("%s, in the tree of %s%s", broken,
				 floods[i].before, floods[i].piece);
		html_free(doc);
		assert_true(account.held < 1 << 20);
		memory_account_stop();
		memory_account_release(&account);
	}
	memory_budget_set(0, 0);
	buf_release(&text);
}

/* The limit is 1 MB plus 16 times the size of the text. The outline of one of
 * the floods is given up, because the page has a <selectedcontent>. */
static void size_of_an_outline_is_limited(void **state)
{
	enum { BYTES = 1 << 20, MOST = 16 * BYTES + (1 << 20) };
	struct memory_account account;
	struct buf text = {0};
	size_t made = 0, len;

	(void)state;
	memory_budget_set((size_t)1 << 30, 1);
	for (size_t i = 0; i < sizeof(floods) / sizeof(*floods); i++) {
		xmlDoc *doc;

		make_flood(&text, &floods[i], BYTES);
		memory_account_init(&account);
		memory_account_start(&account);
		len = text.len;
		doc = html_outline(text.data, &len, HTML_OUTLINE_COUNT,
				   NULL);
		if (doc && account.held > MOST)
			fail_msg("%s%s: %zu bytes", floods[i].before,
				 floods[i].piece, account.held);
		made += doc != NULL;
		html_free(doc);
		memory_account_stop();
		memory_account_release(&account);
	}
	memory_budget_set(0, 0);
	buf_release(&text);
	assert_int_equal(made, sizeof(floods) / sizeof(*floods) - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_text_gives_a_tree_and_its_outline),
		cmocka_unit_test(outlines_keep_the_order_of_moved_elements),
		cmocka_unit_test(outlines_have_the_contents_of_selectedcontent),
		cmocka_unit_test(outlines_give_up_when_a_select_costs),
		cmocka_unit_test(twice_the_page_takes_twice_the_time),
		cmocka_unit_test(size_of_a_tree_is_limited),
		cmocka_unit_test(size_of_an_outline_is_limited),
	};

	html_names_global_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
