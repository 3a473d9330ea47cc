#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/json/pointer.h"
#include "base/mem.h"
#include "cmd/gather/paging/paging.h"
#include "tests/unit/rounds.h"

#define COUNT(rows) (sizeof(rows) / sizeof(*(rows)))

/* The paging of an endpoint, and the last result of a page. */
struct run {
	struct gather_pages pages;
	struct gather_filters *filters;
	struct gather_pages_state *s;
	struct page_request *next;
	size_t count;
	struct buf why;
};

static void forget(struct run *r)
{
	for (size_t i = 0; i < r->count; i++)
		page_request_release(&r->next[i]);
	free(r->next);
	r->next = NULL;
	r->count = 0;
	buf_clear(&r->why);
}

static void start(struct run *r, struct gather_pages pages)
{
	struct page_request first;

	*r = (struct run){.pages = pages};
	r->filters = gather_filters_open(&r->pages, &r->why);
	if (!r->filters)
		fail_msg("%s", buf_cstr(&r->why));
	r->s = gather_pages_new(&r->pages, r->filters);
	first = gather_pages_first(r->s);
	assert_int_equal(first.number, 0);
	r->next = xmalloc(sizeof(first));
	r->next[0] = first;
	r->count = 1;
}

static void stop(struct run *r)
{
	forget(r);
	gather_pages_free(r->s);
	gather_filters_close(r->filters);
	buf_release(&r->why);
}

static struct slice slice(const char *s)
{
	return (struct slice){s, s ? strlen(s) : 0};
}

static int come(struct run *r, unsigned long number, const char *url,
		const char *json, const char *link, size_t items)
{
	const struct page_reply reply = {
		.json = slice(json),
		.header = slice(link),
		.url = url,
		.items = items,
	};

	forget(r);
	return gather_pages_on_page(r->s, number, &reply, &r->next, &r->count,
				    &r->why);
}

/* Returns the next page: a URL, or the value of the parameter. */
static const char *given(const struct run *r)
{
	if (!r->count)
		return "";
	return r->next[0].url ? r->next[0].url : r->next[0].value;
}

/* --- Signs of a next page in one page ----------------------------------- */

#define CURSOR(jq) .kind = PAGES_CURSOR, .filter = jq
#define CURSOR_HEADER .kind = PAGES_CURSOR_HEADER, .from_header = "x-next"
#define NEXT_HEADER .kind = PAGES_NEXT_HEADER, .from_header = "x-next"

/* Pages, and the request that follows each. An expectation that begins with "!"
 * is an error, "-" an end with a message. */
static const struct {
	struct gather_pages pages;
	const char *link, *json, *given;
} rows[] = {
	{{.kind = PAGES_ONE}, "<b>; rel=next", "{}", ""},

	{{.kind = PAGES_LINK, .link = "next"}, "<b?p=2>; rel=\"next\"", "",
	 "https://a.example/x/b?p=2"},
	{{.kind = PAGES_LINK, .link = "next"},
	 "<http://b.example/>; rel=\"next\"", "", "http://b.example/"},
	{{.kind = PAGES_LINK, .link = "next"}, "</b#top>; rel=\"next\"", "",
	 "https://a.example/b"},
	{{.kind = PAGES_LINK, .link = "older"}, "<b>; rel=next", "", ""},
	{{.kind = PAGES_LINK, .link = "next"}, NULL, "", ""},
	{{.kind = PAGES_LINK, .link = "next"}, "<ftp://b/>; rel=next", "",
	 "!the next page, ftp://b/, is neither http nor https"},
	{{.kind = PAGES_LINK, .link = "next"}, "<javascript:x>; rel=next", "",
	 "!the next page, javascript:x, is neither http nor https"},
	{{.kind = PAGES_LINK, .link = "next"}, "<https://>; rel=next", "",
	 "!the next page, https://, is not a URL"},
	{{.kind = PAGES_LINK, .link = "next"}, "<>; rel=next", "",
	 "-page 1 names itself as the next one: paging ends here "
	 "(https://a.example/x/y)"},
	{{.kind = PAGES_LINK, .link = "next"}, "<y#2>; rel=next", "",
	 "-page 1 names itself as the next one"},

	{{NEXT_HEADER}, "/v1/x?page=2", "{}", "https://a.example/v1/x?page=2"},
	{{NEXT_HEADER}, "http://b.example/", "{}", "http://b.example/"},
	{{NEXT_HEADER}, NULL, "{}", ""},
	{{NEXT_HEADER}, "", "{}", ""},
	{{NEXT_HEADER}, "3", "{}",
	 "!the header \"x-next\" has a number, not a URL: \"cursor_header\""},
	{{NEXT_HEADER}, "y", "{}", "-page 1 names itself as the next one"},
	{{NEXT_HEADER}, "ftp://b/", "{}", "!the next page, ftp://b/, is "},

	{{CURSOR_HEADER, .param = "page"}, "3", "[]", "3"},
	{{CURSOR_HEADER, .param = "page"}, "a b", "not JSON", "a b"},
	{{CURSOR_HEADER, .param = "page"}, NULL, "[]", ""},
	{{CURSOR_HEADER, .param = "page"}, "", "[]", ""},
	{{CURSOR_HEADER, .param = "page"}, "0", "[]",
	 "-cursor \"0\" is read as the end; "},
	{{CURSOR_HEADER, .header = "X-C"}, "e=;", "[]", "e=;"},
	{{CURSOR_HEADER, .pointer = "/v"}, "a\"b", "[]", "\"a\\\"b\""},
	{{CURSOR_HEADER, .more = ".m", .param = "p"}, "7", "{\"m\":false}", ""},
	{{CURSOR_HEADER, .more = ".m", .param = "p"}, "0", "{\"m\":true}",
	 "0"},

	{{.kind = PAGES_NEXT, .filter = ".next"}, NULL,
	 "{\"next\":\"?p=\\u0032\"}", "https://a.example/x/y?p=2"},
	{{.kind = PAGES_NEXT, .filter = ".next, \"/no\""}, NULL,
	 "{\"next\":\"/b\"}", "https://a.example/b"},
	{{.kind = PAGES_NEXT, .filter = ".next"}, NULL, "{\"next\":null}", ""},
	{{.kind = PAGES_NEXT, .filter = ".next"}, NULL, "{}", ""},
	{{.kind = PAGES_NEXT, .filter = ".next"}, NULL, "{\"next\":false}", ""},
	{{.kind = PAGES_NEXT, .filter = ".next"}, NULL, "{\"next\":\"\"}", ""},
	{{.kind = PAGES_NEXT, .filter = "empty"}, NULL, "{}", ""},
	{{.kind = PAGES_NEXT, .filter = ".next"}, NULL, "{\"next\":2}",
	 "!paginate.next: the URL is a number, not a string"},
	{{.kind = PAGES_NEXT, .filter = "."}, NULL, "{}",
	 "!paginate.next: the URL is an object, not a string"},
	{{.kind = PAGES_NEXT, .filter = "."}, NULL, "true",
	 "!paginate.next: the URL is a boolean, not a string"},
	{{.kind = PAGES_NEXT, .filter = ".next"}, NULL, "[1]",
	 "!paginate.next: "},
	{{.kind = PAGES_NEXT, .filter = ".next"}, NULL,
	 "{\"next\":\"file:///etc/passwd\"}",
	 "!the next page, file:///etc/passwd, is neither http nor https"},

	{{CURSOR(".c"), .param = "after"}, NULL, "{\"c\":\"a\\\"\\u00e4\"}",
	 "a\"\xc3\xa4"},
	{{CURSOR(".c"), .param = "after"}, NULL, "{\"c\":12}", "12"},
	{{CURSOR(".c"), .param = "after"}, NULL, "{\"c\":0}",
	 "-cursor 0 is read as the end; a filter \"more\" in \"paginate\" "},
	{{CURSOR(".c"), .param = "after"}, NULL, "{\"c\":\"0\"}",
	 "-cursor \"0\" is read as the end; "},
	{{CURSOR(".c"), .param = "after"}, NULL, "{\"c\":0.5}", "0.5"},
	{{CURSOR(".c"), .more = "true", .param = "after"}, NULL, "{\"c\":0}",
	 "0"},
	{{CURSOR(".c"), .param = "after"}, NULL, "{\"c\":null}", ""},
	{{CURSOR(".c"), .param = "after"}, NULL, "{\"c\":false}", ""},
	{{CURSOR(".c"), .param = "after"}, NULL, "{\"c\":\"\"}", ""},
	{{CURSOR("empty"), .param = "after"}, NULL, "{}", ""},
	{{CURSOR(".c"), .param = "after"}, NULL, "{\"c\":{}}",
	 "!paginate.cursor: the cursor is an object, not a string or number"},
	{{CURSOR(".c"), .param = "after"}, NULL, "{\"c\":[\"x\"]}",
	 "!paginate.cursor: the cursor is an array, not a string or number"},
	{{CURSOR(".c"), .param = "after"}, NULL, "{\"c\":true}",
	 "!paginate.cursor: the cursor is a boolean, not a string or number"},
	{{CURSOR("error(\"oh\")"), .param = "after"}, NULL, "{}",
	 "!paginate.cursor: oh"},
	{{CURSOR(".c"), .param = "after"}, NULL, "{\"c\":\"a\\u0000b\"}",
	 "!cursor \"a\\u0000b\" has a line end or NUL"},
	{{CURSOR(".c"), .param = "after"}, NULL, "{\"c\":\"a\\nb\"}", "a\nb"},
	{{CURSOR(".c"), .header = "X-After"}, NULL, "{\"c\":\"ab\"}", "ab"},
	{{CURSOR(".c"), .header = "X-After"}, NULL, "{\"c\":\"a\\r\\nX: b\"}",
	 "!cursor \"a\\r\\nX: b\" has a line end or NUL"},
	{{CURSOR(".c"), .pointer = "/v"}, NULL, "{\"c\":\"a\\u0000b\"}",
	 "\"a\\u0000b\""},
	{{CURSOR(".c"), .pointer = "/v"}, NULL, "{\"c\":12}", "12"},
	{{CURSOR(".c"), .more = ".m", .param = "p"}, NULL,
	 "{\"c\":\"x\",\"m\":true}", "x"},
	{{CURSOR(".c"), .more = ".m", .param = "p"}, NULL,
	 "{\"c\":\"x\",\"m\":false}", ""},
	{{CURSOR(".c"), .more = ".mm", .param = "p"}, NULL,
	 "{\"c\":\"x\",\"m\":true}", "x"},
	{{CURSOR(".c"), .more = ".m", .param = "p"}, NULL,
	 "{\"c\":null,\"m\":true}", ""},
	{{CURSOR(".c"), .more = ".m.n", .param = "p"}, NULL,
	 "{\"c\":\"x\",\"m\":1}", "!paginate.more: "},

	{{.kind = PAGES_NUMBER, .param = "p", .from = 1}, NULL, "[1]", "2"},
	{{.kind = PAGES_NUMBER, .param = "p", .from = 0}, NULL, "[1]", "1"},
	{{.kind = PAGES_OFFSET, .param = "p", .from = 1, .step = 50}, NULL,
	 "[1]", "50"},
	{{.kind = PAGES_OFFSET, .param = "p", .step = 50, .max = 1}, NULL,
	 "[1]", ""},
	{{.kind = PAGES_NUMBER, .param = "p", .total = ".n"}, NULL,
	 "{\"n\":null}", "!paginate.total: gave null: a number is needed"},
	{{.kind = PAGES_NUMBER, .param = "p", .total = ".n"}, NULL,
	 "{\"n\":\"7\"}", "!paginate.total: gave a string: a number is "
			   "needed (tonumber converts it)"},
	{{.kind = PAGES_NUMBER, .param = "p", .total = ".n"}, NULL,
	 "{\"n\":-1}", "!paginate.total: gave less than 0"},
	{{.kind = PAGES_NUMBER, .param = "p", .total = "empty"}, NULL, "{}",
	 "!paginate.total: gave nothing: a number is needed"},
	{{.kind = PAGES_NUMBER, .param = "p", .total = ".n"}, NULL,
	 "{\"n\":1}", ""},
	{{.kind = PAGES_NUMBER, .param = "p", .total = ".n"}, NULL,
	 "{\"n\":0}", ""},
	{{.kind = PAGES_OFFSET, .param = "p", .step = 0x7fffffffffffffff}, NULL,
	 "[1]", "9223372036854775807"},
};

static void expect_note(const struct run *r, const char *start)
{
	const char *note = gather_pages_note(r->s);

	if (!note || strncmp(note, start, strlen(start)) != 0)
		fail_msg("%s", note ? note : "no note");
}

static void pages_follow_each_other_as_in_the_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *expected = rows[i].given;
		const bool bad = expected[0] == '!';
		const bool noted = expected[0] == '-';
		struct run r;
		int result;

		start(&r, rows[i].pages);
		result = come(&r, 0, "https://a.example/x/y", rows[i].json,
			      rows[i].link, 1);
		if (bad && (result != -1 || r.count ||
			    strncmp(buf_cstr(&r.why), expected + 1,
				    strlen(expected + 1))))
			fail_msg("row %zu: %d, %s", i, result,
				 buf_cstr(&r.why));
		if (noted)
			expect_note(&r, expected + 1);
		if (noted)
			expected = "";
		if (!bad && (result || strcmp(given(&r), expected)))
			fail_msg("row %zu: %d, %s, %s", i, result, given(&r),
				 buf_cstr(&r.why));
		if (!bad && *expected) {
			assert_int_equal(r.count, 1);
			assert_int_equal(r.next[0].number, 1);
			assert_ptr_equal(r.next[0].param, rows[i].pages.param);
			assert_ptr_equal(r.next[0].header,
					 rows[i].pages.header);
			assert_ptr_equal(r.next[0].pointer,
					 rows[i].pages.pointer);
		}
		stop(&r);
	}
}

static void the_first_request_has_the_first_number(void **state)
{
	struct run r;

	(void)state;
	start(&r, (struct gather_pages){.kind = PAGES_NUMBER, .param = "page",
					.from = -3});
	assert_string_equal(r.next[0].param, "page");
	assert_string_equal(r.next[0].value, "-3");
	stop(&r);
	start(&r, (struct gather_pages){.kind = PAGES_OFFSET, .param = "skip",
					.step = 10});
	assert_string_equal(r.next[0].value, "0");
	stop(&r);
	start(&r, (struct gather_pages){CURSOR("."), .param = "after"});
	assert_null(r.next[0].param);
	assert_null(r.next[0].value);
	stop(&r);
}

static void filter_that_does_not_compile_is_named(void **state)
{
	const struct gather_pages pages = {CURSOR(".c"), .more = ".[",
					   .param = "p"};
	struct buf why = {0};

	(void)state;
	assert_null(gather_filters_open(&pages, &why));
	assert_memory_equal(buf_cstr(&why), "paginate.more: ", 15);
	buf_release(&why);
}

static void cursor_is_put_into_the_body(void **state)
{
	json_t *json = json_pack("{s:s, s:{s:n}}", "query", "q", "variables",
				 "after");
	struct run r;
	char *text;

	(void)state;
	start(&r, (struct gather_pages){CURSOR(".c"),
					.pointer = "/variables/after"});
	come(&r, 0, "https://a/", "{\"c\": \"x\\\"y\"}", NULL, 1);
	assert_int_equal(json_pointer_set(json, r.next[0].pointer,
					  r.next[0].value, &r.why), 0);
	text = json_dumps(json, JSON_COMPACT);
	assert_string_equal(text, "{\"query\":\"q\",\"variables\":{\"after\":"
				  "\"x\\\"y\"}}");
	free(text);
	json_decref(json);
	stop(&r);
}

/* --- Comparison with earlier pages --------------------------------------- */

static void repeated_url_ends_paging_with_a_message(void **state)
{
	static const char *const links[] = {
		"</p2>; rel=next", "</p3>; rel=next", "</p4>; rel=next",
		"</p2>; rel=next",
	};
	char url[] = "https://a/p1";
	struct run r;

	(void)state;
	start(&r, (struct gather_pages){.kind = PAGES_LINK, .link = "next"});
	for (unsigned long i = 0; i < 3; i++) {
		url[sizeof(url) - 2] = (char)('1' + i);
		assert_int_equal(come(&r, i, url, "[]", links[i], 0), 0);
		assert_int_equal(r.count, 1);
	}
	assert_null(gather_pages_note(r.s));
	assert_int_equal(come(&r, 3, "https://a/p4", "[]", links[3], 0), 0);
	expect_note(&r, "page 4 names page 2 as the next one: the pages form a "
			"loop, and paging ends here (https://a/p2)");
	assert_int_equal(r.count, 0);
	stop(&r);
}

static void repeated_cursor_ends_paging_with_a_message(void **state)
{
	static const char *const bodies[] = {
		"{\"c\":\"a\"}", "{\"c\":\"b\"}", "{\"c\":\"abc\"}",
		"{\"c\":\"abc\",\"last\":1}",
	};
	struct run r;

	(void)state;
	start(&r, (struct gather_pages){CURSOR(".c"), .param = "p"});
	for (unsigned long i = 0; i < 3; i++)
		assert_int_equal(come(&r, i, "https://a/", bodies[i], NULL, 1),
				 0);
	assert_int_equal(come(&r, 3, "https://a/", bodies[3], NULL, 1), 0);
	assert_int_equal(r.count, 0);
	expect_note(&r, "cursor \"abc\" came back as it was sent: paging "
			"ends here; a filter \"more\" in ");
	assert_false(gather_pages_is_repeat(r.s));
	stop(&r);
}

static void cycle_of_cursors_ends_paging_with_a_message(void **state)
{
	static const char *const bodies[] = {
		"{\"c\":\"a\"}", "{\"c\":\"b\"}", "{\"c\":\"a\"}",
	};
	struct run r;

	(void)state;
	start(&r, (struct gather_pages){CURSOR(".c"), .param = "p"});
	for (unsigned long i = 0; i < 3; i++)
		assert_int_equal(come(&r, i, "https://a/", bodies[i], NULL, 1),
				 0);
	assert_int_equal(r.count, 0);
	expect_note(&r, "cursor \"a\" was on page 1 before: the pages form a "
			"loop, and paging ends here; a filter \"more\" in ");
	/* The items of the first page are not used twice. */
	assert_true(gather_pages_is_repeat(r.s));
	stop(&r);
}

/* Solr without documents repeats the cursor "*" of the first request. */
static void repeated_empty_page_is_not_an_error(void **state)
{
	struct run r;

	(void)state;
	start(&r, (struct gather_pages){CURSOR(".c"), .param = "p"});
	for (unsigned long i = 0; i < 2; i++)
		assert_int_equal(come(&r, i, "https://a/", "{\"c\":\"*\"}",
				      NULL, 0), 0);
	assert_int_equal(r.count, 0);
	expect_note(&r, "cursor \"*\" came back as it was sent");
	stop(&r);
}

static void a_server_that_ignores_the_cursor_is_an_error(void **state)
{
	static const struct {
		struct gather_pages pages;
		const char *header, *what;
	} kinds[] = {
		{{CURSOR(".c"), .param = "p"}, NULL, "the parameter \"p\""},
		{{CURSOR(".c"), .header = "X-P"}, NULL, "the header \"X-P\""},
		{{CURSOR(".c"), .pointer = "/p"}, NULL, "\"/p\" of the body"},
		{{CURSOR_HEADER, .param = "p"}, "2", "the parameter \"p\""},
		{{NEXT_HEADER}, "/p2", "what the URL asks for"},
		{{.kind = PAGES_LINK, .link = "next"}, "</p2>; rel=next",
		 "what the URL asks for"},
		{{.kind = PAGES_NEXT, .filter = ".c"}, NULL,
		 "what the URL asks for"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		const char *again = "page 2 is identical to page 1: the server "
				    "may not know ";
		char *why = xasprintf("%s%s", again, kinds[i].what);
		struct run r;

		start(&r, kinds[i].pages);
		assert_int_equal(come(&r, 0, "https://a/p1", "{\"c\":\"/p2\"}",
				      kinds[i].header, 1), 0);
		assert_int_equal(r.count, 1);
		assert_int_equal(come(&r, 1, "https://a/p2", "{\"c\":\"/p2\"}",
				      kinds[i].header, 1), -1);
		assert_string_equal(buf_cstr(&r.why), why);
		free(why);
		stop(&r);
	}
}

static void pages_without_items_are_bounded(void **state)
{
	static const struct {
		struct gather_pages pages;
		unsigned long most;
	} kinds[] = {
		{{CURSOR(".u"), .param = "p"}, GATHER_PAGES_EMPTY},
		{{CURSOR(".u"), .param = "p", .max_empty = 1}, 1},
		{{CURSOR_HEADER, .param = "p", .max_empty = 3}, 3},
		{{NEXT_HEADER, .max_empty = 7}, 7},
		{{.kind = PAGES_NEXT, .filter = ".u"}, GATHER_PAGES_EMPTY},
		{{.kind = PAGES_LINK, .link = "next", .max_empty = 500}, 500},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		const bool is_link = kinds[i].pages.kind == PAGES_LINK;
		const unsigned long begin = 5;
		struct run r;

		start(&r, kinds[i].pages);
		/* A page with items resets the count. */
		for (unsigned long n = 0; n < begin + kinds[i].most; n++) {
			char body[32], header[32];

			snprintf(body, sizeof(body), "{\"u\":\"/%lu\"}", n + 1);
			snprintf(header, sizeof(header),
				 is_link ? "</%lu>;rel=next" : "/%lu", n + 1);
			assert_int_equal(r.count, 1);
			assert_int_equal(come(&r, n, "https://a/", body, header,
					      n < begin), 0);
		}
		assert_int_equal(r.count, 0);
		{
			char note[64];

			snprintf(note, sizeof(note), "%lu page%s in a row "
				 "without items: ", kinds[i].most,
				 kinds[i].most == 1 ? "" : "s");
			expect_note(&r, note);
		}
		assert_non_null(strstr(gather_pages_note(r.s), "max_empty"));
		stop(&r);
	}
}

static void long_cursors_and_urls_are_cut_in_messages(void **state)
{
	struct buf body = {0}, link = {0};
	struct run r;

	(void)state;
	buf_addstr(&body, "{\"c\":\"");
	buf_addstr(&link, "<ftp://b/");
	while (body.len < 1 << 20) {
		buf_addstr(&body, "\xc3\xa4");
		buf_addstr(&link, "\xc3\xa4");
	}
	buf_addstr(&body, "\"}");
	buf_addstr(&link, ">; rel=next");
	start(&r, (struct gather_pages){CURSOR(".c"), .param = "p"});
	come(&r, 0, "https://a/", buf_cstr(&body), NULL, 1);
	assert_int_equal(come(&r, 1, "https://a/", buf_cstr(&body), NULL, 0),
			 0);
	assert_in_range(strlen(gather_pages_note(r.s)), 1, 300);
	stop(&r);
	start(&r, (struct gather_pages){.kind = PAGES_LINK, .link = "next"});
	assert_int_equal(come(&r, 0, "https://a/", "", buf_cstr(&link), 1), -1);
	assert_in_range(r.why.len, 1, 700);
	stop(&r);
	buf_release(&body);
	buf_release(&link);
}

static void second_page_equal_to_the_first_is_an_error(void **state)
{
	struct run r;

	(void)state;
	start(&r, (struct gather_pages){.kind = PAGES_NUMBER, .param = "page",
					.from = 1});
	assert_int_equal(come(&r, 0, "https://a/", "[1]", NULL, 1), 0);
	assert_int_equal(come(&r, 1, "https://a/", "[1]", NULL, 1), -1);
	assert_string_equal(buf_cstr(&r.why),
			    "page 2 is identical to page 1: the server "
			    "may not know the parameter \"page\"");
	assert_null(gather_pages_note(r.s));
	stop(&r);
}

/* Some servers return the last page again for later numbers. */
static void repeated_last_page_is_left_out(void **state)
{
	struct run r;

	(void)state;
	start(&r, (struct gather_pages){.kind = PAGES_NUMBER, .param = "page",
					.from = 1});
	assert_int_equal(come(&r, 0, "https://a/", "[1]", NULL, 1), 0);
	assert_int_equal(come(&r, 1, "https://a/", "[2]", NULL, 1), 0);
	assert_int_equal(come(&r, 2, "https://a/", "[1]", NULL, 1), 0);
	assert_false(gather_pages_is_repeat(r.s));
	assert_int_equal(come(&r, 3, "https://a/", "[1]", NULL, 1), 0);
	assert_int_equal(r.count, 0);
	assert_true(gather_pages_is_repeat(r.s));
	expect_note(&r, "page 4 is identical to page 3: paging ends here, "
			"and its items are left out");
	stop(&r);
}

static void no_page_follows_an_error(void **state)
{
	struct run r;

	(void)state;
	start(&r, (struct gather_pages){.kind = PAGES_NUMBER, .param = "p",
					.total = ".[0]"});
	assert_int_equal(come(&r, 0, "https://a/", "[\"\"]", NULL, 1), -1);
	stop(&r);
	start(&r, (struct gather_pages){.kind = PAGES_OFFSET, .param = "p",
					.total = ".[0]",
					.step = 0x1000000000000000});
	/* The offset of page 9 is too large for a long; seven more pages would
	 * fit. */
	assert_int_equal(come(&r, 0, "https://a/", "[1e30]", NULL, 1), -1);
	assert_string_equal(buf_cstr(&r.why),
			    "the number of page 9 is too large");
	assert_int_equal(r.count, 0);
	assert_int_equal(come(&r, 1, "https://a/", "[1]", NULL, 1), 0);
	assert_int_equal(r.count, 0);
	stop(&r);
}

/* --- Limits of paging ---------------------------------------------------- */

static void numbers_go_on_until_a_page_has_no_items(void **state)
{
	char body[32];
	struct run r;

	(void)state;
	start(&r, (struct gather_pages){.kind = PAGES_OFFSET, .param = "skip",
					.step = 20});
	for (unsigned long i = 0; i < 50; i++) {
		char value[32];

		snprintf(body, sizeof(body), "[%lu]", i);
		snprintf(value, sizeof(value), "%lu", 20 * (i + 1));
		assert_int_equal(come(&r, i, "https://a/", body, NULL, 1), 0);
		assert_int_equal(r.count, 1);
		assert_string_equal(r.next[0].value, value);
	}
	assert_int_equal(come(&r, 50, "https://a/", "[]", NULL, 0), 0);
	assert_int_equal(r.count, 0);
	stop(&r);
}

static void max_ends_every_kind_of_paging(void **state)
{
	static const struct gather_pages kinds[] = {
		{.kind = PAGES_LINK, .link = "next", .max = 3},
		{.kind = PAGES_NEXT, .filter = ".u", .max = 3},
		{CURSOR(".u"), .param = "p", .max = 3},
		{.kind = PAGES_NUMBER, .param = "p", .max = 3},
		{.kind = PAGES_OFFSET, .param = "p", .step = 1, .max = 3},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct run r;

		start(&r, kinds[i]);
		for (unsigned long n = 0; n < 3; n++) {
			char body[32], link[32];

			snprintf(body, sizeof(body), "{\"u\":\"/%lu\"}", n + 1);
			snprintf(link, sizeof(link), "</%lu>;rel=next", n + 1);
			assert_int_equal(come(&r, n, "https://a/", body, link,
					      1), 0);
			assert_int_equal(r.count, n < 2);
		}
		stop(&r);
	}
}

static void all_pages_of_a_total_are_given_at_once(void **state)
{
	static const struct {
		struct gather_pages pages;
		const char *json;
		size_t given;
		const char *last;
	} totals[] = {
		{{.kind = PAGES_NUMBER, .from = 1, .total = ".n"},
		 "{\"n\": 5}", 4, "5"},
		{{.kind = PAGES_NUMBER, .from = 0, .total = ".n"},
		 "{\"n\": 5}", 4, "4"},
		{{.kind = PAGES_NUMBER, .from = 1, .total = ".n"},
		 "{\"n\": 4.2}", 4, "5"},
		{{.kind = PAGES_OFFSET, .step = 10, .total = ".n"},
		 "{\"n\": 50}", 4, "40"},
		{{.kind = PAGES_OFFSET, .step = 10, .total = ".n"},
		 "{\"n\": 51}", 5, "50"},
		{{.kind = PAGES_OFFSET, .step = 10, .total = ".n", .max = 3},
		 "{\"n\": 51}", 2, "20"},
		{{.kind = PAGES_OFFSET, .step = 10, .total = ".n"},
		 "{\"n\": 10}", 0, ""},
		{{.kind = PAGES_NUMBER, .from = 1, .total = ".n"},
		 "{\"n\": 1e300}", 1000, "1001"},
		{{.kind = PAGES_NUMBER, .from = 1, .total = ".n"},
		 "{\"n\": 1001}", 1000, "1001"},
		{{.kind = PAGES_NUMBER, .from = 1, .total = ".n"},
		 "{\"n\": 1002}", 1000, "1001"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(totals); i++) {
		struct run r;

		start(&r, totals[i].pages);
		assert_int_equal(come(&r, 0, "https://a/", totals[i].json,
				      NULL, 1), 0);
		assert_int_equal(r.count, totals[i].given);
		for (size_t n = 0; n < r.count; n++)
			assert_int_equal(r.next[n].number, n + 1);
		if (r.count)
			assert_string_equal(r.next[r.count - 1].value,
					    totals[i].last);
		stop(&r);
	}
}

static void an_empty_page_ends_whatever_the_total(void **state)
{
	struct run r;

	(void)state;
	start(&r, (struct gather_pages){.kind = PAGES_NUMBER, .param = "p",
					.total = ".n"});
	assert_int_equal(come(&r, 0, "https://a/", "{\"n\":1e9}", NULL, 1), 0);
	assert_int_equal(r.count, 1000);
	assert_int_equal(come(&r, 7, "https://a/", "{}", NULL, 1), 0);
	assert_int_equal(r.count, 1);
	assert_int_equal(come(&r, 9, "https://a/", "{}", NULL, 0), 0);
	assert_int_equal(r.count, 0);
	assert_int_equal(come(&r, 8, "https://a/", "{}", NULL, 1), 0);
	assert_int_equal(r.count, 0);
	stop(&r);
}

enum { MANY = ROUNDS(1000 * 1000) };

/* Pages arrive out of order. The numbers of pages in flight are in a heap, from
 * which either the oldest or the newest is taken. */
static void many_pages_are_given_once_each_within_the_window(void **state)
{
	unsigned long flying[GATHER_PAGES_WINDOW];
	char *seen = test_calloc(MANY, 1), *total;
	size_t count = 1, came = 0;
	struct run r;

	(void)state;
	start(&r, (struct gather_pages){.kind = PAGES_NUMBER, .param = "p",
					.total = ".n"});
	flying[0] = 0;
	total = xasprintf("{\"n\":%d}", MANY);
	for (; count; came++) {
		const size_t at = came * 7919 % count;
		const unsigned long number = flying[at];

		flying[at] = flying[--count];
		assert_false(seen[number]++);
		assert_int_equal(come(&r, number, "https://a/",
				      total, NULL, 1), 0);
		assert_true(count + r.count <= GATHER_PAGES_WINDOW);
		for (size_t i = 0; i < r.count; i++)
			flying[count++] = r.next[i].number;
	}
	assert_int_equal(came, MANY);
	stop(&r);
	free(total);
	test_free(seen);
}

static void many_urls_are_remembered(void **state)
{
	struct run r;
	char *note;

	(void)state;
	start(&r, (struct gather_pages){.kind = PAGES_LINK, .link = "next"});
	for (unsigned long i = 0; i < MANY; i++) {
		char link[64];

		snprintf(link, sizeof(link), "</p?after=%lu>; rel=next", i);
		if (come(&r, i, "https://a/", "", link, 1) || r.count != 1)
			fail_msg("%s", buf_cstr(&r.why));
	}
	assert_int_equal(come(&r, MANY, "https://a/", "",
			      "</p?after=41>; rel=next", 1), 0);
	assert_int_equal(r.count, 0);
	note = xasprintf("page %d names page 43 as the next one: ", MANY + 1);
	expect_note(&r, note);
	free(note);
	stop(&r);
}

static void states_share_the_filters_of_their_endpoint(void **state)
{
	const struct gather_pages pages = {CURSOR(".c"), .param = "p"};
	const struct page_reply reply = {.json = slice("{\"c\":1}"),
					 .url = "https://a/"};
	struct buf why = {0};
	struct gather_filters *filters = gather_filters_open(&pages, &why);

	(void)state;
	for (unsigned i = 0; i < ROUNDS(10000); i++) {
		struct gather_pages_state *s = gather_pages_new(&pages,
								filters);
		struct page_request first = gather_pages_first(s);
		struct page_request *next = NULL;
		size_t count = 0;

		assert_int_equal(
			gather_pages_on_page(s, 0, &reply, &next, &count, &why),
			0);
		assert_int_equal(count, 1);
		page_request_release(&first);
		page_request_release(&next[0]);
		free(next);
		gather_pages_free(s);
	}
	gather_filters_close(filters);
	buf_release(&why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_follow_each_other_as_in_the_table),
		cmocka_unit_test(the_first_request_has_the_first_number),
		cmocka_unit_test(filter_that_does_not_compile_is_named),
		cmocka_unit_test(cursor_is_put_into_the_body),
		cmocka_unit_test(repeated_url_ends_paging_with_a_message),
		cmocka_unit_test(repeated_cursor_ends_paging_with_a_message),
		cmocka_unit_test(cycle_of_cursors_ends_paging_with_a_message),
		cmocka_unit_test(repeated_empty_page_is_not_an_error),
		cmocka_unit_test(a_server_that_ignores_the_cursor_is_an_error),
		cmocka_unit_test(pages_without_items_are_bounded),
		cmocka_unit_test(long_cursors_and_urls_are_cut_in_messages),
		cmocka_unit_test(second_page_equal_to_the_first_is_an_error),
		cmocka_unit_test(repeated_last_page_is_left_out),
		cmocka_unit_test(no_page_follows_an_error),
		cmocka_unit_test(numbers_go_on_until_a_page_has_no_items),
		cmocka_unit_test(max_ends_every_kind_of_paging),
		cmocka_unit_test(all_pages_of_a_total_are_given_at_once),
		cmocka_unit_test(an_empty_page_ends_whatever_the_total),
		cmocka_unit_test(
			many_pages_are_given_once_each_within_the_window),
		cmocka_unit_test(many_urls_are_remembered),
		cmocka_unit_test(states_share_the_filters_of_their_endpoint),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
