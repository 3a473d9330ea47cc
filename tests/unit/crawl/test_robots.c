#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "crawl/robots.h"
#include "tests/unit/exact_copy.h"

/* A question to a robots.txt: may the agent request the path? path is absolute,
 * or an https URL. */
struct question {
	const char *text, *agent, *path;
	bool allowed;
};

static struct slice slice(const char *s)
{
	return (struct slice){s, strlen(s)};
}

static bool ask(const char *text, size_t len, const char *agent,
		const char *path)
{
	/* A copy that ends at unreadable memory, so that reads beyond it are
	 * found. */
	char *copy = exact_copy(text, len);
	struct robots *r = robots_parse((struct slice){copy, len},
					slice(agent));
	struct url base = {0}, url = {0};
	bool allowed;

	exact_free(copy);
	assert_int_equal(url_parse(&base, "https://foo.bar/", 16, NULL), 0);
	assert_int_equal(url_parse(&url, path, strlen(path), &base), 0);
	allowed = robots_allows(r, &url, NULL);
	url_release(&url);
	url_release(&base);
	robots_free(r);
	return allowed;
}

static void check(const struct question *q, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (ask(q[i].text, strlen(q[i].text), q[i].agent, q[i].path) !=
		    q[i].allowed)
			fail_msg("%s for %s, %s should be %s", q[i].text,
				 q[i].agent, q[i].path,
				 q[i].allowed ? "allowed" : "forbidden");
}

#define CHECK(questions) \
	check(questions, sizeof(questions) / sizeof(*(questions)))

static void groups_of_an_agent_are_merged_and_others_ignored(void **state)
{
	static const char merged[] =
		"user-agent: a\ndisallow: /c\n\nuser-agent: b\ndisallow: /d\n"
		"\nuser-agent: A\ndisallow: /e\n";
	static const char shared[] =
		"User-agent: a\nUser-agent: b\nSitemap: https://x/s.xml\n"
		"Unknown: x\nUser-agent: c\nDisallow: /x\nUser-agent: d\n"
		"Allow: /x\n";
	static const char any[] =
		"User-agent: *\nDisallow: /\nUser-agent: good\nDisallow:\n";
	static const struct question questions[] = {
		{merged, "a", "/c", false},
		{merged, "a", "/d", true},
		{merged, "a", "/e", false},
		{merged, "b", "/c", true},
		{merged, "b", "/d", false},
		{merged, "c", "/c", true},
		{shared, "a", "/x", false},
		{shared, "b", "/x", false},
		{shared, "c", "/x", false},
		{shared, "d", "/x", true},
		{any, "bad", "/", false},
		{any, "good", "/", true},
		{any, "GOOD", "/", true},
		{any, "goo", "/", false},
		{any, "goods", "/", false},
		{"User-agent: *\nDisallow: /a\nUser-agent: *\nDisallow: /b\n",
		 "x", "/b", false},
		/* Rules before the first group belong to no agent. */
		{"Disallow: /\nUser-agent: *\nAllow: /\n", "x", "/", true},
		{"Disallow: /\n", "x", "/", true},
		{"", "x", "/", true},
		/* Only the product token of a user-agent line is compared. */
		{"User-agent: foo/1.2 (x)\nDisallow: /\n", "foo", "/", false},
		{"User-agent: foo bar\nDisallow: /\n", "foo", "/", false},
		{"User-agent: foo-bar\nDisallow: /\n", "foo", "/", true},
		{"User-agent: * x\nDisallow: /\n", "foo", "/", false},
		{"User-agent: *x\nDisallow: /\n", "foo", "/", true},
		{"User-agent:\nDisallow: /\n", "foo", "/", true},
	};

	(void)state;
	CHECK(questions);
}

static void longest_rule_decides_and_allow_wins_ties(void **state)
{
	static const char rfc[] =
		"User-Agent: foobot\nAllow: /example/page/\n"
		"Disallow: /example/page/disallowed.gif\n";
	static const struct question questions[] = {
		{rfc, "foobot", "/example/page/disallowed.gif", false},
		{rfc, "foobot", "/example/page/", true},
		{"User-agent: *\nAllow: /p\nDisallow: /\n", "x", "/page", true},
		{"User-agent: *\nDisallow: /folder\nAllow: /folder\n", "x",
		 "/folder/page", true},
		{"User-agent: *\nAllow: /page\nDisallow: /*.htm\n", "x",
		 "/page.htm", false},
		{"User-agent: *\nAllow: /page\nDisallow: /*.ph\n", "x",
		 "/page.php5", true},
		{"User-agent: *\nAllow: /$\nDisallow: /\n", "x", "/", true},
		{"User-agent: *\nAllow: /$\nDisallow: /\n", "x", "/page.htm",
		 false},
		{"User-agent: *\nDisallow: /\nAllow: /a\n", "x", "/robots.txt",
		 true},
		{"User-agent: *\nDisallow: /\n", "x", "/robots.txt?a", false},
		/* An empty rule is no rule. */
		{"User-agent: *\nDisallow: /a\nAllow:\n", "x", "/a", false},
		/* Octets count, not characters: %E3%83%84 are nine. */
		{"User-agent: *\nAllow: /\xe3\x83\x84\nDisallow: /*aaaa\n",
		 "x", "/\xe3\x83\x84" "aaaa", true},
	};

	(void)state;
	CHECK(questions);
}

static void stars_and_dollars_match(void **state)
{
	static const struct question questions[] = {
		{"User-agent: *\nDisallow: /fish\n", "x", "/fish.html", false},
		{"User-agent: *\nDisallow: /fish\n", "x", "/fish/s.html", false},
		{"User-agent: *\nDisallow: /fish\n", "x", "/Fish", true},
		{"User-agent: *\nDisallow: /fish\n", "x", "/catfish", true},
		{"User-agent: *\nDisallow: /fish/\n", "x", "/fish", true},
		{"User-agent: *\nDisallow: /fish*\n", "x", "/fishheads", false},
		{"User-agent: *\nDisallow: /*.php\n", "x", "/a/b.php?c", false},
		{"User-agent: *\nDisallow: /*.php\n", "x", "/windows.PHP", true},
		{"User-agent: *\nDisallow: /*.php$\n", "x", "/a/b.php", false},
		{"User-agent: *\nDisallow: /*.php$\n", "x", "/a.php?p", true},
		{"User-agent: *\nDisallow: /*.php$\n", "x", "/a.php/", true},
		{"User-agent: *\nDisallow: /*.php$\n", "x", "/a.php.php", false},
		{"User-agent: *\nDisallow: /fish*.php\n", "x", "/fishs.php?a",
		 false},
		{"User-agent: *\nDisallow: /a*b*c$\n", "x", "/abbc", false},
		{"User-agent: *\nDisallow: /a*b*c$\n", "x", "/acb", true},
		{"User-agent: *\nDisallow: /a**b\n", "x", "/axb", false},
		{"User-agent: *\nDisallow: *\n", "x", "/", false},
		{"User-agent: *\nDisallow: *$\n", "x", "/a", false},
		{"User-agent: *\nDisallow: $\n", "x", "/", true},
		{"User-agent: *\nDisallow: /a$b\n", "x", "/a$bc", false},
		{"User-agent: *\nDisallow: /a$b\n", "x", "/ab", true},
		{"User-agent: *\nDisallow: /a*$\n", "x", "/ab", false},
		{"User-agent: *\nDisallow: fish\n", "x", "/fish", true},
		{"User-agent: *\nDisallow: /a%2Ab\n", "x", "/a*b", false},
		{"User-agent: *\nDisallow: /a%2ab\n", "x", "/axb", true},
		{"User-agent: *\nDisallow: /a%24\n", "x", "/a$", false},
		{"User-agent: *\nDisallow: /a%24\n", "x", "/a$b", false},
		{"User-agent: *\nDisallow: /a%24\n", "x", "/a", true},
	};

	(void)state;
	CHECK(questions);
}

/* The table of RFC 9309, 2.2.2, and the examples of the draft of 1996. */
static void encoded_and_plain_spellings_are_the_same(void **state)
{
	static const struct question questions[] = {
		{"User-agent: *\nDisallow: /foo/bar?baz=quz\n", "x",
		 "/foo/bar?baz=quz", false},
		{"User-agent: *\nDisallow: /foo/bar?baz=https://foo.bar\n", "x",
		 "/foo/bar?baz=https%3A%2F%2Ffoo.bar", false},
		{"User-agent: *\nDisallow: /foo/bar?baz=https%3A%2F%2Ffoo.bar\n",
		 "x", "/foo/bar?baz=https://foo.bar", false},
		{"User-agent: *\nDisallow: /foo/bar/\xe3\x83\x84\n", "x",
		 "/foo/bar/%E3%83%84", false},
		{"User-agent: *\nDisallow: /foo/bar/%e3%83%84\n", "x",
		 "/foo/bar/\xe3\x83\x84", false},
		{"User-agent: *\nDisallow: /foo/bar/%62%61%7A\n", "x",
		 "/foo/bar/baz", false},
		{"User-agent: *\nDisallow: /foo/bar/baz\n", "x",
		 "/foo/bar/%62%61%7a", false},
		{"User-agent: *\nDisallow: /a%3cd.html\n", "x", "/a%3Cd.html",
		 false},
		{"User-agent: *\nDisallow: /a<d.html\n", "x", "/a%3Cd.html",
		 false},
		{"User-agent: *\nDisallow: /a%2fb.html\n", "x", "/a%2Fb.html",
		 false},
		{"User-agent: *\nDisallow: /a%2fb.html\n", "x", "/a/b.html",
		 true},
		{"User-agent: *\nDisallow: /a/b.html\n", "x", "/a%2fb.html",
		 true},
		{"User-agent: *\nDisallow: /%7ejoe/\n", "x", "/~joe/index.html",
		 false},
		{"User-agent: *\nDisallow: /~joe/\n", "x", "/%7Ejoe/index.html",
		 false},
		{"User-agent: *\nDisallow: /a b\n", "x", "/a%20b", false},
		{"User-agent: *\nDisallow: /100%\n", "x", "/100%", false},
		{"User-agent: *\nDisallow: /a%3fb\n", "x", "/a?b", true},
		{"User-agent: *\nDisallow: /a\n", "x", "/b/../a", false},
		{"User-agent: *\nDisallow: /\n", "x", "https://foo.bar", false},
		{"User-agent: *\nDisallow: /a\n", "x", "/#/a", true},
	};

	(void)state;
	CHECK(questions);
}

static void lines_of_every_shape_are_read(void **state)
{
	static const struct question questions[] = {
		{"User-agent: *\r\nDisallow: /a\r\nDisallow: /b\r\n", "x", "/b",
		 false},
		{"User-agent: *\rDisallow: /a\rDisallow: /b", "x", "/b", false},
		{"\xef\xbb\xbfUser-agent: *\nDisallow: /\n", "x", "/", false},
		{"\xef\xbbUser-agent: *\nDisallow: /\n", "x", "/", false},
		{"  user-AGENT \t:\t * \n\tDISALLOW  :/a # not /b\n", "x", "/a",
		 false},
		{"User-agent: * # all\nDisallow: /a#b\n", "x", "/a", false},
		{"User-agent: *\nDisallow: /a#b\n", "x", "/a%23b", false},
		{"#User-agent: *\nDisallow: /\n", "x", "/", true},
		{"User-agent: *\n\n\nDisallow: /\n", "x", "/", false},
		{"User agent: *\nDisalow: /a\n", "x", "/a", false},
		{"useragent: *\ndissallow: /a\n", "x", "/a", false},
		{"user-agent *\ndisallow /a\n", "x", "/a", false},
		{"user-agent *\ndisallow\t/a\n", "x", "/a", false},
		{"user-agent *\ndisallow /a /b\n", "x", "/a", true},
		{"user-agent: *\n: /a\n/a\ndisallow\n:\n", "x", "/a", true},
		{"<!DOCTYPE html><title>User-agent: *</title>\nDisallow: /\n",
		 "x", "/", true},
		{"User-agent: *\nDisallow: /a:b\n", "x", "/a:b", false},
	};
	static const char nul[] = "User-agent: *\nDisallow: /a\0b\nDisallow: /c";

	(void)state;
	CHECK(questions);
	assert_false(ask(nul, sizeof(nul) - 1, "x", "/c"));
	assert_true(ask(nul, sizeof(nul) - 1, "x", "/a"));
}

/* Examples of RFC 9309, 2.2.1, 2.2.3, 5.1 and 5.2. The table of 2.2.2 is tested
 * above. */
static void examples_of_rfc_9309_are_answered_as_there(void **state)
{
	static const char simple[] =
		"User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\n"
		"Allow: /publications/\n\nUser-Agent: foobot\nDisallow:/\n"
		"Allow:/example/page.html\nAllow:/example/allowed.gif\n\n"
		"User-Agent: barbot\nUser-Agent: bazbot\n"
		"Disallow: /example/page.html\n\nUser-Agent: quxbot\n\nEOF\n";
	static const char special[] =
		"User-agent: *\nDisallow: /\nAllow: /comment # this\n"
		"Allow: /this/path/exactly$\nAllow: /that/*/exactly\n"
		"Allow: /path/file-with-a-%2A.html\nAllow: /path/foo-%24\n";
	static const char merged[] =
		"user-agent: ExampleBot\ndisallow: /foo\ndisallow: /bar\n\n"
		"user-agent: BarBot\nuser-agent: ExampleBot\n"
		"disallow: /baz\n";
	static const struct question questions[] = {
		{simple, "other", "/a.gif", false},
		{simple, "other", "/a.gif?b", true},
		{simple, "other", "/example/page.html", false},
		{simple, "other", "/publications/a.gif", true},
		{simple, "foobot", "/", false},
		{simple, "foobot", "/example/page.html", true},
		{simple, "foobot", "/example/allowed.gif", true},
		{simple, "foobot", "/example/other.gif", false},
		{simple, "barbot", "/example/page.html", false},
		{simple, "bazbot", "/example/page.html", false},
		{simple, "quxbot", "/example/page.html", true},
		{special, "x", "/comment", true},
		{special, "x", "/this/path/exactly", true},
		{special, "x", "/this/path/exactly/", false},
		{special, "x", "/that/path/exactly", true},
		{special, "x", "/that/a/b/exactly?c", true},
		{special, "x", "/path/file-with-a-*.html", true},
		{special, "x", "/path/file-with-a-b.html", false},
		{special, "x", "/path/foo-$", true},
		{merged, "examplebot", "/foo", false},
		{merged, "examplebot", "/baz", false},
		{merged, "barbot", "/foo", true},
	};

	(void)state;
	CHECK(questions);
}

/* What Google's parser does beyond the RFC (github.com/google/robotstxt). */
static void habits_of_google_are_followed(void **state)
{
	static const char index[] =
		"User-Agent: *\nAllow: /slash/index.html\nDisallow: /\n";
	static const char agent[] =
		"User-Agent: *\nDisallow: /\nUser-Agent: Foo Bar\n"
		"Allow: /x/\nDisallow: /\n";
	static const struct question questions[] = {
		{index, "x", "/slash/", true},
		{index, "x", "/slash/index.html", true},
		{index, "x", "/slash/index.htm", false},
		{index, "x", "/slash/?a", false},
		{index, "x", "/", false},
		{agent, "foo", "/x/y", true},
		{agent, "Foo Bar", "/x/y", false},
		{"foo: FooBot\nbar: /\n", "FooBot", "/x", true},
		{"User-agents: *\nDisallowed: /a\n", "x", "/a", false},
		{"\xefUser-agent: *\nDisallow: /\n", "x", "/", false},
		{"User-agent: *\n\xef\xbb\xbf" "Disallow: /\n", "x", "/", true},
		{"User-agent: *\nDisallow: /a\t\f\n", "x", "/a", false},
		{"User-agent: *\nDisallow: /a$$\n", "x", "/a$", false},
		{"User-agent: *\nDisallow: /a$*\n", "x", "/a$b", false},
		{"User-agent: *\nDisallow: /***a\n", "x", "/b/a", false},
	};

	(void)state;
	CHECK(questions);
}

static void rest_of_a_very_long_line_is_ignored(void **state)
{
	static const char head[] = "User-agent: *\n", name[] = "Disallow: ";
	struct buf text = {0}, path = {0};

	(void)state;
	buf_addch(&path, '/');
	while (path.len < ROBOTS_LINE_MAX - sizeof(name) + 1)
		buf_addch(&path, 'a');
	buf_addf(&text, "%s%s%sb\n", head, name, buf_cstr(&path));
	assert_false(ask(text.data, text.len, "x", buf_cstr(&path)));
	path.data[path.len - 1] = 'c';
	assert_true(ask(text.data, text.len, "x", buf_cstr(&path)));
	buf_release(&path);
	buf_release(&text);
}

static void only_whole_lines_of_500_kib_are_read(void **state)
{
	static const char head[] = "User-agent: *\nDisallow: /a\n",
			  last[] = "Disallow: /last";
	const size_t len = ROBOTS_SIZE_MAX + 1000;
	struct buf text = {0};

	(void)state;
	buf_addstr(&text, head);
	while (text.len < ROBOTS_SIZE_MAX - sizeof(last))
		buf_addch(&text, '\n');
	while (text.len < ROBOTS_SIZE_MAX - (sizeof(last) - 1))
		buf_addch(&text, ' ');
	/* The last line ends exactly where reading ends. */
	buf_addstr(&text, last);
	assert_int_equal(text.len, ROBOTS_SIZE_MAX);
	assert_false(ask(text.data, text.len, "x", "/last"));
	buf_addstr(&text, "\nDisallow: /beyond\n");
	assert_false(ask(text.data, text.len, "x", "/last"));
	assert_true(ask(text.data, text.len, "x", "/beyond"));
	/* The last line ends one byte beyond the limit, so it is not a whole
	 * line. */
	memmove(text.data + ROBOTS_SIZE_MAX - sizeof(last) + 2,
		text.data + ROBOTS_SIZE_MAX - sizeof(last) + 1,
		sizeof(last) + 10);
	assert_true(ask(text.data, text.len, "x", "/last"));
	assert_false(ask(text.data, text.len, "x", "/a"));
	/* A file with a single line that is longer than the limit has no whole
	 * line. */
	buf_clear(&text);
	while (text.len < len)
		buf_addch(&text, 'x');
	assert_true(ask(text.data, text.len, "x", "/a"));
	buf_release(&text);
}

static msec delay_of(const char *text, const char *agent)
{
	struct robots *r = robots_parse(slice(text), slice(agent));
	const msec delay = robots_crawl_delay(r);

	robots_free(r);
	return delay;
}

static void crawl_delay_is_the_groups(void **state)
{
	static const char text[] =
		"User-agent: *\nCrawl-delay: 10\nUser-agent: a\n"
		"Crawl-delay: 0.25\nDisallow: /x\nCrawl-delay: 0.125\n"
		"User-agent: b\nDisallow: /\n";

	(void)state;
	assert_true(delay_of(text, "a") == 250);
	assert_true(delay_of(text, "b") == 0);
	assert_true(delay_of(text, "c") == 10e3);
	assert_true(delay_of("User-agent: *\nCrawl-delay: x\n", "a") == 0);
	assert_true(delay_of("User-agent: *\nCrawl-delay: -5\n", "a") == 0);
	assert_true(delay_of("User-agent: *\nCrawl-delay: 5 s\n", "a") == 5e3);
	assert_true(delay_of("User-agent: *\nCrawl-delay: 1.5.9\n", "a") ==
		    1500);
	assert_true(delay_of("Crawl-delay: 7\n", "a") == 0);
}

static void rule_that_forbids_is_named(void **state)
{
	const char *text = "User-agent: *\nDisallow: /\nDisallow: /a%62*c$\n";
	struct robots *r = robots_parse(slice(text), slice("x"));
	struct url url;
	struct slice rule;

	(void)state;
	assert_int_equal(url_parse(&url, "http://a/abxc", 13, NULL), 0);
	assert_false(robots_allows(r, &url, &rule));
	assert_true(slice_is(rule, "/ab*c"));
	url_release(&url);
	robots_free(r);
}

static void product_token_ends_at_other_characters(void **state)
{
	(void)state;
	assert_true(slice_is(robots_product_token(slice("scrape/1.0")),
			     "scrape"));
	assert_true(slice_is(robots_product_token(slice("a_B-9 x")), "a_B-9"));
	assert_true(slice_is(robots_product_token(slice("(x)")), ""));
	assert_true(slice_is(robots_product_token(slice("")), ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			groups_of_an_agent_are_merged_and_others_ignored),
		cmocka_unit_test(longest_rule_decides_and_allow_wins_ties),
		cmocka_unit_test(stars_and_dollars_match),
		cmocka_unit_test(encoded_and_plain_spellings_are_the_same),
		cmocka_unit_test(lines_of_every_shape_are_read),
		cmocka_unit_test(examples_of_rfc_9309_are_answered_as_there),
		cmocka_unit_test(habits_of_google_are_followed),
		cmocka_unit_test(rest_of_a_very_long_line_is_ignored),
		cmocka_unit_test(only_whole_lines_of_500_kib_are_read),
		cmocka_unit_test(crawl_delay_is_the_groups),
		cmocka_unit_test(rule_that_forbids_is_named),
		cmocka_unit_test(product_token_ends_at_other_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
