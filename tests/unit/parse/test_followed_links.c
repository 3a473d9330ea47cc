/* Tests which links of a page its role follows, and which fields these links
 * carry: parse/followed_links.c, parse/extract/role_links.c, and roles.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "cmd/options/schema/roles_file.h"
#include "crawl/link_list.h"
#include "parse/extract/extractor.h"
#include "parse/extract/roles.h"
#include "parse/followed_links.h"
#include "parse/library.h"
#include "parse/xml/xml.h"
#include "tests/unit/cpu_time.h"
#include "tests/unit/html_text.h"

#define ROWS(rows) size_t i = 0; i < sizeof(rows) / sizeof(*(rows)); i++

/* Reads "pages" from JSON with ' in place of ". */
static struct roles *read_pages(const char *pages)
{
	struct roles *roles = roles_new();
	struct buf text = {0}, why = {0};
	json_t *json;

	buf_addf(&text, "{\"pages\":%s}", pages);
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] == '\'')
			text.data[i] = '"';
	json = json_loadb(text.data, text.len, 0, NULL);
	assert_non_null(json);
	if (roles_file_read(roles, json, &why))
		fail_msg("%s: %s", pages, buf_cstr(&why));
	json_decref(json);
	buf_release(&text);
	return roles;
}

/* Appends "ROLE URL FIELDS\n" for each link, with ' in place of ". */
static void describe(struct buf *out, const struct roles *roles,
		     const struct buf *list)
{
	struct page_link link;
	size_t at = 0;

	while (link_list_next(slice_of(list), &at, &link)) {
		buf_addf(out, "%s%s%s ", link.nofollow ? "!" : "",
			 link.is_cut ? "-" : "", roles_name(roles, link.role));
		buf_add(out, link.url.p, link.url.len);
		if (link.carried.len)
			buf_addch(out, ' ');
		buf_add(out, link.carried.p, link.carried.len);
		buf_addch(out, '\n');
	}
	assert_int_equal(at, list->len);
	for (size_t i = 0; i < out->len; i++)
		if (out->data[i] == '"')
			out->data[i] = '\'';
}

/* Reads the links of a page of the first role into list. */
static void read_links(struct buf *list, const struct roles *roles,
		       xmlDoc *doc, bool html, const char *brought)
{
	static const char base_url[] = "http://h/";
	const struct schema *x = roles->list[0].schema;
	struct extracted values = {0};
	struct url base;
	struct role_page page = {
		.roles = roles,
		.schema = x,
		.brought = {brought, strlen(brought)},
	};

	assert_int_equal(url_parse(&base, base_url, strlen(base_url), NULL), 0);
	if (x) {
		struct extractor *e = extractor_new(x);

		assert_null(extractor_tree(e, doc, html, &base, &values));
		extractor_free(e);
	}
	page.data = slice_of(&values.data);
	assert_null(followed_links_read(list, doc, html, &base, &page));
	extracted_release(&values);
	url_release(&base);
}

struct row {
	const char *pages, *html, *links;
};

static void check_row(const struct row *row)
{
	struct roles *roles = read_pages(row->pages);
	struct buf list = {0}, got = {0};
	xmlDoc *doc = html_text_parse(row->html, strlen(row->html));

	read_links(&list, roles, doc, true, "{\"c\":\"brought\"}");
	describe(&got, roles, &list);
	assert_string_equal(buf_cstr(&got), row->links);
	html_text_free(doc);
	buf_release(&list);
	buf_release(&got);
	roles_free(roles);
}

#define LIST "'a':{'each':'.i','fields':{'p':'p','q':'q'},"

static void links_in_items_carry_the_fields_of_their_item(void **state)
{
	static const struct row rows[] = {
		{"{" LIST "'follow':{'b':'a'},'carry':['q','p']},'b':{}}",
		 "<div class=i><p>1</p><a href=1>x</a><a href=2#x>y</a></div>"
		 "<a href=out>o</a>"
		 "<div class=i><q>Z</q><a href=3>z</a></div>",
		 "b http://h/1 {'q':null,'p':'1'}\n"
		 "b http://h/2 {'q':null,'p':'1'}\n"
		 "b http://h/3 {'q':'Z','p':null}\n"},
		/* Attributes of the item itself, and selectors that begin
		 * outside of it. */
		{"{" LIST "'follow':{'b':'::attr(id)'},'carry':['p']},'b':{}}",
		 "<div class=i id=u><p>1</p></div>",
		 "b http://h/u {'p':'1'}\n"},
		{"{" LIST "'follow':{'b':'main a'},'carry':['p']},'b':{}}",
		 "<main><div class=i><p>1</p><a href=1>x</a></div></main>",
		 "b http://h/1 {'p':'1'}\n"},
		/* If no item has a matching link, the whole page is
		 * searched. */
		{"{" LIST "'follow':{'b':'.n'},'carry':['p']},'b':{}}",
		 "<div class=i><p>1</p></div><a class=n href=1>x</a>",
		 "b http://h/1\n"},
		{"{" LIST "'follow':{'a':'.n','b':'a'},'carry':['p']},'b':{}}",
		 "<div class=i><p>1</p><a href=2>y</a></div>"
		 "<a class=n href=1>x</a>",
		 "a http://h/1\nb http://h/2 {'p':'1'}\n"},
		/* Without items, a page only leads to pages of the same
		 * role. */
		{"{" LIST "'follow':{'b':'a','a':'.n'}},'b':{}}",
		 "<a class=n href=1>x</a><a href=2>y</a>",
		 "a http://h/1\n"},
		/* A field that the role extracts itself is not carried to its
		 * pages. */
		{"{" LIST "'follow':{'b':'a','a':'a'},'carry':['p','q']},"
		 "'b':{'fields':{'q':'x'}}}",
		 "<div class=i><p>1</p><q>2</q><a href=1>x</a></div>",
		 "b http://h/1 {'p':'1'}\na http://h/1\n"},
		/* Items that contain items. */
		{"{" LIST "'follow':{'b':'a'},'carry':['p']},'b':{}}",
		 "<div class=i><p>1</p><div class=i><p>2</p><a href=1>x</a>"
		 "</div></div>",
		 "b http://h/1 {'p':'1'}\nb http://h/1 {'p':'2'}\n"},
	};

	(void)state;
	for (ROWS(rows))
		check_row(&rows[i]);
}

static void fields_are_carried_on_if_the_role_says_so(void **state)
{
	static const struct row rows[] = {
		{"{'a':{'fields':{'p':'p'},'follow':{'b':'a'},"
		 "'carry':['c','p']},'b':{'follow':{'a':'a'},"
		 "'carry':['c']},'z':{'fields':{'c':'p'},"
		 "'follow':{'b':'a'},'carry':['c']}}",
		 "<p>1</p><a href=1>x</a>",
		 "b http://h/1 {'c':'brought','p':'1'}\n"},
		/* Links outside of items carry fields, too. */
		{"{" LIST "'follow':{'a':'.n','b':'a'},'carry':['p','c']},"
		 "'b':{},'z':{'fields':{'c':'p'},'follow':{'a':'a'},"
		 "'carry':['c']}}",
		 "<div class=i><p>1</p><a href=2>y</a></div>"
		 "<a class=n href=1>x</a>",
		 "a http://h/1 {'c':'brought'}\n"
		 "b http://h/2 {'p':'1','c':'brought'}\n"},
		/* Fields that `carry` does not name are not carried. */
		{"{'a':{'follow':{'b':'a'}},'b':{}}", "<a href=1>x</a>",
		 "b http://h/1\n"},
	};

	(void)state;
	for (ROWS(rows))
		check_row(&rows[i]);
}

static void matches_are_links_or_contain_them(void **state)
{
	static const struct row rows[] = {
		{"{'a':{'follow':{'a':'ul'}}}",
		 "<ul><li><a href=1>x</a><ul><area href=2></ul></ul>"
		 "<a href=3>y</a>",
		 "a http://h/1\na http://h/2\n"},
		{"{'a':{'follow':{'a':'link, iframe, body'}}}",
		 "<link rel=x href=1><body><iframe src=2></iframe>"
		 "<a rel=nofollow href=3>x</a><a>y</a>",
		 "a http://h/1\na http://h/2\n!a http://h/3\n"},
		{"{'a':{'follow':{'a':'a::attr(DATA-u)'}}}",
		 "<a data-u=' 1 ' rel=nofollow>x</a><a data-u>y</a>",
		 "!a http://h/1\n"},
		{"{'a':{'follow':{'a':'b::text'}}}", "<b>1<i>2</i> 3 </b><b/>",
		 "a http://h/1\na http://h/3\n"},
		{"{'a':{'follow':{'a':'a'}}}",
		 "<meta name=robots content=nofollow><a href=1>x</a>",
		 "!a http://h/1\n"},
		{"{'a':{'follow':{'a':'template, a'}}}",
		 "<template><a href=1>x</a></template>", ""},
		{"{'a':{'follow':{'a':'a'}}}", "<a href='http://[x'>x</a>", ""},
		{"{'a':{}}", "<a href=1>x</a>", ""},
	};

	(void)state;
	for (ROWS(rows))
		check_row(&rows[i]);
}

static void xml_has_urls_as_texts_and_attributes(void **state)
{
	static const char text[] =
		"<rss><i><p>1</p><link> http://x/1 </link></i>"
		"<i><p>2</p><link href='2'/></i><i><u A='3'/></i></rss>";
	struct roles *roles = read_pages(
		"{'a':{'each':'i','fields':{'p':'p'},'carry':['p'],"
		"'follow':{'b':'link','c':'u::attr(A)'}},'b':{},'c':{}}");
	struct buf list = {0}, got = {0};
	const char *mistake;
	xmlDoc *doc = xml_parse(text, strlen(text), &mistake);

	(void)state;
	read_links(&list, roles, doc, false, "");
	describe(&got, roles, &list);
	assert_string_equal(buf_cstr(&got), "b http://x/1 {'p':'1'}\n"
			    "b http://h/2 {'p':'2'}\n"
			    "c http://h/3 {'p':null}\n");
	xml_free(doc);
	buf_release(&list);
	buf_release(&got);
	roles_free(roles);
}

/* Counts the links in the list; *cut becomes the number of links without some
 * of their fields. */
static unsigned count_links(const struct buf *list, unsigned *cut)
{
	struct page_link link;
	unsigned count = 0;
	size_t at = 0;

	*cut = 0;
	while (link_list_next(slice_of(list), &at, &link)) {
		assert_true(link.carried.len <= CARRIED_MAX);
		count++;
		*cut += link.is_cut;
	}
	return count;
}

/* Takes 0.1 s; searching for each item from the beginning of the page would
 * take minutes. */
static void carried_fields_of_huge_pages_are_limited(void **state)
{
	enum { ITEMS = 20000, BYTES = 1 << 20 };
	struct roles *roles = read_pages(
		"{'a':{'each':'i','fields':{'p':'p','t':'t'},"
		"'follow':{'b':'a'},'carry':['p','t']},'b':{}}");
	struct buf html = {0}, list = {0};
	unsigned cut, count;
	xmlDoc *doc;
	double began = cpu_seconds();

	(void)state;
	/* The first item has a text of 1 MB, the others of 10 KB together. */
	buf_addstr(&html, "<i><a href=x>x</a><t>5</t><p>");
	memset(buf_reserve(&html, BYTES), 'p', BYTES);
	html.len += BYTES;
	buf_addstr(&html, "</p></i>");
	for (int i = 1; i < ITEMS; i++)
		buf_addf(&html, "<i><p>%0500d</p><a href=%d>x</a></i>", i, i);
	doc = html_text_parse(html.data, html.len);
	read_links(&list, roles, doc, true, "");
	count = count_links(&list, &cut);
	assert_int_equal(count, ITEMS);
	assert_int_equal(cut, 1);
	assert_true(cpu_seconds() - began < 5);
	html_text_free(doc);
	buf_release(&html);
	buf_release(&list);
	roles_free(roles);
}

static void links_matter_more_than_what_they_carry(void **state)
{
	enum { LINKS = 4000, BYTES = CARRIED_MAX - 100 };
	struct roles *roles = read_pages(
		"{'a':{'fields':{'p':'p'},'follow':{'b':'a'},"
		"'carry':['p']},'b':{}}");
	struct buf html = {0}, list = {0};
	unsigned cut, count;
	xmlDoc *doc;

	(void)state;
	buf_addstr(&html, "<p>");
	memset(buf_reserve(&html, BYTES), 'p', BYTES);
	html.len += BYTES;
	buf_addstr(&html, "</p>");
	for (int i = 0; i < LINKS; i++)
		buf_addf(&html, "<a href=%d>x</a>", i);
	doc = html_text_parse(html.data, html.len);
	read_links(&list, roles, doc, true, "");
	count = count_links(&list, &cut);
	assert_int_equal(count, LINKS);
	assert_true(cut > LINKS / 4 && cut < LINKS);
	assert_true(list.len <= LINK_LIST_MAX_BYTES);
	html_text_free(doc);
	buf_release(&html);
	buf_release(&list);
	roles_free(roles);
}

static void carried_fields_come_first_in_data(void **state)
{
	static const struct {
		const char *data, *carried, *joined;
	} rows[] = {
		{"", "{\"c\":1}", "{\"c\":1}"},
		{"{}", "{\"c\":1}", "{\"c\":1}"},
		{"{\"a\":[{}]}", "{\"c\":1}", "{\"c\":1,\"a\":[{}]}"},
		{"[]", "{\"c\":1}", "[]"},
		{"[{\"a\":1},{},{\"a\":2}]", "{\"c\":1,\"d\":\"}\"}",
		 "[{\"c\":1,\"d\":\"}\",\"a\":1},{\"c\":1,\"d\":\"}\"},"
		 "{\"c\":1,\"d\":\"}\",\"a\":2}]"},
		{"{\"a\":1}", "{}", "{\"a\":1}"},
		{"", "{}", ""},
	};

	(void)state;
	for (ROWS(rows)) {
		struct buf data = {0};

		buf_addstr(&data, rows[i].data);
		assert_true(carried_add_to_data(&data, (struct slice){
			rows[i].carried, strlen(rows[i].carried)}, 100));
		assert_string_equal(buf_cstr(&data), rows[i].joined);
		buf_release(&data);
	}
}

static void data_that_would_be_too_large_is_unchanged(void **state)
{
	static const char data[] = "[{\"a\":1},{\"a\":2}]";
	static const char carried[] = "{\"c\":\"long\"}";
	struct buf b = {0};

	(void)state;
	buf_addstr(&b, data);
	assert_false(carried_add_to_data(&b, (struct slice){
		carried, strlen(carried)}, 38));
	assert_string_equal(buf_cstr(&b), data);
	buf_release(&b);
}

static int begin(void **state)
{
	(void)state;
	parse_global_init();
	html_open();
	return 0;
}

static int end(void **state)
{
	(void)state;
	html_close();
	parse_global_cleanup();
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(links_in_items_carry_the_fields_of_their_item),
		cmocka_unit_test(fields_are_carried_on_if_the_role_says_so),
		cmocka_unit_test(matches_are_links_or_contain_them),
		cmocka_unit_test(xml_has_urls_as_texts_and_attributes),
		cmocka_unit_test(carried_fields_of_huge_pages_are_limited),
		cmocka_unit_test(links_matter_more_than_what_they_carry),
		cmocka_unit_test(carried_fields_come_first_in_data),
		cmocka_unit_test(data_that_would_be_too_large_is_unchanged),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
